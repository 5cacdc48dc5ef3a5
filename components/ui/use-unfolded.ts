'use client';
import { useSearchParams } from 'next/navigation';

const NAME = 'all';

/** Whether a list on this screen is shown to its end, kept in the address as `all=<list>`: a shared screen shows as much. */
export const useUnfolded = (list: string): [boolean, (all: boolean) => void] => {
  const unfolded = useSearchParams().getAll(NAME).includes(list);
  const setUnfolded = (all: boolean) => {
    // As the address is now: other parts of the screen change it, too.
    const search = new URLSearchParams(window.location.search);
    const others = search.getAll(NAME).filter((name) => name !== list);
    search.delete(NAME);
    for (const name of all ? [...others, list] : others) search.append(NAME, name);
    window.history.replaceState(null, '', `${window.location.pathname}${search.size > 0 ? `?${search}` : ''}`);
  };
  return [unfolded, setUnfolded];
};
