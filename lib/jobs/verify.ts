import 'server-only';
/**
 * Verification of an iteration: every rollout without a verdict of the run's verifier version is read, judged and
 * written, in batches of one transaction. Killed anywhere it goes on with what has no verdict yet.
 */
import type { PoolClient } from 'pg';
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import { notify } from '@/lib/data/events';
import { vacuumRollouts } from '@/lib/data/rollouts/vacuum';
import { createSlots } from '@/lib/data/slots';
import { tokenCounter } from '@/lib/data/tokenizers/read';
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
import { log } from '@/lib/log';
import { createTurns } from '@/lib/turns';
import { defineJob } from './define-job';
import { queueNames } from './queue-names';

const BATCH_ROWS = 2_000;
const LOCK_POLL_MS = 250;

export const verifyResultSchema = z.object({ k: z.int(), judged: z.int(), known: z.int() });

export const verifyJob = defineJob({
  name: queueNames.verify,
  payload: z.object({ iterationId: z.uuid() }),
  concurrency: 1,
  run: async ({ iterationId }, { task, signal, report }) => {
    const target = await readVerifyTarget(task.projectId, iterationId);
    const { waiting, judged: known } = await countUnverified(target);
    report({ done: 0, total: waiting, unit: 'rollouts' });
    const judged = await verifyIteration(target, signal, (done) => report({ done }));
    await vacuumRollouts(judged);
    if (judged > 0) await notify({ projectId: target.projectId, topic: 'verdict', id: target.runId });
    return { state: signal.aborted ? 'cancelled' : 'done', result: { k: target.k, judged, known } };
  },
});

/**
 * Each verification holds two connections of a pool of six until it ends: six that had one each and waited for their
 * second waited for ever, and everybody else with them.
 */
const inTurn = createSlots({ atOnce: 2, inLine: 10_000, busy: 'Too many iterations wait to be verified: try later.' });

/**
 * Judges what is not judged yet; returns how many. Stops after the current batch when the signal aborts. Two at once do
 * so in a process, others wait in line.
 */
export const verifyIteration = (
  target: VerifyTarget,
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<number> => inTurn(async () => (signal.aborted ? 0 : verifyLocked(target, signal, onProgress)));

const verifyLocked = async (
  target: VerifyTarget,
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<number> => {
  const clients: PoolClient[] = [];
  let broken: Error | undefined;
  try {
    const reader = await take(clients);
    const writer = await take(clients);
    if (!(await lockIteration(writer, target.iterationId, signal))) return 0;
    return await verifyAll(reader, writer, target, signal, onProgress);
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
    judged.push({ id, measures, standing: decide(measures, kind, settings) });
    await turn();
  }
  return judged;
};
