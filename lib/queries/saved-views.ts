import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { type SavedView, savedViewSchema } from '@/lib/domain/saved-view';
import { fetchJson } from './fetch-json';

/** Saved views of the viewer's projects, by name. */
export const savedViewsQuery = () =>
  queryOptions<SavedView[]>({
    queryKey: ['saved-views'],
    queryFn: ({ signal }) => fetchJson('/api/saved-views', z.array(savedViewSchema), signal),
  });
