'use client';
import { usePathname, useSearchParams } from 'next/navigation';
import { parsePrice } from '@/lib/domain/outcomes/cost';

/** The price of a device-hour lives in the address, so that a shared screen shows the same money; null: no money. */
export const usePrice = (): [string, number | null, (text: string) => void] => {
  const [params, path] = [useSearchParams(), usePathname()];
  const text = params.get('price') ?? '';
  const setText = (next: string) => {
    const search = new URLSearchParams(params.toString());
    if (next.trim() === '') search.delete('price');
    else search.set('price', next.slice(0, 20));
    window.history.replaceState(null, '', search.size > 0 ? `${path}?${search}` : path);
  };
  return [text, parsePrice(text), setText];
};
