import 'server-only';
/** Playing a recorded run through the loop: whatever the studio makes of a trainer's events, it makes here too. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { findStartCheckpoint } from '@/lib/data/checkpoints/start';
import { db } from '@/lib/data/db';
import { insertIteration, type Start } from '@/lib/data/iterations/launch';
import { addMediaRoot } from '@/lib/data/media/roots';
import { settleIteration } from '@/lib/data/recordings/settle';
import { engineers, getViewerProject, type Viewer } from '@/lib/data/viewer';
import { isMoving } from '@/lib/domain/loop/stages';
import { localPlan } from '@/lib/domain/recording/plan-sets';
import {
  RECORDING_FILE,
  type RecordedIteration,
  type Recording,
  recordingSchema,
} from '@/lib/domain/recording/recording';
import { type IterationState, iterationStateSchema } from '@/lib/domain/run';
import { AppError } from '@/lib/errors';
import { importNow } from '@/lib/jobs/import-now';
import { driveIteration } from '@/lib/jobs/loop/drive';
import { readNamedQuestions } from './questions';
import { recordedTrainer } from './recorded-trainer';

/** `iterations`: how many were played now. */
export type Replayed = { readonly run: string; readonly iterations: number };

/** Reads `recording.json` of a folder. Throws `invalid` when it is none that this studio knows. */
export const readRecording = async (folder: string): Promise<Recording> => {
  const text = await readFile(path.join(folder, RECORDING_FILE), 'utf8').catch((cause: unknown) => {
    throw new AppError('not_found', `There is no ${RECORDING_FILE} in ${folder}`, { cause });
  });
  const parsed = recordingSchema.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  const fault = parsed.error.issues[0];
  throw new AppError('invalid', `${RECORDING_FILE}: ${fault?.path.join('.')}: ${fault?.message}`);
};

type Played = {
  readonly viewer: Viewer;
  readonly projectId: string;
  readonly folder: string;
  readonly recording: Recording;
};

/** Brings the questions in, or finds them, and returns the id of each set by its name. */
const importQuestions = async ({ viewer, projectId, folder, recording }: Played): Promise<Map<string, string>> => {
  await addMediaRoot(viewer, folder);
  for (const { name, file } of recording.questionSets) await importNow(viewer, path.join(folder, file), { set: name });
  const names = recording.questionSets.map(({ name }) => name);
  const sets = await db.questionSet.findMany({
    where: { projectId, name: { in: names } },
    select: { id: true, name: true },
  });
  return new Map(sets.map(({ id, name }) => [name, id]));
};

const findRun = (projectId: string, name: string) =>
  db.run.findFirst({
    where: { projectId, name },
    select: {
      id: true,
      iterations: {
        select: { id: true, k: true, state: true, trainerId: true, jobs: { select: { startedAt: true } } },
      },
    },
  });

/** Whether what was played into an iteration so far is of this recording: the times of its jobs are. */
const isOf = (recorded: RecordedIteration, jobs: readonly { readonly startedAt: Date | null }[]): boolean => {
  const [from, to] = [new Date(recorded.startedAt), new Date(recorded.finishedAt)];
  return jobs.every(({ startedAt }) => startedAt === null || (startedAt >= from && startedAt <= to));
};

const setNotThere = (name: string): never => {
  throw new AppError('invalid', `The recording names a question set “${name}” that it does not bring along`);
};

/** The iteration to play events into: the one that an earlier replay began, or a new one. */
const openIteration = async (
  { viewer, projectId, recording }: Played,
  recorded: RecordedIteration,
  setIds: ReadonlyMap<string, string>,
): Promise<string> => {
  const another = new AppError('conflict', `There is another run “${recording.run}” here: rename it first`);
  const run = await findRun(projectId, recording.run);
  const found = run?.iterations.find(({ k }) => k === recorded.k);
  if (found && (found.trainerId || found.state === 'imported' || !isOf(recorded, found.jobs))) throw another;
  if (found) return found.id;
  const start: Start = run
    ? { kind: 'next', runId: run.id, checkpoint: await findStartCheckpoint(projectId, run.id, null) }
    : { kind: 'new', run: { name: recording.run, base: { trainerId: null, model: recording.base } } };
  const plan = localPlan(recorded.plan, (name) => setIds.get(name) ?? setNotThere(name));
  const { iterationId, k } = await insertIteration({ projectId, userId: viewer.userId, trainerId: null, start, plan });
  if (k === recorded.k) return iterationId;
  throw another;
};

const stateOf = async (iterationId: string): Promise<IterationState> => {
  const row = await db.iteration.findUniqueOrThrow({ where: { id: iterationId }, select: { state: true } });
  return iterationStateSchema.parse(row.state);
};

const requireDone = async (iterationId: string, k: number): Promise<void> => {
  const { state, failedReason } = await db.iteration.findUniqueOrThrow({
    where: { id: iterationId },
    select: { state: true, failedReason: true },
  });
  if (state !== 'done') throw new AppError('conflict', `Iteration ${k} stopped in ${state}: ${failedReason ?? ''}`);
};

/**
 * Plays a recorded run into the viewer's project, by the loop itself. Killed and called again it goes on; what was
 * played before stays as people left it. Engineers only.
 *
 * @throws AppError `not_found` without a recording, `invalid` for one this studio cannot read, `conflict` for one that
 *   other rules made, or when another run has its name.
 */
export const replayRun = async (
  viewer: Viewer,
  folder: string,
  note: (text: string) => void,
  signal: AbortSignal = new AbortController().signal,
): Promise<Replayed> => {
  const recording = await readRecording(folder);
  const { id: projectId } = await getViewerProject(viewer, engineers);
  const played: Played = { viewer, projectId, folder, recording };
  const setIds = await importQuestions(played);
  const questions = await readNamedQuestions(projectId, [...setIds.values()]);
  let iterations = 0;
  for (const recorded of recording.iterations) {
    const iterationId = await openIteration(played, recorded, setIds);
    note(`iteration ${recorded.k}`);
    if (isMoving(await stateOf(iterationId))) {
      const trainer = recordedTrainer({ folder, projectId, iteration: recorded, questions });
      await driveIteration(iterationId, signal, { connect: () => trainer });
      iterations += 1;
    }
    await requireDone(iterationId, recorded.k);
    await settleIteration(projectId, iterationId, recorded);
  }
  return { run: recording.run, iterations };
};
