import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import {
  type ImportEntry,
  importEntrySchema,
  importPageSchema,
  REFUSAL_PAGE,
  refusalSchema,
} from '@/lib/domain/import';
import { fetchJson } from './fetch-json';

export const importKeys = {
  all: ['imports'] as const,
  list: () => [...importKeys.all, 'list'] as const,
  refusals: (importId: string) => [...importKeys.all, importId, 'refusals'] as const,
  // Under a root of its own: no event changes what lies on the disk.
  folder: (folder: string | null) => ['import-roots', folder] as const,
};

/** Newest first, 50 a page. */
export const importsQuery = () =>
  infiniteQueryOptions({
    queryKey: importKeys.list(),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      fetchJson(pageParam === null ? '/api/imports' : `/api/imports?before=${pageParam}`, importPageSchema, signal),
    getNextPageParam: ({ next }) => next,
  });

/** Refusals in file order, 200 a page. */
export const refusalsQuery = (importId: string) =>
  infiniteQueryOptions({
    queryKey: importKeys.refusals(importId),
    initialPageParam: 0,
    queryFn: ({ pageParam, signal }) =>
      fetchJson(`/api/imports/${importId}/refusals?after=${pageParam}`, z.array(refusalSchema), signal),
    getNextPageParam: (page) => (page.length === REFUSAL_PAGE ? page.at(-1)?.at : undefined),
  });

/** What lies in a folder under an import root; the roots themselves for null. */
export const importFolderQuery = (folder: string | null) =>
  queryOptions<ImportEntry[]>({
    queryKey: importKeys.folder(folder),
    queryFn: ({ signal }) =>
      fetchJson(
        folder === null ? '/api/imports/roots' : `/api/imports/roots?folder=${encodeURIComponent(folder)}`,
        z.array(importEntrySchema),
        signal,
      ),
  });
