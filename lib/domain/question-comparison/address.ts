/** What the page of one question across slices shows, as its address says it. */
import { z } from 'zod';
import type { FlipsAsked } from '@/lib/domain/comparison/flips-asked';
import { formatSlices, type Narrow, parseNarrow, wholeSlices } from '@/lib/domain/slices/narrow';
import { parseSlices, type Slice } from '@/lib/domain/slices/slice';
import { MOST_COMPARED } from './comparison';
import { formatFlip, parseFlip } from './flip';

export const chainOrders = ['sample', 'length', 'reward'] as const;
export type ChainOrder = (typeof chainOrders)[number];

export const diffLayouts = ['side', 'inline'] as const;
export type DiffLayout = (typeof diffLayouts)[number];

/** A list of questions to walk through: those that changed in one way between two slices, and in which part. */
export type WalkScope = {
  /** From the first to the second slice; null walks all that both were asked. */
  readonly flip: FlipsAsked | null;
  readonly narrow: Narrow;
};

export type QuestionAddress = {
  readonly slices: readonly Slice[];
  /** Places in `slices` of the two that stand side by side. */
  readonly left: number;
  readonly right: number;
  /** Groups to show instead of the last one of their slice. */
  readonly groups: readonly string[];
  readonly order: ChainOrder;
  readonly scope: WalkScope;
  readonly layout: DiffLayout;
  /** Rollouts whose texts are compared, of the left and of the right; null while no diff is open. */
  readonly diff: { readonly a: string; readonly b: string } | null;
};

const id = z.uuid().transform((value) => value.toLowerCase());

const one = <T>(params: URLSearchParams, name: string, schema: z.ZodType<T>): T | null => {
  const parsed = schema.safeParse(params.get(name));
  return parsed.success ? parsed.data : null;
};
const several = (params: URLSearchParams, name: string, schema: z.ZodType<string>, most: number): string[] => [
  ...new Set(
    params
      .getAll(name)
      .flatMap((text) => schema.safeParse(text).data ?? [])
      .slice(0, most),
  ),
];

const placeIn = (slices: readonly Slice[], text: string | null, fallback: number): number => {
  const place = /^\d$/.test(text ?? '') ? Number(text) : fallback;
  return place < slices.length ? place : Math.min(fallback, Math.max(0, slices.length - 1));
};

/** Reads the address; what it does not know is dropped. */
export const parseQuestionAddress = (params: URLSearchParams): QuestionAddress => {
  const slices = parseSlices(params).slice(0, MOST_COMPARED);
  const [a, b] = [one(params, 'a', id), one(params, 'b', id)];
  return {
    slices,
    left: placeIn(slices, params.get('left'), 0),
    right: placeIn(slices, params.get('right'), 1),
    groups: several(params, 'group', id, MOST_COMPARED),
    order: one(params, 'order', z.enum(chainOrders)) ?? 'sample',
    scope: { flip: parseFlip(params.get('flip')), narrow: parseNarrow(params) },
    layout: one(params, 'diff', z.enum(diffLayouts)) ?? 'side',
    diff: a !== null && b !== null ? { a, b } : null,
  };
};

/** The query string of what is read from the server: slices and groups alone. */
export const formatComparisonQuery = ({
  slices,
  groups,
}: Pick<QuestionAddress, 'slices' | 'groups'>): URLSearchParams => {
  const params = formatSlices(slices, wholeSlices);
  for (const group of groups) params.append('group', group);
  return params;
};

/** The query string of the walk: the two slices side by side, and the list. */
export const formatWalkQuery = (sides: readonly Slice[], { flip, narrow }: WalkScope): URLSearchParams => {
  const params = formatSlices(sides, narrow);
  if (flip !== null) params.set('flip', formatFlip(flip));
  return params;
};

/** The query string of the page; defaults are left out. */
export const formatQuestionAddress = (address: QuestionAddress): URLSearchParams => {
  const { left, right, order, scope, layout, diff } = address;
  const params = formatWalkQuery(address.slices, scope);
  for (const group of address.groups) params.append('group', group);
  if (left !== 0) params.set('left', String(left));
  if (right !== 1 && address.slices.length > 1) params.set('right', String(right));
  if (order !== 'sample') params.set('order', order);
  if (layout !== 'side') params.set('diff', layout);
  if (diff) {
    params.set('a', diff.a);
    params.set('b', diff.b);
  }
  return params;
};

/** The same view for another question: its groups and chains are others. */
export const forOtherQuestion = (address: QuestionAddress): QuestionAddress => ({ ...address, groups: [], diff: null });
