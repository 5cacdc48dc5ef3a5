import 'server-only';
/** Writing a finished run down as its trainer logged it. Works for any trainer, wherever it is. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { db } from '@/lib/data/db';
import { currentJobs } from '@/lib/data/jobs/read';
import type { JobRecord } from '@/lib/data/jobs/record';
import { getTrainerAddress } from '@/lib/data/trainers/address';
import { engineers, getViewerProject, type Viewer } from '@/lib/data/viewer';
import { planSchema } from '@/lib/domain/loop/plan';
import { dataDigest } from '@/lib/domain/recording/data-digest';
import { renameQuestion } from '@/lib/domain/recording/events';
import { portablePlan } from '@/lib/domain/recording/plan-sets';
import {
  fileOfPart,
  RECORDING_FILE,
  RECORDING_VERSION,
  type RecordedIteration,
  type RecordedJob,
  type Recording,
  type RecordingPart,
} from '@/lib/domain/recording/recording';
import type { TrainerInfo } from '@/lib/domain/trainer/answers';
import type { TrainerEvent } from '@/lib/domain/trainer/event';
import { modelSchema } from '@/lib/domain/trainer/job';
import { AppError } from '@/lib/errors';
import { writeJobFile } from '@/lib/jobs/loop/job-data';
import { getInfo } from '@/lib/trainer/client';
import { readEvents } from '@/lib/trainer/read-events';
import { writeQuestionSets } from './question-files';
import { type NamedQuestions, readNamedQuestions } from './questions';
import { writeRecordedEvents } from './recorded-events';

export type RecordRequest = {
  readonly run: string;
  /** Where it goes. Videos are not copied: questions name them as they were imported. */
  readonly folder: string;
  /** Its name beside the folder's own recording, whose questions and videos it shares; null: it is the folder's own. */
  readonly part: RecordingPart;
  /** Name under which the last weights of the run are kept beside the recording; null: they are not. */
  readonly kept: string | null;
};

const iterationRow = z.object({
  id: z.uuid(),
  k: z.int(),
  state: z.string(),
  plan: planSchema,
  createdAt: z.date(),
  finishedAt: z.date(),
});
type Turn = z.infer<typeof iterationRow>;

const readRun = async (projectId: string, name: string) => {
  const run = await db.run.findFirst({
    where: { projectId, name },
    select: {
      id: true,
      checkpoints: { where: { stage: 'base' }, select: { model: true } },
      iterations: {
        orderBy: { k: 'asc' },
        select: { id: true, k: true, state: true, plan: true, createdAt: true, finishedAt: true },
      },
    },
  });
  if (!run) throw new AppError('not_found', `There is no run “${name}”`);
  const over = run.iterations.find(({ state }) => state !== 'done');
  if (over) throw new AppError('conflict', `Iteration ${over.k} is not done: record the run when all of it is`);
  const base = run.checkpoints[0];
  const turns = z.array(iterationRow).safeParse(run.iterations);
  if (!base || !turns.success || turns.data.length === 0) {
    throw new AppError('unsupported', 'Only a run whose every iteration a trainer made can be recorded');
  }
  return { base: modelSchema.parse(base.model), turns: turns.data };
};

const allEvents = async (job: JobRecord, signal: AbortSignal): Promise<TrainerEvent[]> => {
  if (job.trainerId === null) throw new AppError('unsupported', 'Its trainer is gone, and with it its event logs');
  const trainer = await getTrainerAddress(job.projectId, job.trainerId);
  const events: TrainerEvent[] = [];
  for await (const event of readEvents(trainer, job.id, { after: 0, signal })) events.push(event);
  return events;
};

const digestOf = async (job: JobRecord, questions: NamedQuestions, signal: AbortSignal): Promise<string> => {
  const file = await writeJobFile(job, signal);
  try {
    return dataDigest(await readFile(file.path, 'utf8'), (id) => questions.nameOf.get(id));
  } finally {
    await file.remove();
  }
};

type Writing = {
  readonly projectId: string;
  readonly folder: string;
  readonly part: RecordingPart;
  readonly questions: NamedQuestions;
  readonly setNames: ReadonlyMap<string, string>;
  readonly note: (text: string) => void;
  readonly signal: AbortSignal;
};

const recordJob = async (
  { folder, part, questions, note, signal }: Writing,
  k: number,
  job: JobRecord,
  kept: string | null,
): Promise<RecordedJob> => {
  note(`iteration ${k}, ${job.kind}`);
  const events = await allEvents(job, signal);
  const file = fileOfPart(part, `events/${k}-${job.kind}.ndjson.gz`);
  await writeRecordedEvents(
    path.join(folder, file),
    events.map((event) => renameQuestion(event, (id) => questions.nameOf.get(id))),
  );
  return { kind: job.kind, events: file, data: await digestOf(job, questions, signal), kept };
};

const recordTurn = async (writing: Writing, turn: Turn, kept: string | null): Promise<RecordedIteration> => {
  const jobs = await currentJobs(writing.projectId, turn.id);
  const recorded: RecordedJob[] = [];
  // The last that trained is the one to go on from.
  const last = [...jobs.values()].findLast(({ kind }) => kind === 'grpo' || kind === 'dpo');
  for (const job of jobs.values()) recorded.push(await recordJob(writing, turn.k, job, job === last ? kept : null));
  return {
    k: turn.k,
    startedAt: turn.createdAt.toISOString(),
    finishedAt: turn.finishedAt.toISOString(),
    plan: portablePlan(turn.plan, (id) => writing.setNames.get(id) ?? id),
    jobs: recorded,
  };
};

/** Versions that decide how a run comes out. */
const PACKAGES = ['torch', 'transformers', 'av'];

const machineOf = (info: TrainerInfo): Recording['machine'] => ({
  trainer: info.version,
  device: info.devices.map(({ model }) => model).join(', '),
  packages: Object.fromEntries(Object.entries(info.packages).filter(([name]) => PACKAGES.includes(name))),
});

const findMachine = async (projectId: string, turns: readonly Turn[]): Promise<Recording['machine']> => {
  for (const { id } of turns) {
    const [job] = (await currentJobs(projectId, id)).values();
    if (job?.trainerId) return machineOf(await getInfo(await getTrainerAddress(projectId, job.trainerId)));
  }
  throw new AppError('unsupported', 'No trainer of this run is registered any more');
};

const setsOf = (turns: readonly Turn[]): string[] => {
  const parts = turns.flatMap(({ plan }) => [plan.explore, plan.sample, plan.evaluate]);
  return [...new Set(parts.flatMap((part) => part?.questionSets ?? []))];
};

/**
 * Writes `recording.json`, the question sets and the event logs of a run whose every iteration is done. Engineers only.
 *
 * @throws AppError `not_found`, `conflict` while something of it moves or when it asked other questions than the recording
 *   that it is put beside, `unsupported` for imported runs, `unavailable` when its trainer does not answer.
 */
export const recordRun = async (
  viewer: Viewer,
  { run: name, folder, part, kept }: RecordRequest,
  note: (text: string) => void,
  signal: AbortSignal = new AbortController().signal,
): Promise<Recording> => {
  const { id: projectId } = await getViewerProject(viewer, engineers);
  const { base, turns } = await readRun(projectId, name);
  for (const made of [fileOfPart(part, 'events'), 'questions'])
    await mkdir(path.join(folder, made), { recursive: true });
  const sets = await writeQuestionSets(projectId, folder, setsOf(turns), part !== null);
  const setIds = sets.map(({ id }) => id);
  const writing: Writing = {
    projectId,
    folder,
    part,
    questions: await readNamedQuestions(projectId, setIds),
    setNames: new Map(sets.map((set) => [set.id, set.name])),
    note,
    signal,
  };
  const iterations: RecordedIteration[] = [];
  for (const turn of turns) iterations.push(await recordTurn(writing, turn, turn === turns.at(-1) ? kept : null));
  const recording: Recording = {
    version: RECORDING_VERSION,
    run: name,
    base,
    machine: await findMachine(projectId, turns),
    questionSets: sets.map((set) => ({ name: set.name, file: set.file })),
    iterations,
  };
  await writeFile(path.join(folder, fileOfPart(part, RECORDING_FILE)), `${JSON.stringify(recording, null, 1)}\n`);
  return recording;
};
