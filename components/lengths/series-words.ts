/** What series of lengths are called, how they look and which rollouts are behind them. */
import type { Route } from 'next';
import { sliceLooks } from '@/components/charts/look';
import type { Axis, Look } from '@/components/charts/plot-types';
import { facetTitles, facetValueText } from '@/components/rollouts/facet-text';
import { rolloutsOf } from '@/components/runs/rollout-links';
import { formatShort } from '@/components/ui/number';
import type { LengthPlace, LengthSlice } from '@/lib/domain/lengths/schema';
import type {
  LengthFacet,
  LengthNarrow,
  LengthScale,
  LengthSelection,
  LengthUnit,
} from '@/lib/domain/lengths/selection';
import type { RolloutSort } from '@/lib/domain/rollouts/filter';
import { formatSlice, sliceName } from '@/lib/domain/slices/slice';
import { formatCount } from '@/lib/domain/text/counted';

/** What an answer is about, for its words and addresses. */
export type Told = {
  readonly slices: readonly LengthSlice[];
  readonly names: Readonly<Record<string, string>>;
  readonly facet: LengthFacet | null;
  readonly unit: LengthUnit;
  readonly narrow: LengthNarrow;
};

export const toldOf = (
  { slices, names = {} }: { slices: readonly LengthSlice[]; names?: Readonly<Record<string, string>> },
  { facet, unit, narrow }: LengthSelection,
): Told => ({ slices, names, facet, unit, narrow });

/** `GRPO 2`, with the run where there are several. */
export const nameOfSlice = ({ slices }: Pick<Told, 'slices'>, at: number): string => {
  const slice = slices[at];
  if (!slice) return '';
  const several = slices.some(({ runId }) => runId !== slice.runId);
  return several ? `${sliceName(slice)} of ${slice.runName}` : sliceName(slice);
};

/** A value of the facet; null where all lie over each other. */
export const nameOfValue = ({ facet, names }: Pick<Told, 'facet' | 'names'>, value: string | null): string =>
  facet === null || value === null ? '' : facetValueText(facet, value, names);

export const nameOf = (told: Told, { slice, value }: LengthPlace): string =>
  [nameOfSlice(told, slice), nameOfValue(told, value)].filter((part) => part !== '').join(', ');

const ranges = {
  tokens: ['lengthMin', 'lengthMax'],
  words: ['wordsMin', 'wordsMax'],
  sentences: ['sentencesMin', 'sentencesMax'],
} as const satisfies Record<LengthUnit, readonly [string, string]>;

type Behind = LengthPlace & {
  /** Lengths, both included. */
  readonly from?: number;
  readonly to?: number;
  /** Only those that are right or wrong. */
  readonly judged?: boolean;
  readonly stepMin?: number;
  readonly stepMax?: number;
};

/** The rollouts behind a number, one row each. */
export const rolloutsBehind = (told: Told, { slice: at, value, from, to, judged, ...steps }: Behind): Route => {
  const slice = told.slices[at];
  if (!slice) return '/rollouts';
  const { set, kind, correct, consistency } = told.narrow;
  const [min, max] = ranges[told.unit];
  return rolloutsOf(slice.runId, {
    facets: {
      set,
      kind,
      consistency,
      correct: judged && correct.length === 0 ? ['yes', 'no'] : correct,
      iteration: [String(slice.k)],
      stage: [slice.stage],
      ...(told.facet !== null && value !== null && { [told.facet]: [value] }),
    },
    ...(from !== undefined && { [min]: from }),
    ...(to !== undefined && { [max]: to }),
    ...steps,
  });
};

/** The same, longest or shortest first. The list knows an order by tokens only. */
export const orderedBehind = (told: Told, behind: Behind, sort: Extract<RolloutSort, 'longest' | 'shortest'>): Route =>
  `${rolloutsBehind(told, behind)}&view=flat&sort=${sort}` as Route;

/** Looks by the index of the slice. */
export const looksOf = (slices: readonly LengthSlice[]): readonly Look[] => {
  const looks = sliceLooks(slices);
  return slices.map(
    (slice) => looks.get(formatSlice(slice)) ?? { color: 'var(--series-plain)', dash: '', shape: 'circle' },
  );
};

/** The axis of lengths. */
export const lengthAxis = (unit: LengthUnit, scale: LengthScale, domain?: readonly [number, number]): Axis => ({
  label: 'Thinking',
  unit,
  format: formatShort,
  scale,
  ...(domain && { domain }),
});

/** `40 to 49 tokens`, `40 tokens`. */
export const rangeWords = (from: number, to: number, unit: LengthUnit): string =>
  from === to ? `${formatCount(from)} ${unit}` : `${formatCount(from)} to ${formatCount(to)} ${unit}`;

/** `by kind`; nothing where all lie over each other. */
export const facetWords = (facet: LengthFacet | null): string =>
  facet === null ? '' : ` by ${facetTitles[facet].toLowerCase()}`;
