/** What a comparison is asked for, as an address says it. */
import { type Narrow, parseNarrow } from '@/lib/domain/slices/narrow';
import { parseSlices, type Slice } from '@/lib/domain/slices/slice';
import { AppError } from '@/lib/errors';

export type ComparisonAsked = { readonly slices: readonly Slice[]; readonly narrow: Narrow };

/** The slices and what narrows them, out of a query string. Throws `invalid` for fewer than two slices. */
export const parseComparisonAsked = (params: URLSearchParams): ComparisonAsked => {
  const slices = parseSlices(params);
  if (slices.length < 2) throw new AppError('invalid', 'Name at least two slices to compare');
  return { slices, narrow: parseNarrow(params) };
};
