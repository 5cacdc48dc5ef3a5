import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { fetchJson } from './fetch-json';
import { taskSchema } from './tasks';

const named = z.object({ id: z.uuid(), name: z.string() });

/** An import as it crosses HTTP: `lib/data/imports/read.ts` with dates as ISO text. */
export const importSchema = z.object({
  id: z.uuid(),
  fileName: z.string(),
  format: z.string().nullable(),
  bytes: z.number(),
  rolloutsNew: z.int(),
  rolloutsKnown: z.int(),
  questionsNew: z.int(),
  refused: z.int(),
  createdAt: z.string(),
  run: named.nullable(),
  questionSet: named.nullable(),
  task: taskSchema,
});
export type Import = z.infer<typeof importSchema>;

const importPageSchema = z.object({ imports: z.array(importSchema), next: z.uuid().nullable() });

/** At a line, or at a record in files that are not lines. */
const refusalSchema = z.object({ at: z.number(), reason: z.string() });
export type Refusal = z.infer<typeof refusalSchema>;

/** The part of an ended import's result that its row does not hold; absent before the end. */
const outcomeSchema = z.object({
  warnings: z.array(refusalSchema),
  warningCount: z.int(),
  sameAs: z.string().nullable(),
});
export type ImportOutcome = z.infer<typeof outcomeSchema>;

export const outcomeOf = ({ task }: Import): ImportOutcome | undefined => outcomeSchema.safeParse(task.result).data;

const entrySchema = z.object({ name: z.string(), path: z.string(), folder: z.boolean(), bytes: z.number().nullable() });
export type ImportEntry = z.infer<typeof entrySchema>;

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

const REFUSAL_PAGE = 200;

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
        z.array(entrySchema),
        signal,
      ),
  });
