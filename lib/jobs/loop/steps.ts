import 'server-only';
/** Doing what `nextStep` says. Each may be killed anywhere and is then done again, or not at all. */
import { closeRewardToken } from '@/lib/data/access/reward-token';
import { dropEasyQuestions } from '@/lib/data/curriculum/write';
import { notify } from '@/lib/data/events';
import { approveRest } from '@/lib/data/gates/approve';
import { readGate } from '@/lib/data/gates/read';
import type { LoopState } from '@/lib/data/iterations/loop-state';
import { endCancelled, enterState, failIteration, markProposed } from '@/lib/data/iterations/moves';
import { createSlotJob } from '@/lib/data/iterations/slots';
import { freezeForLoop } from '@/lib/data/pair-sets/freeze';
import { proposeIterationPairs } from '@/lib/data/pairs/propose';
import type { Step } from '@/lib/domain/loop/next-step';
import type { MovingState } from '@/lib/domain/loop/stages';
import { AppError } from '@/lib/errors';
import { judgeOpen } from '@/lib/jobs/judge-open';
import { endJob, type LoopDeps, resumeJob, runJob } from './job-step';
import { verifyAll } from './verify-live';

/** Where everything was rejected, the same seed would give the same pairs again. */
const proposalSeed = async ({ projectId, iterationId, plan }: LoopState): Promise<number> => {
  if (!plan.curate) return plan.seed;
  const { approved, rejected } = await readGate(projectId, iterationId, plan.curate.gate, plan.seed);
  return plan.seed + (approved === 0 ? rejected : 0);
};

const propose = async (loop: LoopState, signal: AbortSignal): Promise<void> => {
  const { projectId, iterationId, k, run, plan } = loop;
  if (!plan.curate) return;
  const { id: runId, name: runName, verifierVersionId } = run;
  const target = { projectId, runId, runName, iterationId, k, verifierVersionId };
  const onProgress = () => undefined;
  const { state } = await proposeIterationPairs(target, plan.curate.pairs, await proposalSeed(loop), {
    signal,
    onProgress,
  });
  if (state !== 'done') return;
  await notify({ projectId, topic: 'pair', id: iterationId });
  await markProposed(iterationId);
};

const approve = async ({ projectId, iterationId, plan }: LoopState): Promise<void> => {
  if (!plan.curate) return;
  const approved = await approveRest(projectId, iterationId, plan.curate.gate, plan.seed);
  if (approved > 0) return;
  // The policy decides a pair once; whoever took that back has to decide it.
  throw new AppError('busy', 'Somebody took back what the gate’s policy decided: decide the pairs left to go on.');
};

const freeze = async ({ viewer, iterationId }: LoopState): Promise<void> => {
  if (!viewer) return;
  try {
    await freezeForLoop(viewer, iterationId);
  } catch (error) {
    // A person took a decision back a moment ago: what the next look says counts.
    if (error instanceof AppError && error.code === 'conflict') throw new Error(error.message, { cause: error });
    throw error;
  }
};

/** A kill right after a job's end left its token open; nothing of the iteration runs when it moves on. */
const closeTokens = async ({ jobs }: LoopState): Promise<void> => {
  for (const job of jobs) if (job.kind === 'grpo') await closeRewardToken(job);
};

/**
 * Behind a stage whose end is verdicts: asks the version's judge about what the rules left open. It holds the loop up
 * and never ends it; false when it was stopped in the middle.
 */
const judgeBehind = async (from: MovingState, loop: LoopState, signal: AbortSignal): Promise<boolean> => {
  if (loop.viewer && (from === 'verify' || from === 'eval')) await judgeOpen(loop, loop.viewer, signal);
  return !signal.aborted;
};

/** Does one step; `wait` and `nothing` are the caller's. Throws `AppError` for what a person has to see to. */
export const doStep = async (
  step: Exclude<Step, { do: 'wait' | 'nothing' }>,
  loop: LoopState,
  signal: AbortSignal,
  deps: LoopDeps,
): Promise<void> => {
  const { iterationId, projectId, run, plan } = loop;
  if ('from' in step && step.do !== 'create job') await closeTokens(loop);
  switch (step.do) {
    case 'create job':
      return createSlotJob(loop, step.from, step.slot);
    case 'follow job':
      return runJob(loop, step.jobId, signal, deps);
    case 'resume job':
      return resumeJob(loop, step.jobId, signal, deps);
    case 'end job':
      return endJob(loop, step.jobId, signal, deps);
    case 'verify':
      return verifyAll(loop, signal);
    case 'propose':
      return propose(loop, signal);
    case 'approve rest':
      return approve(loop);
    case 'freeze':
      return freeze(loop);
    case 'enter':
      if (!(await judgeBehind(step.from, loop, signal))) return;
      await enterState(iterationId, step.from, step.next);
      return;
    case 'finish':
      if (!(await judgeBehind(step.from, loop, signal))) return;
      if (step.discard !== null) await dropEasyQuestions(projectId, run.id, iterationId, step.discard, plan.seed);
      await enterState(iterationId, step.from, 'done');
      return;
    case 'fail':
      await failIteration(iterationId, step.from, step.reason);
      return;
    case 'end cancelled':
      await endCancelled(iterationId, step.from);
      return;
  }
};
