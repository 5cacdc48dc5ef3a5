/** Saved views: a screen with its choices, which its address holds, kept under a name for everybody in the project. */
import { z } from 'zod';
import { storableString } from './text/storable';

const ID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/** The screens whose address says everything they show, by their path. */
const screens: readonly (readonly [name: string, path: RegExp])[] = [
  ['Run', new RegExp(`^/runs/${ID}$`)],
  ['Lengths', new RegExp(`^/runs/${ID}/lengths$`)],
  ['Comparison', /^\/compare$/],
  ['Question', new RegExp(`^/compare/questions/${ID}$`)],
  ['Rollouts', /^\/rollouts$/],
  ['Pairs', /^\/pairs$/],
];

/** What the screen at a path is called; null where its address does not say what it shows. */
export const screenAt = (path: string): string | null => screens.find(([, form]) => form.test(path))?.[0] ?? null;

const MAX_QUERY = 4_000;

export const savedViewNameSchema = storableString()
  .trim()
  .min(1, 'Give the view a name')
  .max(100, 'At most 100 characters');

export const savedViewInputSchema = z.object({
  name: savedViewNameSchema,
  path: z.string().refine((path) => screenAt(path) !== null, 'This screen cannot be saved'),
  /** Without its question mark. The screen reads it anew each time and drops what it does not know. */
  query: storableString().max(MAX_QUERY, 'This address is too long to be saved'),
});
export type SavedViewInput = z.infer<typeof savedViewInputSchema>;

export const savedViewSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  path: z.string(),
  query: z.string(),
  createdAt: z.string(),
  /** Who saved it; null when that account is gone. */
  createdBy: z.string().nullable(),
  /** Whether the viewer may remove it. */
  mine: z.boolean(),
});
export type SavedView = z.infer<typeof savedViewSchema>;

/** The address of a view inside the studio. */
export const savedViewAddress = ({ path, query }: Pick<SavedView, 'path' | 'query'>): string =>
  query === '' ? path : `${path}?${query}`;
