/** The stages of an iteration that the loop moves, each with its state and what there is to see of it, for people. */
import type { Job } from '@/lib/domain/job';
import type { IterationState } from '@/lib/domain/run';
import { counted, formatCount } from '@/lib/domain/text/counted';
import { type MovingState, movingStates } from './stages';

export const loopStageStates = [
  'done',
  'running',
  'blocked',
  'people',
  'waiting',
  'skipped',
  'failed',
  'cancelled',
] as const;
/** `blocked`: it waits for its trainer, which is away or busy. `people`: it waits for decisions. `skipped`: not in the plan. */
export type LoopStageState = (typeof loopStageStates)[number];

export type LoopJob = Pick<Job, 'kind' | 'stage' | 'state' | 'step' | 'steps' | 'dataCount' | 'rollouts'>;

export type LoopIteration = {
  readonly state: IterationState;
  readonly failedStage: string | null;
  readonly failedReason: string | null;
  readonly waitingFor: string | null;
  /** The stages of its plan. */
  readonly planned: readonly MovingState[];
  /** Oldest first. */
  readonly jobs: readonly LoopJob[];
  readonly rollouts: number;
  readonly unverified: number;
  readonly pairs: { readonly proposed: number; readonly approved: number; readonly rejected: number };
  /** Pairs that a person must still decide before the gate opens; null where nobody knows yet. */
  readonly toReview: number | null;
  /** The frozen set that its DPO trains on. */
  readonly set: { readonly number: number; readonly pairCount: number } | null;
};

export type LoopStage = {
  readonly stage: MovingState;
  readonly state: LoopStageState;
  /** One line. */
  readonly says: string;
  /** Of the job under way; null where the stage has none, or it has not begun. */
  readonly step: number | null;
  readonly steps: number | null;
};

/** The stage of the loop that a job belongs to. */
export const loopStageOf = ({ kind }: Pick<Job, 'kind'>): MovingState =>
  kind === 'dpo' ? 'dpo' : kind === 'eval' ? 'eval' : 'grpo';

const doing: Readonly<Record<LoopJob['kind'], string>> = {
  grpo: 'Training',
  sft: 'Imitating',
  rollout: 'Sampling',
  dpo: 'Aligning',
  eval: 'Answering',
};

const jobText = (job: LoopJob | undefined): string => {
  if (!job) return 'No job yet';
  if (job.state === 'queued') return 'Waiting in the trainer’s queue';
  const steps = job.steps === null ? '' : ` of ${formatCount(job.steps)}`;
  return job.step === null
    ? `${doing[job.kind]}: starting`
    : `${doing[job.kind]}: step ${formatCount(job.step)}${steps}`;
};

/** What a stage has made, whether it is over or not; empty while there is nothing. */
const madeText = (stage: MovingState, of: LoopIteration): string => {
  const { jobs, rollouts, unverified, pairs, set } = of;
  const own = jobs.filter((job) => loopStageOf(job) === stage);
  const sum = own.reduce((total, job) => total + job.rollouts, 0);
  const steps = own.findLast(({ kind, step }) => kind !== 'rollout' && step !== null)?.step ?? null;
  switch (stage) {
    case 'grpo':
      return [steps === null ? '' : counted(steps, 'step'), sum === 0 ? '' : counted(sum, 'rollout')]
        .filter(Boolean)
        .join(', ');
    case 'verify':
      if (rollouts === 0) return '';
      return unverified === 0
        ? `${counted(rollouts, 'rollout')} verified`
        : `${formatCount(rollouts - unverified)} of ${counted(rollouts, 'rollout')} verified`;
    case 'curate': {
      if (set) return `Set ${set.number}: ${counted(set.pairCount, 'pair')}`;
      const all = pairs.proposed + pairs.approved + pairs.rejected;
      return all === 0 ? '' : `${formatCount(all - pairs.proposed)} of ${counted(all, 'pair')} decided`;
    }
    case 'dpo': {
      const count = own.at(-1)?.dataCount ?? null;
      return [steps === null ? '' : counted(steps, 'step'), count === null ? '' : counted(count, 'pair')]
        .filter(Boolean)
        .join(', ');
    }
    case 'eval':
      return sum === 0 ? '' : counted(sum, 'answer');
  }
};

const runningText = (stage: MovingState, of: LoopIteration): string => {
  const made = madeText(stage, of);
  switch (stage) {
    case 'verify':
      return made || 'Reading the rollouts';
    case 'curate':
      return of.toReview ? `${counted(of.toReview, 'pair')} to review` : made || 'Proposing pairs';
    default: {
      const now = of.jobs.findLast((job) => loopStageOf(job) === stage);
      return jobText(now);
    }
  }
};

const stateOf = (stage: MovingState, of: LoopIteration): LoopStageState => {
  if (!of.planned.includes(stage)) return 'skipped';
  const over = of.state === 'failed' || of.state === 'cancelled';
  // A cancelled iteration keeps no stage of its own: the one it came to is where it was left.
  const here = over ? of.failedStage : of.state;
  if (here === 'done') return 'done';
  const states: readonly (string | null)[] = movingStates;
  const [place, at] = [movingStates.indexOf(stage), states.indexOf(here)];
  if (at >= 0 && place < at) return 'done';
  if (at < 0 || place > at) return of.state === 'cancelled' ? 'cancelled' : 'waiting';
  if (of.state === 'failed') return 'failed';
  if (of.state === 'cancelled') return 'cancelled';
  if (of.waitingFor !== null) return 'blocked';
  return stage === 'curate' && of.toReview ? 'people' : 'running';
};

const sentences: Readonly<Record<'waiting' | 'skipped' | 'done' | 'cancelled', string>> = {
  waiting: 'Waiting',
  skipped: 'Not in the plan',
  done: 'Done',
  cancelled: 'Cancelled',
};

const textOf = (stage: MovingState, state: LoopStageState, of: LoopIteration): string => {
  switch (state) {
    case 'running':
    case 'people':
      return runningText(stage, of);
    case 'blocked':
      return of.waitingFor ?? runningText(stage, of);
    case 'failed':
      return of.failedReason ?? 'Failed';
    case 'skipped':
    case 'waiting':
      return sentences[state];
    default:
      return madeText(stage, of) || sentences[state];
  }
};

/** The five stages in order. */
export const loopStages = (of: LoopIteration): LoopStage[] =>
  movingStates.map((stage) => {
    const state = stateOf(stage, of);
    const job = of.jobs.findLast((one) => loopStageOf(one) === stage);
    const shown = (state === 'running' || state === 'blocked') && job?.state === 'running' ? job : undefined;
    return { stage, state, says: textOf(stage, state, of), step: shown?.step ?? null, steps: shown?.steps ?? null };
  });
