/** The bars of both panels: a run's own cells in the order of the loop, and published figures beside them. */
import type { PublishedFigure } from '@/lib/domain/published/figures';
import { type Stage, stages } from '@/lib/domain/rollout';
import { sliceName } from '@/lib/domain/slices/slice';
import { formatCount } from '@/lib/domain/text/counted';
import { type Benchmark, benchmarkFacts, benchmarkOf } from './benchmark';
import type { BenchmarkCell } from './cell';

export type OwnBar = { readonly kind: 'own'; readonly cell: BenchmarkCell };
export type PublishedBar = { readonly kind: 'published'; readonly figure: PublishedFigure };
export type BenchmarkBar = OwnBar | PublishedBar;
export type BarGroup = { readonly key: string; readonly name: string; readonly bars: readonly BenchmarkBar[] };

type Turn = { readonly k: number; readonly stage: Stage };

/** Negative where `a` comes before `b` in the loop. */
export const byLoop = (a: Turn, b: Turn): number => a.k - b.k || stages.indexOf(a.stage) - stages.indexOf(b.stage);

/** A set by its name, with the benchmark that it is of where the name alone does not say it. */
export const setTitle = ({ setName, benchmark }: Pick<BenchmarkCell, 'setName' | 'benchmark'>): string =>
  benchmark === null || benchmarkOf(setName) === benchmark ? setName : `${setName} (${benchmarkFacts[benchmark].name})`;

/** `Kimi-VL 16B-A3B`, or after which stage of its loop: `VerIPO, GRPO 1`. */
export const figureTitle = ({ model, parameters, stage }: PublishedFigure): string =>
  [parameters === null ? model : `${model} ${parameters}`, ...(stage ? [sliceName(stage)] : [])].join(', ');

/** One group for each set in the order of the cells: its own bars, then those that `publishedFor` gives for its benchmark. */
export const groupBySet = (
  cells: readonly BenchmarkCell[],
  publishedFor: (benchmark: Benchmark | null) => readonly PublishedFigure[],
): BarGroup[] =>
  [...Map.groupBy(cells, ({ setId }) => setId)].flatMap(([key, own]) => {
    const [first] = own;
    if (!first) return [];
    const published = publishedFor(first.benchmark).map((figure) => ({ kind: 'published', figure }) as const);
    return [{ key, name: setTitle(first), bars: [...own.toSorted(byLoop).map(ownBar), ...published] }];
  });

const ownBar = (cell: BenchmarkCell): OwnBar => ({ kind: 'own', cell });

/**
 * One group for each slice in the order of the loop, with the figures that were published after the same stage of the
 * same turn; stages that only the figures have stand where the loop would have them.
 */
export const groupByStage = (cells: readonly BenchmarkCell[], published: readonly PublishedFigure[]): BarGroup[] => {
  const turnOf = (turn: Turn): string => `${turn.k}.${turn.stage}`;
  const staged = published.flatMap((figure) => (figure.stage ? [{ ...figure.stage, figure }] : []));
  const turns = new Map<string, Turn>([...cells, ...staged].map((turn) => [turnOf(turn), turn]));
  return [...turns]
    .toSorted(([, a], [, b]) => byLoop(a, b))
    .map(([key, turn]) => ({
      key,
      name: sliceName(turn),
      bars: [
        ...cells.filter((cell) => turnOf(cell) === key).map(ownBar),
        ...staged.filter((one) => turnOf(one) === key).map(({ figure }) => ({ kind: 'published', figure }) as const),
      ],
    }));
};

export type Folded = { readonly groups: readonly BarGroup[] /** Bars that are left out. */; readonly hidden: number };

/** At most so many bars of the run's own: the newest. Published figures stay where a group keeps a bar of its own. */
export const foldBars = (groups: readonly BarGroup[], most: number): Folded => {
  const own = groups.flatMap(({ bars }) => bars.filter((bar) => bar.kind === 'own'));
  if (own.length <= most) return { groups, hidden: 0 };
  const newest = new Set<BenchmarkBar>(own.toSorted((a, b) => byLoop(b.cell, a.cell)).slice(0, most));
  const kept = groups.flatMap((group) =>
    group.bars.some((bar) => newest.has(bar))
      ? [{ ...group, bars: group.bars.filter((bar) => bar.kind === 'published' || newest.has(bar)) }]
      : [],
  );
  return { groups: kept, hidden: own.length - most };
};

/**
 * What must be said before the bars of a set are laid beside figures of its whole benchmark; undefined where it was
 * asked as many questions as that has, or where it is of none.
 */
export const partWords = (cells: readonly BenchmarkCell[]): string | undefined => {
  const [first] = cells;
  if (!first?.benchmark) return undefined;
  const { name, questions: whole } = benchmarkFacts[first.benchmark];
  const asked = cells.map(({ questions }) => questions);
  const [least, most] = [Math.min(...asked), Math.max(...asked)];
  if (least === whole && most === whole) return undefined;
  const range = least === most ? formatCount(least) : `${formatCount(least)} to ${formatCount(most)}`;
  return `${setTitle(first)}: ${range} of ${formatCount(whole)} questions of ${name}: not comparable as it stands.`;
};
