import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { type TrainerView, trainerViewSchema } from '@/lib/domain/trainer-view';
import { fetchJson } from './fetch-json';

export const trainerKeys = { all: ['trainers'] as const, list: () => [...trainerKeys.all, 'list'] as const };

// Events bring the news; this stands in where they are cut off while something is expected to change.
const UNSETTLED_POLL_MS = 10_000;

/** Every trainer of the project, this machine's first. */
export const trainersQuery = () =>
  queryOptions<TrainerView[]>({
    queryKey: trainerKeys.list(),
    queryFn: ({ signal }) => fetchJson('/api/trainers', z.array(trainerViewSchema), signal),
    refetchInterval: ({ state }) =>
      state.data?.some((trainer) => trainer.state !== 'online') ? UNSETTLED_POLL_MS : false,
  });
