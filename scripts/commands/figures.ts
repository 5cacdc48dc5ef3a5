/** The figures of a run on the command line. */
import { getRunOverview } from '@/lib/data/runs/overview';
import type { Viewer } from '@/lib/data/viewer';
import type { Stage } from '@/lib/domain/rollout';
import { type RunOverview, sumTallies, type Tally } from '@/lib/domain/run';
import { say } from '@/scripts/progress.mjs';

const percent = (part: number, of: number): string =>
  of === 0 ? 'unknown' : `${((100 * part) / of).toFixed(1)} % of ${of}`;

/** `512 rollouts, accuracy 61.2 % of 512, inconsistency 12.0 % of 430, correct and consistent 55.0 % of 512, …`. */
const figures = (tally: Tally): string => {
  const decided = tally.consistent + tally.inconsistent;
  const tokens = tally.measured === 0 ? '' : `, ${Math.round(tally.thinkTokens / tally.measured)} thinking tokens`;
  const rates = [
    `accuracy ${percent(tally.correct, tally.judged)}`,
    `inconsistency ${percent(tally.inconsistent, decided)}`,
    `correct and consistent ${percent(tally.rightConsistent, tally.judged)}`,
  ];
  return `${tally.rollouts} rollouts, ${rates.join(', ')}${tokens}`;
};

const shown: readonly (readonly [string, readonly Stage[]])[] = [
  ['GRPO', ['activation', 'grpo']],
  ['evaluation', ['eval']],
];

type Iteration = RunOverview['iterations'][number];

const tellIteration = (overview: RunOverview, iteration: Iteration): void => {
  const cells = overview.cells.filter(({ iterationId }) => iterationId === iteration.id);
  say(`iteration ${iteration.k}: ${iteration.state}`);
  for (const [name, stages] of shown) {
    const tallies = cells.filter(({ stage }) => stages.includes(stage)).map(({ tally }) => tally);
    if (tallies.length > 0) say(`  ${name}: ${figures(sumTallies(tallies))}`);
  }
  const { approved, rejected } = iteration.pairs;
  const sets = iteration.pairSets.map(({ number, pairCount }) => `set ${number} with ${pairCount}`);
  if (approved + rejected > 0)
    say(`  pairs: ${approved} approved, ${rejected} rejected; ${sets.join(', ') || 'none frozen'}`);
};

/** Prints the figures of each iteration of a run, or of one, each with its denominator. */
export const tellFigures = async (viewer: Viewer, runId: string, k?: number): Promise<void> => {
  const overview = await getRunOverview(viewer, runId);
  const wanted = overview.iterations.filter((one) => k === undefined || one.k === k);
  for (const iteration of wanted.toSorted((a, b) => a.k - b.k)) tellIteration(overview, iteration);
};
