/** Longer-wins shares as bars with intervals: by type, and within a type by whose word it is. */
import { meaningLook, plainLook } from '@/components/charts/look';
import type { Bar, BarPlotProps, Look } from '@/components/charts/plot-types';
import { pairsAddress } from '@/components/pairs/pairs-address';
import { formatPercent } from '@/components/ui/number';
import type { ChartData } from '@/lib/domain/charts/chart-data';
import {
  countIncomparable,
  longerByRule,
  longerWins,
  type PairVoice,
  pairVoices,
} from '@/lib/domain/lengths/pair-share';
import type { LengthPairs } from '@/lib/domain/lengths/schema';
import { type PairType, pairTypes } from '@/lib/domain/pair';
import { proportion } from '@/lib/domain/stats/proportion';
import { counted, formatCount } from '@/lib/domain/text/counted';

const voiceNames: Readonly<Record<PairVoice, string>> = {
  proposed: 'Proposed by the verifier',
  people: 'Chosen by people',
  refused: 'Refused by people',
  policy: 'Approved by a policy',
};

/** At the bars, where there is little room. */
const voiceShorts: Readonly<Record<PairVoice, string>> = {
  proposed: 'Verifier',
  people: 'People',
  refused: 'Refused',
  policy: 'Policy',
};

const voiceLooks: Readonly<Record<PairVoice, Look>> = {
  proposed: plainLook,
  people: meaningLook('chosen'),
  refused: meaningLook('rejected'),
  policy: meaningLook('length'),
};

const states: Readonly<Record<PairVoice, 'all' | 'approved' | 'rejected'>> = {
  proposed: 'all',
  people: 'approved',
  refused: 'rejected',
  policy: 'approved',
};

type Group = { readonly key: string; readonly name: string; readonly types: readonly PairType[] };

const groups: readonly Group[] = [
  { key: 'free', name: 'Free of length', types: pairTypes.filter((type) => !longerByRule.includes(type)) },
  ...pairTypes.map((type) => ({
    key: type,
    name: longerByRule.includes(type) ? `${type} (longer by rule)` : type,
    types: [type],
  })),
];

/** The pairs of the first slice's iteration: a queue shows one iteration. */
const hrefOf = ({ slices }: LengthPairs, types: readonly PairType[], voice: PairVoice) => {
  const [first, ...others] = slices;
  const [type] = types;
  if (!first || others.some(({ runId, k }) => runId !== first.runId || k !== first.k)) return null;
  return pairsAddress(first.runId, first.k, {
    state: states[voice],
    type: types.length === 1 ? type : undefined,
    stale: undefined,
  });
};

const barOf = (pairs: LengthPairs, { types, name }: Group, voice: PairVoice): Bar[] => {
  const { longer, shorter, tied } = longerWins(pairs.cells, voice, types);
  const { share, low, high } = proportion(longer, longer + shorter);
  if (share === null) return [];
  return [
    {
      key: voice,
      value: share,
      low,
      high,
      label: `${voiceShorts[voice]} ${formatPercent(share)} of ${formatCount(longer + shorter)}${tied > 0 ? `, ${counted(tied, 'tie')}` : ''}`,
      look: voiceLooks[voice],
      title: `${name}: ${voiceNames[voice].toLowerCase()}`,
      lines: [
        `The longer side is chosen in ${formatCount(longer)} of ${formatCount(longer + shorter)}`,
        `95 % interval ${formatPercent(low)} to ${formatPercent(high)}`,
        `${counted(tied, 'tie')} stand apart`,
      ],
      href: hrefOf(pairs, types, voice),
    },
  ];
};

export const pairBars = (pairs: LengthPairs): BarPlotProps['groups'] =>
  groups
    .map((group) => ({
      key: group.key,
      name: group.name,
      bars: pairVoices.flatMap((voice) => barOf(pairs, group, voice)),
    }))
    .filter(({ bars }) => bars.length > 0);

export const pairData = (pairs: LengthPairs): ChartData => ({
  columns: [
    { key: 'type', label: 'Type', format: 'text' },
    { key: 'voice', label: 'Whose word', format: 'text' },
    { key: 'longer', label: 'Longer chosen', format: 'count' },
    { key: 'shorter', label: 'Shorter chosen', format: 'count' },
    { key: 'tied', label: 'Ties', format: 'count' },
    { key: 'share', label: 'Longer wins', format: 'share' },
    { key: 'low', label: 'Low', format: 'share' },
    { key: 'high', label: 'High', format: 'share' },
  ],
  rows: groups.flatMap((group) =>
    pairVoices.flatMap((voice) => {
      const said = longerWins(pairs.cells, voice, group.types);
      if (said.longer + said.shorter + said.tied === 0) return [];
      const { share, low, high } = proportion(said.longer, said.longer + said.shorter);
      return [
        {
          key: `${group.key} ${voice}`,
          cells: { type: group.name, voice: voiceNames[voice], ...said, share, low, high },
          href: hrefOf(pairs, group.types, voice),
        },
      ];
    }),
  ),
});

/** What an interval says of a bias. */
const biasOf = (low: number, high: number): string =>
  low > 0.5 ? 'longer is favoured' : high < 0.5 ? 'shorter is favoured' : 'no bias shown';

export const pairSummary = (pairs: LengthPairs): string => {
  const [free] = groups;
  const said = (['proposed', 'people', 'policy'] as const).flatMap((voice) => {
    const { longer, shorter } = longerWins(pairs.cells, voice, free?.types ?? []);
    const { share, low, high } = proportion(longer, longer + shorter);
    return share === null
      ? []
      : [
          `${voiceNames[voice].toLowerCase()} ${formatPercent(share)} (${formatPercent(low)} to ${formatPercent(high)}): ${biasOf(low, high)}`,
        ];
  });
  const apart = countIncomparable(pairs.cells);
  const lead =
    said.length > 0
      ? `Of pairs whose rule does not ask for length, the longer side is chosen: ${said.join('; ')}.`
      : 'No pair compares two rollouts of different lengths.';
  return apart > 0 ? `${lead} ${counted(apart, 'pair')} with a composed or edited side compare to nothing.` : lead;
};
