/** Where a page of rollouts ends: opaque to clients, parsed like any other input. */
import { z } from 'zod';
import type { RolloutSort } from './filter';

/** `value` is what the list is ordered by (null for orders by `seq` alone, and for rows without a value). */
export type RolloutCursor = { readonly value: number | null; readonly seq: string };

/** No column that lists are ordered by goes beyond it, and none of PostgreSQL's casts fails within it. */
const MAX_VALUE = 2_147_483_647;
const cursorSchema = z.tuple([z.number().min(-MAX_VALUE).max(MAX_VALUE).nullable(), z.string().regex(/^\d{1,18}$/)]);
const MAX_CURSOR = 200;

export const formatRolloutCursor = ({ value, seq }: RolloutCursor): string =>
  btoa(JSON.stringify([value, seq]))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** Undefined for a text that no list gave out. */
export const parseRolloutCursor = (text: string): RolloutCursor | undefined => {
  if (!/^[A-Za-z0-9_-]+$/.test(text) || text.length > MAX_CURSOR) return undefined;
  try {
    const parsed = cursorSchema.safeParse(JSON.parse(atob(text.replaceAll('-', '+').replaceAll('_', '/'))));
    return parsed.success ? { value: parsed.data[0], seq: parsed.data[1] } : undefined;
  } catch (error) {
    // atob and JSON.parse say in this way that the text is not ours.
    if (error instanceof SyntaxError || error instanceof DOMException) return undefined;
    throw error;
  }
};

/** The column that a list is ordered by before `seq`, and the direction of both. Rows without a value come last. */
export const sortOrders = {
  newest: { by: null, descending: true },
  oldest: { by: null, descending: false },
  longest: { by: 'think_tokens', descending: true },
  shortest: { by: 'think_tokens', descending: false },
  'highest-reward': { by: 'reward', descending: true },
  'lowest-reward': { by: 'reward', descending: false },
  'most-repetitive': { by: 'repetition', descending: true },
  'least-repetitive': { by: 'repetition', descending: false },
} as const satisfies Record<RolloutSort, { by: 'think_tokens' | 'reward' | 'repetition' | null; descending: boolean }>;
