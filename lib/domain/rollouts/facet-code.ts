/**
 * The facets of a rollout in one number, as the database computes it (column `rollout.facet_code`): grouping by one
 * number inside an index is what makes counts cheap. Mixed radix, the last facet has weight 1.
 */
import { type FacetName, UNKNOWN } from './filter';

/** In the order of their digits, most significant first; the order of values is that of the migration's `CASE`s. */
const digits = [
  ['stage', ['activation', 'grpo', 'verify', 'curate', 'dpo', 'eval']],
  ['kind', ['choice', 'number', 'math', 'regression', 'ocr', 'text']],
  ['correct', ['yes', 'no', UNKNOWN]],
  ['consistency', ['consistent', 'inconsistent', 'undetermined', UNKNOWN]],
  ['wellFormed', ['yes', 'no', UNKNOWN]],
  ['repetitive', ['yes', 'no', UNKNOWN]],
  ['lengthClass', ['too_short', 'in_range', 'too_long', 'cut_off', UNKNOWN]],
  ['disagrees', ['yes', 'no', UNKNOWN]],
  ['corrected', ['yes', 'no']],
] as const satisfies readonly (readonly [FacetName, readonly string[]])[];

export type CodedFacet = (typeof digits)[number][0];

const digitOf = (name: CodedFacet) => {
  const at = digits.findIndex(([digit]) => digit === name);
  const values: readonly string[] = digits[at]?.[1] ?? [];
  return { weight: digits.slice(at + 1).reduce((weight, [, names]) => weight * names.length, 1), values };
};

/** Where a facet stands in the code: `values[floor(code / weight) % values.length]`. */
export const facetDigits = {
  stage: digitOf('stage'),
  kind: digitOf('kind'),
  correct: digitOf('correct'),
  consistency: digitOf('consistency'),
  wellFormed: digitOf('wellFormed'),
  repetitive: digitOf('repetitive'),
  lengthClass: digitOf('lengthClass'),
  disagrees: digitOf('disagrees'),
  corrected: digitOf('corrected'),
} as const satisfies Record<CodedFacet, { readonly weight: number; readonly values: readonly string[] }>;

/** The values of the coded facets. Throws `RangeError` for a number that no rollout can have. */
export const readFacetCode = (code: number): Record<CodedFacet, string> => {
  let rest = code;
  const values: Record<CodedFacet, string> = {
    stage: '',
    kind: '',
    correct: '',
    consistency: '',
    wellFormed: '',
    repetitive: '',
    lengthClass: '',
    disagrees: '',
    corrected: '',
  };
  for (const [name, names] of digits.toReversed()) {
    values[name] = names[rest % names.length] ?? '';
    rest = Math.floor(rest / names.length);
  }
  if (!Number.isInteger(code) || code < 0 || rest > 0) throw new RangeError(`${code} is no facet code`);
  return values;
};
