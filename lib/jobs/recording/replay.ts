import 'server-only';
/** Playing recorded runs through the loop: whatever the studio makes of a trainer's events, it makes here too. */
import path from 'node:path';
import { findStartCheckpoint } from '@/lib/data/checkpoints/start';
import { db } from '@/lib/data/db';
import { insertIteration, type Start } from '@/lib/data/iterations/launch';
import { addMediaRoot } from '@/lib/data/media/roots';
import { settleIteration } from '@/lib/data/recordings/settle';
import { engineers, getViewerProject, type Viewer } from '@/lib/data/viewer';
import { isMoving } from '@/lib/domain/loop/stages';
import { localPlan } from '@/lib/domain/recording/plan-sets';
import type { RecordedIteration, Recording, RecordingPart } from '@/lib/domain/recording/recording';
import { type IterationState, iterationStateSchema } from '@/lib/domain/run';
import { AppError } from '@/lib/errors';
import { importNow } from '@/lib/jobs/import-now';
import { driveIteration } from '@/lib/jobs/loop/drive';
import { type NamedQuestions, readNamedQuestions } from './questions';
import { begunAt, readRecording } from './read-recording';
import { recordedTrainer } from './recorded-trainer';

/** `iterations`: how many were played now. */
export type Replayed = { readonly run: string; readonly runId: string; readonly iterations: number };

type Place = { readonly viewer: Viewer; readonly projectId: string; readonly folder: string };
type Played = Place & {
  readonly recording: Recording;
  readonly begunAt: Date;
  /** By name. */
  readonly setIds: ReadonlyMap<string, string>;
  readonly questions: NamedQuestions;
};

/** Brings the questions in, or finds them, and returns the id of each set by its name. */
const importQuestions = async (
  { viewer, projectId, folder }: Place,
  recordings: readonly Recording[],
): Promise<Map<string, string>> => {
  await addMediaRoot(viewer, folder);
  // Recordings of one folder share their sets.
  const files = new Map(recordings.flatMap(({ questionSets }) => questionSets.map(({ name, file }) => [name, file])));
  for (const [set, file] of files) await importNow(viewer, path.join(folder, file), { set });
  const sets = await db.questionSet.findMany({
    where: { projectId, name: { in: [...files.keys()] } },
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
  { viewer, projectId, recording, setIds }: Played,
  recorded: RecordedIteration,
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

const playRun = async (played: Played, note: (text: string) => void, signal: AbortSignal): Promise<Replayed> => {
  const { projectId, folder, recording, questions } = played;
  let iterations = 0;
  for (const recorded of recording.iterations) {
    const iterationId = await openIteration(played, recorded);
    note(`${recording.run}, iteration ${recorded.k}`);
    if (isMoving(await stateOf(iterationId))) {
      const trainer = recordedTrainer({ folder, projectId, iteration: recorded, questions });
      await driveIteration(iterationId, signal, { connect: () => trainer });
      iterations += 1;
    }
    await requireDone(iterationId, recorded.k);
    await settleIteration(projectId, iterationId, played.begunAt, recorded);
  }
  const { id: runId } = await db.run.findUniqueOrThrow({
    where: { projectId_name: { projectId, name: recording.run } },
    select: { id: true },
  });
  return { run: recording.run, runId, iterations };
};

/**
 * Plays recorded runs of a folder into the viewer's project, one after the other, by the loop itself. Killed and called
 * again it goes on; what was played before stays as people left it. Engineers only.
 *
 * @throws AppError `not_found` without a recording, `invalid` for one this studio cannot read, `conflict` for one that
 *   other rules made, or when another run has its name.
 */
export const replayRuns = async (
  viewer: Viewer,
  folder: string,
  parts: readonly RecordingPart[],
  note: (text: string) => void,
  signal: AbortSignal = new AbortController().signal,
): Promise<Replayed[]> => {
  const wanted = await Promise.all(
    parts.map(async (part) => {
      const recording = await readRecording(folder, part);
      return { recording, begunAt: await begunAt(folder, part, recording) };
    }),
  );
  const { id: projectId } = await getViewerProject(viewer, engineers);
  const place: Place = { viewer, projectId, folder };
  const setIds = await importQuestions(
    place,
    wanted.map(({ recording }) => recording),
  );
  const questions = await readNamedQuestions(projectId, [...setIds.values()]);
  const done: Replayed[] = [];
  for (const one of wanted) done.push(await playRun({ ...place, ...one, setIds, questions }, note, signal));
  return done;
};
