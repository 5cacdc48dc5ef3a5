/** Iterations as a list of what moves: those that wait for a person first. */
import type { IterationSummary } from '@/lib/domain/iteration';
import { counted } from '@/lib/domain/text/counted';
import { isMoving } from './stages';

export type Moves = {
  /** Under way. Those that wait for people first, then those that wait for a trainer, then the newest. */
  readonly moving: readonly IterationSummary[];
  /** Over, newest first. */
  readonly over: readonly IterationSummary[];
};

/** Rank of who has to act: a person, the operator of a trainer, nobody. */
const rank = ({ toReview, waitingFor }: IterationSummary): number => (toReview > 0 ? 0 : waitingFor !== null ? 1 : 2);

const newestFirst = (a: IterationSummary, b: IterationSummary): number =>
  a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : 0;

export const sortMoves = (all: readonly IterationSummary[]): Moves => ({
  moving: all.filter(({ state }) => isMoving(state)).sort((a, b) => rank(a) - rank(b) || newestFirst(a, b)),
  over: all.filter(({ state }) => !isMoving(state)).sort(newestFirst),
});

const doing: Readonly<Record<string, string>> = {
  grpo: 'GRPO',
  verify: 'verifying rollouts',
  curate: 'proposing pairs',
  dpo: 'DPO',
  eval: 'evaluation',
};

const stageNouns: Readonly<Record<string, string>> = { ...doing, verify: 'verification', curate: 'curation' };

/** What an iteration does, or is over with, in words. */
export const sayMove = ({ state, failedStage, waitingFor, toReview, step, steps }: IterationSummary): string => {
  if (toReview > 0) return `waits for you: ${counted(toReview, 'pair')} to review`;
  if (isMoving(state)) {
    if (waitingFor !== null) return waitingFor;
    const at = step === null || steps === null ? '' : `, step ${step} of ${steps}`;
    return `${doing[state] ?? state}${at}`;
  }
  if (state === 'failed')
    return failedStage === null ? 'failed' : `failed in ${stageNouns[failedStage] ?? failedStage}`;
  return state;
};
