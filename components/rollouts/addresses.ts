/** Addresses of rollouts and groups that remember the list a person came from. */
import type { Route } from 'next';
import { formatRolloutList, type RolloutListState } from '@/lib/domain/rollouts/filter';

const within = (path: string, state: RolloutListState): Route => {
  const address = formatRolloutList(state).toString();
  return (address === '' ? path : `${path}?${address}`) as Route;
};

export const rolloutAddress = (id: string, state: RolloutListState): Route => within(`/rollouts/${id}`, state);
export const groupAddress = (id: string, state: RolloutListState): Route => within(`/groups/${id}`, state);
export const listAddress = (state: RolloutListState): Route => within('/rollouts', state);
