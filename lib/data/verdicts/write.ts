import 'server-only';
/** What the verify job writes: verdicts by COPY, and the standing that lists read, human corrections applied. */
import type { PoolClient } from 'pg';
import { z } from 'zod';
import { copyRows, encodeRow, storableText } from '@/lib/data/copy';
import type { Measures, Standing } from '@/lib/domain/verdict';
import { accuracyThatCounts, applyCorrections } from '@/lib/domain/verifier/corrections';
import type { ThinkingSize } from '@/lib/domain/verifier/thinking-size';
import { foldCorrections } from './fold-corrections';
import type { VerifyTarget } from './unverified';

export type Judged = {
  readonly id: string;
  readonly measures: Measures;
  readonly size: ThinkingSize;
  readonly standing: Standing;
};

const VERDICT_COLUMNS = [
  'rollout_id',
  'reading_id',
  'well_formed',
  'cut_off',
  'answer',
  'accuracy',
  'consistency',
  'concluded',
  'repetition',
  'think_tokens',
  'token_source',
  'evidence',
  'reasons',
] as const;

const text = (value: string | null): string | null => (value === null ? null : storableText(value));

const verdictRow = (readingId: string, { id, measures: m }: Judged): string =>
  encodeRow([
    id,
    readingId,
    m.wellFormed,
    m.cutOff,
    text(m.answer),
    m.accuracy,
    m.consistency,
    text(m.concluded),
    m.repetition,
    m.thinkTokens,
    m.tokenSource,
    JSON.stringify(m.evidence),
    // Reasons quote the response, which a cut may have left with half a pair.
    JSON.stringify(Object.fromEntries(Object.entries(m.reasons).map(([check, why]) => [check, text(why ?? '')]))),
  ]);

/** Writes one batch in one transaction. The caller holds the iteration's verify lock, so no verdict is there yet. */
export const writeVerdicts = async (
  client: PoolClient,
  target: VerifyTarget,
  batch: readonly Judged[],
): Promise<void> => {
  if (batch.length === 0) return;
  const rows = batch.map((judged) => verdictRow(target.readingId, judged));
  await client.query('BEGIN');
  try {
    await copyRows(client, 'verdict', VERDICT_COLUMNS, rows);
    const updated = await updateStanding(client, batch, false);
    if (updated < batch.length) await updateCorrected(client, target, batch);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined); // the error that matters is the first one
    throw error;
  }
};

/**
 * Sets the standing columns; returns how many rows it touched. Only rows whose `corrected` is as expected: a person
 * may correct one at this very moment, and that correction must not be overwritten.
 */
const updateStanding = async (client: PoolClient, batch: readonly Judged[], corrected: boolean): Promise<number> => {
  const { rowCount } = await client.query(
    `UPDATE rollout r SET answer = new.answer, think_tokens = new.think_tokens, token_source = new.token_source,
            well_formed = new.well_formed, accuracy = new.accuracy, correct = new.correct, consistency = new.consistency,
            repetition = new.repetition, repetitive = new.repetitive, length_class = new.length_class, reward = new.reward,
            think_words = new.think_words, think_sentences = new.think_sentences
     FROM unnest($1::uuid[], $2::text[], $3::int[], $4::text[], $5::bool[], $6::real[], $7::bool[], $8::text[],
                 $9::real[], $10::bool[], $11::text[], $12::real[], $13::int[], $14::int[])
       AS new (id, answer, think_tokens, token_source, well_formed, accuracy, correct, consistency, repetition,
               repetitive, length_class, reward, think_words, think_sentences)
     WHERE r.id = new.id AND r.corrected = $15`,
    [
      batch.map(({ id }) => id),
      batch.map(({ measures }) => text(measures.answer)),
      batch.map(({ measures }) => measures.thinkTokens),
      batch.map(({ measures }) => measures.tokenSource),
      batch.map(({ standing }) => standing.wellFormed),
      batch.map(({ measures }) => measures.accuracy),
      batch.map(({ standing }) => standing.correct),
      batch.map(({ standing }) => standing.consistency),
      batch.map(({ measures }) => measures.repetition),
      batch.map(({ standing }) => standing.repetitive),
      batch.map(({ standing }) => standing.lengthClass),
      batch.map(({ standing }) => standing.reward),
      batch.map(({ size }) => size.words),
      batch.map(({ size }) => size.sentences),
      corrected,
    ],
  );
  return rowCount ?? 0;
};

const decisionSchema = z.object({
  rollout_id: z.string(),
  check: z.string(),
  action: z.string(),
  payload: z.unknown(),
});

const updateCorrected = async (
  client: PoolClient,
  { settings }: VerifyTarget,
  batch: readonly Judged[],
): Promise<void> => {
  const ids = batch.map(({ id }) => id);
  const locked = await client.query<{ id: string }>(
    'SELECT id FROM rollout WHERE id = ANY($1::uuid[]) AND corrected ORDER BY id FOR UPDATE',
    [ids],
  );
  const corrected = new Set(locked.rows.map(({ id }) => id));
  const { rows } = await client.query(
    `SELECT rollout_id, "check", action, payload FROM decision WHERE rollout_id = ANY($1::uuid[]) ORDER BY seq`,
    [[...corrected]],
  );
  const decisions = Map.groupBy(z.array(decisionSchema).parse(rows), (row) => row.rollout_id);
  const restood = batch
    .filter(({ id }) => corrected.has(id))
    .map((judged) => {
      const standing = applyCorrections(judged.standing, foldCorrections(decisions.get(judged.id) ?? []), settings);
      const accuracy = accuracyThatCounts(judged.measures.accuracy, judged.standing, standing);
      return { ...judged, standing, measures: { ...judged.measures, accuracy } };
    });
  await updateStanding(client, restood, true);
};
