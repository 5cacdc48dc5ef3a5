import 'server-only';
/** A recording that answers in the place of a trainer: the loop asks for jobs, and gets the events that were logged. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { db } from '@/lib/data/db';
import { dataDigest } from '@/lib/domain/recording/data-digest';
import type { RecordedIteration, RecordedJob } from '@/lib/domain/recording/recording';
import type { JobStatus } from '@/lib/domain/trainer/answers';
import type { TrainerEvent } from '@/lib/domain/trainer/event';
import type { JobKind } from '@/lib/domain/trainer/names';
import { AppError } from '@/lib/errors';
import type { JobPort } from '@/lib/trainer/port';
import type { NamedQuestions } from './questions';
import { readRecordedEvents } from './recorded-events';

/** What the loop asks for is not what was recorded: verifier, pairs or curriculum follow other rules by now. */
const stale = (what: string): AppError =>
  new AppError(
    'conflict',
    `This recording does not fit this studio: ${what}. Record it again with \`npm run -s record-example\`.`,
  );

const finished = (): never => {
  throw new AppError('unsupported', 'A recorded job is over: it can be neither cancelled nor resumed');
};

type Parts = {
  /** Of the recording. */
  readonly folder: string;
  readonly projectId: string;
  readonly iteration: RecordedIteration;
  readonly questions: NamedQuestions;
};

/**
 * The trainer of one recorded iteration. It takes a job only when it is given the very questions or pairs that the
 * recorded one was given, so that what the studio then shows is what that trainer learnt from: `conflict` otherwise.
 * Videos are not asked for. What it knows of a job lies in the job's row, so that a killed replay can go on.
 */
export const recordedTrainer = ({ folder, projectId, iteration, questions }: Parts): JobPort => {
  const uploads = new Map<string, string>();
  const taken = new Set<string>();
  const logs = new Map<string, readonly TrainerEvent[]>();

  const recordedOf = (kind: JobKind): RecordedJob => {
    const recorded = iteration.jobs.find((job) => job.kind === kind);
    if (!recorded) throw stale(`iteration ${iteration.k} has no job of the kind ${kind} in it`);
    return recorded;
  };

  const eventsOf = async (jobId: string): Promise<{ kind: JobKind; events: readonly TrainerEvent[] }> => {
    const where = { id: jobId, projectId };
    const row = await db.job.findFirst({ where, select: { kind: true, lastEventSeq: true } });
    const begun = taken.has(jobId) || (row?.lastEventSeq ?? 0) > 0;
    const recorded = iteration.jobs.find(({ kind }) => kind === row?.kind);
    if (!recorded || !begun) throw new AppError('not_found', 'This job is not in the recording');
    const events =
      logs.get(jobId) ??
      (await readRecordedEvents(path.join(folder, recorded.events), (name) => questions.idOf.get(name)));
    logs.set(jobId, events);
    return { kind: recorded.kind, events };
  };

  const statusOf = async (jobId: string): Promise<JobStatus> => {
    const { kind, events } = await eventsOf(jobId);
    const last = events.findLast((event) => event.type === 'state');
    if (last?.type !== 'state') throw stale(`the log of its ${kind} job has no end`);
    return {
      job: { id: jobId, kind, engine: 'builtin', title: '' },
      state: last.state,
      attempt: last.attempt,
      device: last.device,
      queuePosition: null,
      waitingFor: null,
      cancelRequested: false,
      progress: { step: null, steps: null, rollouts: 0 },
      lastSeq: events.length,
      error: last.error,
      createdAt: events[0]?.time ?? last.time,
      startedAt: null,
      finishedAt: last.time,
    };
  };

  return {
    putFile: async (sha256, file) => {
      uploads.set(sha256, await readFile(file, 'utf8'));
    },
    createJob: async (request) => {
      const [sha256] = Object.values(request.data);
      const recorded = recordedOf(request.kind);
      const data = uploads.get(sha256 ?? '');
      if (data === undefined) return { missing: sha256 === undefined ? [] : [sha256] };
      if (dataDigest(data, (id) => questions.nameOf.get(id)) !== recorded.data) {
        const what = request.kind === 'dpo' ? 'pairs' : 'questions';
        throw stale(`its ${request.kind} job of iteration ${iteration.k} was given other ${what}`);
      }
      uploads.clear();
      taken.add(request.id);
      return { job: await statusOf(request.id) };
    },
    getJob: statusOf,
    cancelJob: async () => finished(),
    resumeJob: async () => finished(),
    readEvents: async function* (jobId, { after }) {
      const { events } = await eventsOf(jobId);
      yield* events.slice(after);
    },
  };
};
