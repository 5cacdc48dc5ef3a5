import 'server-only';
/**
 * Verification of an iteration: every rollout without a verdict of the run's verifier version is read, judged and
 * written, in batches of one transaction. Where the run moved to another version, those with a verdict are decided
 * anew first. Killed anywhere it goes on with what is left.
 */
import type { PoolClient } from 'pg';
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import { notify } from '@/lib/data/events';
import { vacuumRollouts } from '@/lib/data/rollouts/vacuum';
import { createSlots } from '@/lib/data/slots';
import { tokenCounter } from '@/lib/data/tokenizers/read';
import { restandIteration } from '@/lib/data/verdicts/restand-iteration';
import {
  countUnverified,
  questionReader,
  readUnverified,
  readVerifyTarget,
  type UnverifiedRollout,
  type VerifyTarget,
} from '@/lib/data/verdicts/unverified';
import { type Judged, writeVerdicts } from '@/lib/data/verdicts/write';
import { decide } from '@/lib/domain/verifier/decide';
import { type CountTokens, measure } from '@/lib/domain/verifier/measure';
import { asStored } from '@/lib/domain/verifier/stored';
import { sizeThinking } from '@/lib/domain/verifier/thinking-size';
import { log } from '@/lib/log';
import { createTurns } from '@/lib/turns';
import { defineJob } from './define-job';
import { judgeOpen } from './judge-open';
import { queueNames } from './queue-names';
import { queueAgain } from './repropose';
import { targetUnderTodaysRules } from './todays-rules';

const BATCH_ROWS = 2_000;
const LOCK_POLL_MS = 250;

export const verifyResultSchema = z.object({
  k: z.int(),
  /** Rollouts that were read now, and those that had a verdict before. */
  judged: z.int(),
  known: z.int(),
  /** Of the known, those that stand otherwise now. */
  changed: z.int().default(0),
  /** What the version's judge was asked about, and why some of it is left; absent where it names none. */
  judge: z.object({ judged: z.int(), left: z.int(), sentence: z.string().nullable() }).optional(),
});

export const verifyPayloadSchema = z.object({
  iterationId: z.uuid(),
  /** Propose the iteration's pairs again at the end, where it has some. */
  repropose: z.boolean().default(false),
});

export const verifyJob = defineJob({
  name: queueNames.verify,
  payload: verifyPayloadSchema,
  // One may wait for a judge while another reads.
  concurrency: 2,
  run: async ({ iterationId, repropose }, { task, signal, report }) => {
    const target = await targetUnderTodaysRules(task.projectId, iterationId, task.viewer);
    const { waiting, judged: known } = await countUnverified(target);
    report({ done: 0, total: waiting + (target.owed === null ? 0 : known), unit: 'rollouts' });
    const { judged, changed } = await verifyIteration(target, signal, (done) => report({ done }));
    await vacuumRollouts(judged + changed);
    const { projectId, runId, k } = target;
    if (judged + changed > 0) await notify({ projectId, topic: 'verdict', id: runId });
    const said = await judgeOpen(target, task.viewer, signal, (done, total) =>
      report({ done, total, unit: 'judgements' }),
    );
    const judge = target.settings.judgeId === null ? {} : { judge: said };
    if (repropose && !signal.aborted) await queueAgain(task.viewer, iterationId);
    return { state: signal.aborted ? 'cancelled' : 'done', result: { k, judged, known, changed, ...judge } };
  },
});

/**
 * Each verification holds two connections of a pool of six until it ends: six that had one each and waited for their
 * second waited for ever, and everybody else with them.
 */
const inTurn = createSlots({ atOnce: 2, inLine: 10_000, busy: 'Too many iterations wait to be verified: try later.' });

export type Verified = {
  /** Rollouts that were read. */
  readonly judged: number;
  /** Rollouts that had a verdict and stand otherwise now. */
  readonly changed: number;
};
const nothing: Verified = { judged: 0, changed: 0 };

/**
 * Decides anew what stands on another version, then judges what is not judged yet. Stops after the current batch when
 * the signal aborts. Two at once do so in a process, others wait in line. `onProgress` hears of rollouts done.
 */
export const verifyIteration = (
  target: VerifyTarget,
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<Verified> => inTurn(async () => (signal.aborted ? nothing : verifyLocked(target, signal, onProgress)));

const verifyLocked = async (
  target: VerifyTarget,
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<Verified> => {
  const clients: PoolClient[] = [];
  let broken: Error | undefined;
  try {
    const reader = await take(clients);
    const writer = await take(clients);
    if (!(await lockIteration(writer, target.iterationId, signal))) return nothing;
    // Again: the run may have moved while this waited.
    const now = await readVerifyTarget(target.projectId, target.iterationId);
    let restood = 0;
    const changed = await restandIteration(writer, now, signal, (done) => {
      restood = done;
      onProgress(done);
    });
    const judged = await verifyAll(reader, writer, now, signal, (done) => onProgress(restood + done));
    return { judged, changed };
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    // A connection that keeps its lock must not go back to the pool: closing it unlocks as well.
    const locked = broken ?? (await unlock(clients));
    for (const client of clients) client.release(locked);
  }
};

/** Gives the locks back; what went wrong, when it did. */
const unlock = async (clients: readonly PoolClient[]): Promise<Error | undefined> => {
  try {
    for (const client of clients) await client.query('SELECT pg_advisory_unlock_all()');
    return undefined;
  } catch (error) {
    log.warn({ err: error }, 'a verification could not give its lock back');
    return error instanceof Error ? error : new Error(String(error));
  }
};

const take = async (clients: PoolClient[]): Promise<PoolClient> => {
  const client = await pool.connect();
  clients.push(client);
  return client;
};

const lockIteration = async (client: PoolClient, id: string, signal: AbortSignal): Promise<boolean> => {
  while (!signal.aborted) {
    const { rows } = await client.query<{ locked: boolean }>(
      `SELECT pg_try_advisory_lock(hashtextextended('veripo.verify.' || $1, 0)) AS locked`,
      [id],
    );
    if (rows[0]?.locked) return true;
    await new Promise((resolve) => setTimeout(resolve, LOCK_POLL_MS));
  }
  return false;
};

/** One batch is judged while the next is read and the one before is written. */
const verifyAll = async (
  reader: PoolClient,
  writer: PoolClient,
  target: VerifyTarget,
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<number> => {
  const questions = questionReader(reader);
  const countTokens = await tokenCounter(target.projectId, target.settings);
  const read = async (after: string) => {
    const rollouts = await readUnverified(reader, target, after, BATCH_ROWS);
    return { rollouts, questions: await questions(rollouts.map((rollout) => rollout.question_id)) };
  };
  let done = 0;
  let next = watched(read('0'));
  let writing = watched(Promise.resolve());
  for (;;) {
    const batch = await next;
    const last = batch.rollouts.at(-1);
    if (!last || signal.aborted) break;
    // Read ahead past this batch: its verdicts may not be committed when the next one is looked for.
    next = watched(read(last.seq));
    const judged = await judge(batch, target, countTokens);
    await writing;
    writing = watched(
      writeVerdicts(writer, target, judged).then(() => {
        done += judged.length;
        onProgress(done);
      }),
    );
  }
  await writing;
  await next;
  return done;
};

/** A promise awaited later: its failure must wait for that, too. */
const watched = <T>(promise: Promise<T>): Promise<T> => {
  promise.catch(() => undefined);
  return promise;
};

type Batch = {
  readonly rollouts: readonly UnverifiedRollout[];
  readonly questions: Awaited<ReturnType<ReturnType<typeof questionReader>>>;
};

const judge = async (
  { rollouts, questions }: Batch,
  { settings }: VerifyTarget,
  countTokens: CountTokens | undefined,
): Promise<Judged[]> => {
  const turn = createTurns();
  const judged: Judged[] = [];
  for (const { id, question_id, kind, finish_reason, think_tokens, response } of rollouts) {
    const question = questions.get(question_id);
    if (!question) continue; // its question was removed a moment ago, and the rollout with it
    const sample = { response, finishReason: finish_reason, thinkTokens: think_tokens };
    const measures = measure(question, sample, settings, countTokens);
    const size = sizeThinking(response);
    judged.push({ id, measures, size, standing: decide(asStored(measures), kind, settings) });
    await turn();
  }
  return judged;
};
