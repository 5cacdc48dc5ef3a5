import 'server-only';
/**
 * The books of a judge. A request is there before it goes out, at its worst case, so that budgets hold whatever is
 * under way at once; and its answer is kept in the transaction that says what it cost, so that none is paid twice.
 */
import type { PoolClient } from 'pg';
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import { createSlots } from '@/lib/data/slots';
import { inTransaction } from '@/lib/data/transaction';
import { type JudgeAnswer, judgeAnswerSchema } from '@/lib/domain/judge/answer';
import { admit, type Prices, spendOf, type Usage } from '@/lib/domain/judge/budget';
import { AppError } from '@/lib/errors';
import type { Admission, CallEnd, Ledger } from '@/lib/judge/ledger';
import { budgetOf, ledgerRowSchema } from './working';

/** A request is over so long after its own timeout, or its process is. */
const LEASE_SLACK_SECONDS = 15;
/** Requests are many, connections few: these take a short turn each. */
const inTurn = createSlots({ atOnce: 2, inLine: 100_000, busy: 'Too many requests wait for the books of a judge.' });

const lockedSchema = ledgerRowSchema.extend({ timeout_seconds: z.int() });

/** The judge's row, locked: requests of all processes are admitted one after the other. */
const lockJudge = async (client: PoolClient, judgeId: string) => {
  const { rows } = await client.query(
    `SELECT token_budget, usd_budget, spent_tokens, spent_usd, usd_per_million_input, usd_per_million_output,
            timeout_seconds FROM judge WHERE id = $1 FOR NO KEY UPDATE`,
    [judgeId],
  );
  if (!rows[0]) throw new AppError('not_found', 'This judge is no longer registered.');
  return lockedSchema.parse(rows[0]);
};

const pricesOf = (row: z.infer<typeof ledgerRowSchema>): Prices => ({
  usdPerMillionInput: row.usd_per_million_input,
  usdPerMillionOutput: row.usd_per_million_output,
});

const findAnswer = async (client: PoolClient, judgeId: string, content: string): Promise<JudgeAnswer | undefined> => {
  const { rows } = await client.query(
    'SELECT state, concluded, quote, raw FROM judge_answer WHERE judge_id = $1 AND content_sha256 = $2',
    [judgeId, content],
  );
  return rows[0] && judgeAnswerSchema.parse(rows[0]);
};

const open = async (client: PoolClient, judgeId: string, content: string, worst: Usage): Promise<Admission> => {
  const judge = await lockJudge(client, judgeId);
  const answer = await findAnswer(client, judgeId, content);
  if (answer) return { state: 'known', answer };
  const { rows } = await client.query<{ all: number; same: number }>(
    `SELECT count(*)::int AS all, (count(*) FILTER (WHERE content_sha256 = $2))::int AS same FROM judge_call
     WHERE judge_id = $1 AND state = 'sent' AND created_at > now() - make_interval(secs => $3)`,
    [judgeId, content, judge.timeout_seconds + LEASE_SLACK_SECONDS],
  );
  const underWay = rows[0] ?? { all: 0, same: 0 };
  if (underWay.same > 0) return { state: 'wait' };
  const next = spendOf(worst, pricesOf(judge));
  const spent = { tokens: judge.spent_tokens, usd: judge.spent_usd };
  const verdict = admit(spent, next, budgetOf(judge), underWay.all);
  if (verdict !== 'send') return { state: verdict === 'wait' ? 'wait' : 'spent' };
  await client.query('UPDATE judge SET spent_tokens = spent_tokens + $2, spent_usd = spent_usd + $3 WHERE id = $1', [
    judgeId,
    next.tokens,
    next.usd,
  ]);
  const made = await client.query<{ id: string }>(
    `INSERT INTO judge_call (judge_id, content_sha256, state, input_tokens, output_tokens, usd, latency_ms)
     VALUES ($1, $2, 'sent', $3, $4, $5, 0) RETURNING id`,
    [judgeId, content, worst.inputTokens, worst.outputTokens, next.usd],
  );
  const id = made.rows[0]?.id;
  if (id === undefined) throw new Error('a request to a judge was not booked');
  return { state: 'send', callId: id };
};

const reservedSchema = z.object({ content_sha256: z.string(), tokens: z.coerce.number(), usd: z.number() });

const close = async (client: PoolClient, judgeId: string, callId: string, end: CallEnd): Promise<void> => {
  const judge = await lockJudge(client, judgeId);
  const { rows } = await client.query(
    `SELECT content_sha256, input_tokens + output_tokens AS tokens, usd FROM judge_call
     WHERE id = $1 AND judge_id = $2 AND state = 'sent'`,
    [callId, judgeId],
  );
  if (!rows[0]) return; // Closed before, or its judge was removed and came back.
  const reserved = reservedSchema.parse(rows[0]);
  const spent = spendOf(end.usage, pricesOf(judge));
  await client.query(
    `UPDATE judge SET spent_tokens = greatest(0, spent_tokens + $2), spent_usd = greatest(0, spent_usd + $3)
     WHERE id = $1`,
    [judgeId, spent.tokens - reserved.tokens, spent.usd - reserved.usd],
  );
  const failed = end.state === 'failed';
  const state = failed ? 'failed' : end.answer.state === 'malformed' ? 'malformed' : 'answered';
  await client.query(
    `UPDATE judge_call SET state = $2, input_tokens = $3, output_tokens = $4, usd = $5, latency_ms = $6, error = $7,
            failure = $8 WHERE id = $1`,
    [
      callId,
      state,
      end.usage.inputTokens,
      end.usage.outputTokens,
      spent.usd,
      end.latencyMs,
      failed ? end.sentence : state === 'malformed' ? 'It did not answer in the form that it was asked for.' : null,
      failed ? end.failure : null,
    ],
  );
  if (!failed) await keepAnswer(client, judgeId, reserved.content_sha256, end.answer);
};

const keepAnswer = async (client: PoolClient, judgeId: string, content: string, answer: JudgeAnswer): Promise<void> => {
  await client.query(
    `INSERT INTO judge_answer (judge_id, content_sha256, state, concluded, quote, raw)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
    [judgeId, content, answer.state, answer.concluded, answer.quote, answer.raw],
  );
};

/**
 * Says of requests whose process was killed that they are lost. What they had reserved stays spent: the server may
 * have answered them.
 */
export const endLostCalls = async (judgeId: string): Promise<void> => {
  await pool.query(
    `UPDATE judge_call SET state = 'failed', failure = 'network', error = 'The process that sent it ended before it did.'
     FROM judge WHERE judge.id = judge_call.judge_id AND judge.id = $1 AND judge_call.state = 'sent'
       AND judge_call.created_at < now() - make_interval(secs => judge.timeout_seconds + ${LEASE_SLACK_SECONDS})`,
    [judgeId],
  );
};

/**
 * The books of one judge. Waiting for an answer that another process is paid for, or for the rest of a budget, is the
 * caller's; both end when the others' requests do, or their lease.
 */
export const judgeLedger = (judgeId: string): Ledger => ({
  open: (content, worst) => inTurn(() => inTransaction((client) => open(client, judgeId, content, worst))),
  close: (callId, end) => inTurn(() => inTransaction((client) => close(client, judgeId, callId, end))),
});
