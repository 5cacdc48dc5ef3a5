/** Standing decisions as a chart and as its rows. */
import { lookOf, meaningLook, plainLook } from '@/components/charts/look';
import type { StackPart, StackPlotProps } from '@/components/charts/plot-types';
import { typeNames } from '@/components/pairs/act-text';
import type { ChartData } from '@/lib/domain/charts/chart-data';
import { countPairs, type Decisions, type Standing, type StandingOutcome } from '@/lib/domain/outcomes/decision';
import type { PairState } from '@/lib/domain/pair';
import { counted, formatCount } from '@/lib/domain/text/counted';
import { standingNames } from './decision-text';
import { byPairRow, pairRowKey, pairRowName, pairsBehind } from './pair-rows';

type Part = StackPart & {
  readonly by: Standing['by'];
  readonly outcome: StandingOutcome;
  readonly state: PairState;
};

const named = (
  by: Standing['by'],
  outcome: StandingOutcome,
): Pick<Part, 'key' | 'name' | 'by' | 'outcome' | 'state'> => ({
  key: `${by} ${outcome}`,
  name: by === null ? 'Undecided' : `${by === 'people' ? 'People' : 'Policy'}: ${standingNames[outcome]}`,
  by,
  outcome,
  state: outcome === 'undecided' ? 'proposed' : outcome === 'rejected' ? 'rejected' : 'approved',
});

/** What people decided is whole, what a policy did is hatched. */
const all: readonly Part[] = [
  { ...named('people', 'unchanged'), look: meaningLook('accuracy') },
  { ...named('people', 'swapped'), look: lookOf(0) },
  { ...named('people', 'replaced'), look: meaningLook('length') },
  { ...named('people', 'edited'), look: meaningLook('repetition') },
  { ...named('people', 'rejected'), look: meaningLook('rejected') },
  { ...named('policy', 'unchanged'), look: meaningLook('accuracy'), hatched: true },
  { ...named('policy', 'swapped'), look: lookOf(0), hatched: true },
  { ...named('policy', 'replaced'), look: meaningLook('length'), hatched: true },
  { ...named('policy', 'edited'), look: meaningLook('repetition'), hatched: true },
  { ...named('policy', 'rejected'), look: meaningLook('rejected'), hatched: true },
  { ...named(null, 'undecided'), look: plainLook, hatched: true },
];

const isOf = (part: Part) => (each: Standing) => each.by === part.by && each.outcome === part.outcome;

/** The parts that any pair is in. */
export const decisionParts = ({ standing }: Decisions): readonly Part[] =>
  all.filter((part) => countPairs(standing, isOf(part)) > 0);

/** Each type through the iterations, with its standing decisions. */
const rowsOf = ({ standing }: Decisions): (readonly [Standing, readonly Standing[]])[] =>
  [...Map.groupBy(standing, pairRowKey).values()]
    .flatMap((own) => (own[0] ? [[own[0], own] as const] : []))
    .sort(([a], [b]) => byPairRow(a, b));

export const decisionPlot = (runId: string, decisions: Decisions): StackPlotProps => {
  const parts = decisionParts(decisions);
  return {
    direction: 'rows',
    // One part alone has no key: the axis says what it is.
    value: {
      label: parts.length === 1 ? `Pairs (${parts[0]?.name})` : 'Pairs',
      unit: null,
      format: formatCount,
      scale: 'linear',
    },
    category: { label: 'Type and iteration', unit: null },
    parts,
    columns: rowsOf(decisions).map(([row, own]) => {
      const total = countPairs(own, () => true);
      return {
        key: pairRowKey(row),
        name: pairRowName(row),
        values: Object.fromEntries(parts.map((part) => [part.key, countPairs(own, isOf(part))])),
        words: Object.fromEntries(
          parts.map((part) => [
            part.key,
            {
              title: `${typeNames[row.type]}, iteration ${row.k}: ${part.name}`,
              lines: [`${formatCount(countPairs(own, isOf(part)))} of ${counted(total, 'pair')}`],
              href: pairsBehind(runId, row, part.state),
            },
          ]),
        ),
      };
    }),
  };
};

export const decisionData = (runId: string, decisions: Decisions): ChartData => ({
  columns: [
    { key: 'row', label: 'Type and iteration', format: 'text' },
    { key: 'pairs', label: 'Pairs', format: 'count' },
    ...all.map(({ key, name }) => ({ key, label: name, format: 'count' as const })),
  ],
  rows: rowsOf(decisions).map(([row, own]) => ({
    key: pairRowKey(row),
    cells: {
      row: pairRowName(row),
      pairs: countPairs(own, () => true),
      ...Object.fromEntries(all.map((part) => [part.key, countPairs(own, isOf(part))])),
    },
    href: pairsBehind(runId, row),
  })),
});
