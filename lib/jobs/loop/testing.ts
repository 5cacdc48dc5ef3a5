/** For `*.db.test.ts` only: a trainer in memory that keeps the contract of jobs and their event logs. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { isFinal } from '@/lib/domain/loop/job-progress';
import type { JobStatus } from '@/lib/domain/trainer/answers';
import type { TrainerEvent } from '@/lib/domain/trainer/event';
import type { JobRequest } from '@/lib/domain/trainer/job';
import type { JobState } from '@/lib/domain/trainer/names';
import type { JobPort } from '@/lib/trainer/port';
import { TrainerRefusal } from '@/lib/trainer/request';

type Unstamped<E> = E extends TrainerEvent ? Omit<E, 'seq' | 'time'> : never;
/** An event, or a stop until somebody lets the job go on. */
export type Act = Unstamped<TrainerEvent> | 'hold';
type Asked = { readonly request: JobRequest; readonly questionIds: readonly string[]; readonly attempt: number };
export type Script = (asked: Asked) => readonly Act[];

type Held = { readonly request: JobRequest; events: TrainerEvent[]; left: Act[]; attempt: number };

export type ScriptedTrainer = {
  readonly port: JobPort;
  /** Kinds of the jobs that were taken, in order: a job taken twice would be there twice. */
  readonly taken: string[];
  /** Lets every held job go on. */
  readonly release: () => void;
  /** Forgets every job, as a trainer with another data folder does. */
  readonly forget: () => void;
};

const START_MS = Date.UTC(2026, 0, 5, 10);
const refuse = (code: 'not_found' | 'conflict', message: string) => new TrainerRefusal(code, message, []);
const lineSchema = z.object({ id: z.string() });
const isOver = (state: JobState | undefined) => state !== undefined && isFinal(state);

export const scriptedTrainer = (script: Script): ScriptedTrainer => {
  const files = new Map<string, string>();
  const jobs = new Map<string, Held>();
  const taken: string[] = [];
  let wake = Promise.withResolvers<void>();
  const tell = () => {
    wake.resolve();
    wake = Promise.withResolvers<void>();
  };
  const find = (id: string): Held => {
    const job = jobs.get(id);
    if (!job) throw refuse('not_found', `There is no job ${id}.`);
    return job;
  };
  const stateOf = ({ events }: Held) => events.findLast((event) => event.type === 'state');
  const log = (job: Held, act: Unstamped<TrainerEvent>): void => {
    const seq = job.events.length + 1;
    job.events.push({ ...act, seq, time: new Date(START_MS + seq * 250).toISOString() });
  };
  /** Logs what comes until the job holds or is over. */
  const run = (job: Held): void => {
    for (let act = job.left.shift(); act !== undefined && act !== 'hold'; act = job.left.shift()) log(job, act);
    tell();
  };
  const begin = (job: Held): void => {
    const data = 'questions' in job.request.data ? job.request.data.questions : undefined;
    const lines = (data === undefined ? '' : (files.get(data) ?? '')).split('\n').filter(Boolean);
    const questionIds = lines.map((line) => lineSchema.parse(JSON.parse(line)).id);
    job.left = [...script({ request: job.request, questionIds, attempt: job.attempt })];
    log(job, state('queued', null, job.attempt));
    log(job, state('running', null, job.attempt));
    run(job);
  };
  const statusOf = (job: Held): JobStatus => {
    const last = stateOf(job);
    return {
      job: { id: job.request.id, kind: job.request.kind, engine: 'builtin', title: '' },
      state: last?.state ?? 'queued',
      attempt: job.attempt,
      device: 'cpu',
      queuePosition: null,
      waitingFor: null,
      cancelRequested: false,
      progress: { step: null, steps: null, rollouts: 0 },
      lastSeq: job.events.length,
      error: last?.error ?? null,
      createdAt: new Date(START_MS).toISOString(),
      startedAt: null,
      finishedAt: null,
    };
  };
  const port: JobPort = {
    putFile: async (sha256, file) => {
      files.set(sha256, await readFile(file, 'utf8'));
    },
    createJob: async (request) => {
      const known = jobs.get(request.id);
      if (known && JSON.stringify(known.request) !== JSON.stringify(request)) {
        throw refuse('conflict', 'Another job has this id.');
      }
      const missing = Object.values(request.data).filter((sha256) => !files.has(sha256));
      if (!known && missing.length > 0) return { missing };
      const job = known ?? { request, events: [], left: [], attempt: 1 };
      if (!known) {
        jobs.set(request.id, job);
        taken.push(request.kind);
        begin(job);
      }
      return { job: statusOf(job) };
    },
    getJob: async (id) => statusOf(find(id)),
    cancelJob: async (id) => {
      const job = find(id);
      if (!isOver(stateOf(job)?.state)) {
        job.left = [];
        log(job, state('cancelled', null, job.attempt));
        tell();
      }
      return statusOf(job);
    },
    resumeJob: async (id) => {
      const job = find(id);
      const now = stateOf(job)?.state;
      if (now === 'succeeded') throw refuse('conflict', 'This job has succeeded; there is nothing to resume.');
      if (isOver(now)) {
        job.attempt += 1;
        begin(job);
      }
      return statusOf(job);
    },
    readEvents: async function* (id, { after, follow, signal }) {
      const job = find(id);
      if (after > job.events.length) throw refuse('conflict', 'The log is shorter than that.');
      for (let at = after; ; ) {
        for (let event = job.events[at]; event; event = job.events[at]) {
          at += 1;
          yield event;
        }
        if (!follow || isOver(stateOf(job)?.state)) return;
        const stopped = Promise.withResolvers<void>();
        signal?.addEventListener('abort', () => stopped.resolve(), { once: true });
        await Promise.race([wake.promise, stopped.promise]);
        signal?.throwIfAborted();
      }
    },
  };
  return {
    port,
    taken,
    release: () => {
      for (const job of jobs.values()) run(job);
    },
    forget: () => jobs.clear(),
  };
};

type StateAct = Unstamped<Extract<TrainerEvent, { type: 'state' }>>;
export const state = (name: JobState, error: string | null = null, attempt = 1): StateAct => ({
  type: 'state',
  state: name,
  attempt,
  device: name === 'queued' ? null : 'cpu',
  error,
});

/** Right by right thinking, wrong, right by thinking that concludes otherwise, and right at more length. */
const said = (step: number, sample: number, allRight: boolean): string => {
  const [concludes, answers] =
    allRight || sample === 0 || sample === 3 ? ['B', 'B'] : sample === 1 ? ['A', 'A'] : ['A', 'B'];
  const words = `In step ${step} I look at the object and follow it from frame to frame. `.repeat(sample === 3 ? 4 : 1);
  return `<think>${words}So the answer is ${concludes}.</think>\n<answer>${answers}</answer>`;
};

const rollout = (step: number, questionId: string, sample: number, response: string): Act => ({
  type: 'rollout',
  step,
  questionId,
  sample,
  response,
  finishReason: 'stop',
  promptTokens: 20,
  totalTokens: 20 + response.length,
  thinkTokens: Math.round(response.length / 4),
  temperature: 1,
  reward: null,
  rewards: {},
  advantage: null,
  frameIndices: null,
  frameTimes: null,
  frameSize: null,
  videoTokens: null,
});

const metric = (step: number, steps: number): Act => ({
  type: 'metric',
  step,
  steps,
  phase: 'train',
  values: { loss: 1 / step },
});

const SAMPLES = [0, 1, 2, 3] as const;

/** A job that ends well: two steps of training, or one of sampling. The first question is always answered right. */
export const goodScript: Script = ({ request: { kind }, questionIds, attempt }) => {
  const ask = (step: number, samples: readonly number[]) =>
    questionIds.flatMap((id, at) => samples.map((sample) => rollout(step, id, sample, said(step, sample, at === 0))));
  const end: Act[] = [{ type: 'result', checkpoint: null, values: { seconds: 1 } }, state('succeeded', null, attempt)];
  const weights: Act = { type: 'checkpoint', name: `${kind}-2`, step: 2, resumable: false, final: true, bytes: 9 };
  switch (kind) {
    case 'grpo':
      return [...ask(1, SAMPLES), metric(1, 2), ...ask(2, SAMPLES), metric(2, 2), weights, ...end];
    case 'rollout':
      return [...ask(3, SAMPLES), metric(1, 1), ...end];
    case 'eval':
      return [...ask(0, [0]), metric(1, 1), ...end];
    default:
      return [metric(1, 2), metric(2, 2), weights, ...end];
  }
};
