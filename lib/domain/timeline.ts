/** The loop of one iteration as a row of stages, each with its state and what there is to see of it. */

import type { Stage } from './rollout';
import { type Cell, emptyTally, type Iteration, type IterationState, sumTallies, type Tally } from './run';

export const stageStates = [
  'imported',
  'done',
  'running',
  'partial',
  'waiting',
  'absent',
  'failed',
  'cancelled',
] as const;
export type StageState = (typeof stageStates)[number];
export const timelineStages = ['grpo', 'verify', 'curate', 'dpo', 'eval'] as const satisfies readonly Stage[];
export type TimelineStage = (typeof timelineStages)[number];

export type StageEntry = {
  readonly stage: TimelineStage;
  readonly state: StageState;
  /** One line for people. */
  readonly says: string;
};

const order: readonly IterationState[] = ['draft', 'grpo', 'verify', 'curate', 'dpo', 'eval', 'done'];
const plural = (n: number, word: string) => `${n.toLocaleString('en-US')} ${word}${n === 1 ? '' : 's'}`;

const tallyOf = (cells: readonly Cell[], wanted: readonly Stage[]): Tally =>
  sumTallies([emptyTally(), ...cells.filter(({ stage }) => wanted.includes(stage)).map(({ tally }) => tally)]);

const sampled = (tally: Tally, absent: string): Omit<StageEntry, 'stage'> =>
  tally.rollouts > 0
    ? { state: 'imported', says: plural(tally.rollouts, 'rollout') }
    : { state: 'absent', says: absent };

const verification = ({ rollouts, verified }: Tally): Omit<StageEntry, 'stage'> => {
  if (rollouts === 0) return { state: 'waiting', says: 'No rollouts yet' };
  if (verified === rollouts) return { state: 'done', says: `${plural(rollouts, 'rollout')} verified` };
  return {
    state: verified === 0 ? 'waiting' : 'partial',
    says: `${verified.toLocaleString('en-US')} of ${plural(rollouts, 'rollout')} verified`,
  };
};

const curation = ({ pairs, pairSets }: Iteration): Omit<StageEntry, 'stage'> => {
  const all = pairs.proposed + pairs.approved + pairs.rejected;
  const set = pairSets.at(-1);
  if (set)
    return {
      state: pairs.proposed > 0 ? 'partial' : 'done',
      says: `Set ${set.number}: ${plural(set.pairCount, 'pair')}`,
    };
  if (all === 0) return { state: 'waiting', says: 'No pairs proposed' };
  return {
    state: 'partial',
    says: `${(all - pairs.proposed).toLocaleString('en-US')} of ${plural(all, 'pair')} decided`,
  };
};

/** An iteration whose rollouts came from files: what is there decides the states, since no trainer moves it. */
const importedStages = (iteration: Iteration, cells: readonly Cell[]): StageEntry[] => [
  { stage: 'grpo', ...sampled(tallyOf(cells, ['activation', 'grpo']), 'None imported') },
  { stage: 'verify', ...verification(sumTallies(cells.map(({ tally }) => tally))) },
  { stage: 'curate', ...curation(iteration) },
  { stage: 'dpo', ...sampled(tallyOf(cells, ['dpo']), 'No trainer ran it') },
  { stage: 'eval', ...sampled(tallyOf(cells, ['eval']), 'None imported') },
];

/** `cells` are those of this iteration. */
export const stagesOf = (iteration: Iteration, cells: readonly Cell[]): StageEntry[] => {
  if (iteration.state === 'imported') return importedStages(iteration, cells);
  const failedAt = timelineStages.find((stage) => stage === iteration.failedStage);
  const here = iteration.state === 'failed' ? failedAt : iteration.state;
  const at = here === undefined ? -1 : order.indexOf(here);
  return timelineStages.map((stage) => {
    const place = order.indexOf(stage);
    if (iteration.state === 'cancelled') return { stage, state: 'cancelled', says: 'Cancelled' };
    if (place < at) return { stage, state: 'done', says: 'Done' };
    if (place > at) return { stage, state: 'waiting', says: 'Waiting' };
    return iteration.state === 'failed'
      ? { stage, state: 'failed', says: iteration.failedReason ?? 'Failed' }
      : { stage, state: 'running', says: 'Under way' };
  });
};
