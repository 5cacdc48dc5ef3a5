/** The runs that the example records, driven in this process on a trainer that is already there. */
import path from 'node:path';
import { finalCheckpoint } from '@/lib/data/checkpoints/read';
import { db } from '@/lib/data/db';
import { launchIteration } from '@/lib/data/iterations/launch';
import { getIteration } from '@/lib/data/iterations/read';
import { currentJobs } from '@/lib/data/jobs/read';
import { addMediaRoot } from '@/lib/data/media/roots';
import { checkTrainer } from '@/lib/data/trainers/health';
import { registerTrainer } from '@/lib/data/trainers/register';
import { getViewerProject, type Viewer } from '@/lib/data/viewer';
import type { PlanInput } from '@/lib/domain/loop/plan';
import type { RecordingPart } from '@/lib/domain/recording/recording';
import { importNow } from '@/lib/jobs/import-now';
import { driveIteration } from '@/lib/jobs/loop/drive';
import { recordRun } from '@/lib/jobs/recording/record';
import type { TrainerAddress } from '@/lib/trainer/request';
import { baselinePlan, grpoPlan, iterationPlan } from './example-plan';
import { step } from './progress.mjs';
import { serveRewards } from './serve-rewards';

const LOOP = 'moving-shapes';
/** Also the name of its folder beside the recording of the whole loop. */
export const ALONE = 'grpo-alone';
const ITERATIONS = [1, 2];
const SETS = { train: 'moving-shapes', heldOut: 'held-out' } as const;

type Example = {
  /** Holds `questions/` and `videos/`, and gets the recording. */
  readonly folder: string;
  /** Names among the trainer's models: to start from, and for the weights at the end. */
  readonly base: string;
  readonly kept: string;
  readonly trainer: TrainerAddress;
  readonly stop: AbortSignal;
  /** Records GRPO alone, beside the recording of the whole loop that is there. */
  readonly onlyAlone: boolean;
};
type Weights = { readonly jobId: string; readonly checkpoint: string };

const importSet = async (viewer: Viewer, projectId: string, folder: string, name: string): Promise<string> => {
  await importNow(viewer, path.join(folder, 'questions', `${name}.ndjson`), { set: name });
  return (await db.questionSet.findFirstOrThrow({ where: { projectId, name }, select: { id: true } })).id;
};

/** Drives an iteration to its end. Throws with its reason when it is not done then. */
const driveToEnd = async (viewer: Viewer, iterationId: string, stop: AbortSignal): Promise<void> => {
  const end = await driveIteration(iterationId, stop);
  const { state, k, failedReason, waitingFor } = await getIteration(viewer, iterationId);
  if (state !== 'done') throw new Error(`Iteration ${k} ends ${end} in ${state}: ${failedReason ?? waitingFor ?? ''}`);
};

const lastWeights = async (projectId: string, iterationId: string): Promise<Weights> => {
  const dpo = (await currentJobs(projectId, iterationId)).get('dpo');
  const made = dpo && (await finalCheckpoint(projectId, dpo.id));
  if (made?.model.source !== 'checkpoint') throw new Error('the last iteration made no weights');
  return { jobId: made.model.job, checkpoint: made.model.name };
};

type Branch = { readonly name: string; readonly trainerId: string; readonly plans: readonly PlanInput[] };

/** Takes a new run through its plans; returns the last iteration. */
const driveRun = async (
  viewer: Viewer,
  { name, trainerId, plans }: Branch,
  { base, stop }: Example,
): Promise<string> => {
  let run: Parameters<typeof launchIteration>[1]['run'] = {
    name,
    base: { trainerId, model: { source: 'local', name: base } },
  };
  let last = '';
  for (const [k, plan] of plans.entries()) {
    const launched = await launchIteration(viewer, { run, trainerId, plan });
    await step(`Iteration ${k} of ${name}`, () => driveToEnd(viewer, launched.iterationId, stop));
    run = { id: launched.runId };
    last = launched.iterationId;
  }
  return last;
};

/**
 * Runs and records both branches: the loop, and beside it the same GRPO without pairs and DPO. Returns where the last
 * weights of the loop are on the trainer; null when only GRPO alone was asked for, whose weights nobody keeps.
 */
export const runExample = async (viewer: Viewer, example: Example): Promise<Weights | null> => {
  const { folder, kept, trainer, stop } = example;
  const { id: projectId } = await getViewerProject(viewer);
  await addMediaRoot(viewer, folder);
  const train = await importSet(viewer, projectId, folder, SETS.train);
  const heldOut = await importSet(viewer, projectId, folder, SETS.heldOut);
  const rewards = await serveRewards();
  const record = (run: string, part: RecordingPart, weights: string | null) =>
    step(`Recording ${run}`, (note) => recordRun(viewer, { run, folder, part, kept: weights }, note, stop));
  try {
    const trainerId = await registerTrainer(viewer, { name: 'recorder', ...trainer, rewardUrl: rewards.url });
    await checkTrainer(viewer, trainerId);
    const branch = (name: string, planOf: typeof iterationPlan): Branch => {
      const plans = [baselinePlan(heldOut), ...ITERATIONS.map((k) => planOf({ train, heldOut }, k))];
      return { name, trainerId, plans };
    };
    const loop = example.onlyAlone ? null : await driveRun(viewer, branch(LOOP, iterationPlan), example);
    if (loop !== null) await record(LOOP, null, kept);
    await driveRun(viewer, branch(ALONE, grpoPlan), example);
    await record(ALONE, ALONE, null);
    return loop === null ? null : await lastWeights(projectId, loop);
  } finally {
    await rewards.close();
  }
};
