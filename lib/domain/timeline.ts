/** The loop of one iteration as a row of stages, each with its state and what there is to see of it. */

import { counted, formatCount } from '@/lib/domain/text/counted';
import { type LoopStage, loopStageStates, loopStages } from './loop/stage-view';
import type { Stage } from './rollout';
import { type Cell, emptyTally, type Iteration, type LoopPart, sumTallies, type Tally } from './run';

/** `imported`: it came from files. `partial`: some of it is there. `absent`: files brought none. */
export const stageStates = [...loopStageStates, 'imported', 'partial', 'absent'] as const;
export type StageState = (typeof stageStates)[number];
export const timelineStages = ['grpo', 'verify', 'curate', 'dpo', 'eval'] as const satisfies readonly Stage[];
export type TimelineStage = (typeof timelineStages)[number];

export type StageEntry = {
  readonly stage: TimelineStage;
  readonly state: StageState;
  /** One line for people. */
  readonly says: string;
  /** Of the job under way; null where there is none. */
  readonly step: number | null;
  readonly steps: number | null;
};

/** What imported rows say: no job is under way. */
type Shown = Omit<StageEntry, 'stage' | 'step' | 'steps'>;

const tallyOf = (cells: readonly Cell[], wanted: readonly Stage[]): Tally =>
  sumTallies([emptyTally(), ...cells.filter(({ stage }) => wanted.includes(stage)).map(({ tally }) => tally)]);

const sampled = (tally: Tally, absent: string): Shown =>
  tally.rollouts > 0
    ? { state: 'imported', says: counted(tally.rollouts, 'rollout') }
    : { state: 'absent', says: absent };

const verification = ({ rollouts, verified }: Tally): Shown => {
  if (rollouts === 0) return { state: 'waiting', says: 'No rollouts yet' };
  if (verified === rollouts) return { state: 'done', says: `${counted(rollouts, 'rollout')} verified` };
  return {
    state: verified === 0 ? 'waiting' : 'partial',
    says: `${formatCount(verified)} of ${counted(rollouts, 'rollout')} verified`,
  };
};

const curation = ({ pairs, pairSets }: Iteration): Shown => {
  const all = pairs.proposed + pairs.approved + pairs.rejected;
  const set = pairSets.at(-1);
  if (set)
    return {
      state: pairs.proposed > 0 ? 'partial' : 'done',
      says: `Set ${set.number}: ${counted(set.pairCount, 'pair')}`,
    };
  if (all === 0) return { state: 'waiting', says: 'No pairs proposed' };
  return {
    state: 'partial',
    says: `${formatCount(all - pairs.proposed)} of ${counted(all, 'pair')} decided`,
  };
};

/** An iteration whose rollouts came from files: what is there decides the states, since no trainer moves it. */
const importedStages = (iteration: Iteration, cells: readonly Cell[]): StageEntry[] =>
  [
    { stage: 'grpo', ...sampled(tallyOf(cells, ['activation', 'grpo']), 'None imported') } as const,
    { stage: 'verify', ...verification(sumTallies(cells.map(({ tally }) => tally))) } as const,
    { stage: 'curate', ...curation(iteration) } as const,
    { stage: 'dpo', ...sampled(tallyOf(cells, ['dpo']), 'No trainer ran it') } as const,
    { stage: 'eval', ...sampled(tallyOf(cells, ['eval']), 'None imported') } as const,
  ].map((entry) => ({ ...entry, step: null, steps: null }));

/** The frozen set that an iteration's DPO trains on, or its newest. */
export const setOf = ({ pairSets, loop }: Iteration): Iteration['pairSets'][number] | null =>
  pairSets.find(({ id }) => id === loop?.pairSetId) ?? pairSets.at(-1) ?? null;

/** An iteration that a plan moves. */
const movedStages = (iteration: Iteration, loop: LoopPart, cells: readonly Cell[]): LoopStage[] => {
  const { rollouts, verified } = sumTallies([emptyTally(), ...cells.map(({ tally }) => tally)]);
  return loopStages({ ...iteration, ...loop, rollouts, unverified: rollouts - verified, set: setOf(iteration) });
};

/** `cells` are those of this iteration. */
export const stagesOf = (iteration: Iteration, cells: readonly Cell[]): StageEntry[] =>
  iteration.loop ? movedStages(iteration, iteration.loop, cells) : importedStages(iteration, cells);
