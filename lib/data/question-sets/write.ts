import 'server-only';
/** Writing questions in bulk: what is stored stays, what differs from it is told. */
import type { PoolClient } from 'pg';
import { z } from 'zod';
import { storableText } from '@/lib/data/copy';
import type { ImportedQuestion } from '@/lib/domain/formats/import-record';
import { type Kind, kindSchema } from '@/lib/domain/question';

/** What every later row of the same question is compared with. */
export type StoredQuestion = {
  readonly kind: Kind;
  readonly prompt: string;
  readonly options: readonly string[];
  readonly truth: string;
};

const storedSchema = z.object({
  id: z.uuid(),
  kind: kindSchema,
  prompt: z.string(),
  options: z.array(z.string()),
  truth: z.string(),
});

type Place = { readonly projectId: string; readonly questionSetId: string };

/**
 * Inserts the questions that are not there yet (ids from `questionId`) and returns all of them as stored, and how
 * many are new. The client is in a transaction.
 */
export const insertQuestions = async (
  client: PoolClient,
  { projectId, questionSetId }: Place,
  questions: ReadonlyMap<string, ImportedQuestion>,
): Promise<{ stored: Map<string, StoredQuestion>; added: number }> => {
  if (questions.size === 0) return { stored: new Map(), added: 0 };
  // One order for all transactions: two imports into one set wait for each other instead of deadlocking.
  const ids = [...questions.keys()].sort();
  const rows = ids.flatMap((id) => questions.get(id) ?? []);
  const text = (value: string | null) => (value === null ? null : storableText(value));
  const inserted = await client.query<{ id: string }>(
    `INSERT INTO question (id, project_id, question_set_id, key, kind, modality, prompt, options, truth, media_path, split, source)
     SELECT id, $1, $2, key, kind, modality, prompt, options::jsonb, truth, media_path, split, source
     FROM unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[])
       AS new (id, key, kind, modality, prompt, options, truth, media_path, split, source)
     ON CONFLICT DO NOTHING RETURNING id`,
    [
      projectId,
      questionSetId,
      ids,
      rows.map(({ key }) => storableText(key)),
      rows.map(({ kind }) => kind),
      rows.map(({ modality }) => modality),
      rows.map(({ prompt }) => storableText(prompt)),
      rows.map(({ options }) => JSON.stringify(options.map(storableText))),
      rows.map(({ truth }) => storableText(truth)),
      rows.map(({ mediaPath }) => text(mediaPath)),
      rows.map(({ split }) => text(split)),
      rows.map(({ source }) => text(source)),
    ],
  );
  const fresh = new Set(inserted.rows.map(({ id }) => id));
  const stored = new Map<string, StoredQuestion>();
  for (const [id, question] of questions) if (fresh.has(id)) stored.set(id, question);
  const older = ids.filter((id) => !fresh.has(id));
  if (older.length > 0) {
    const found = await client.query(
      'SELECT id, kind, prompt, options, truth FROM question WHERE id = ANY($1::uuid[])',
      [older],
    );
    for (const row of found.rows) {
      const { id, ...question } = storedSchema.parse(row);
      stored.set(id, question);
    }
  }
  return { stored, added: fresh.size };
};

/**
 * How an imported question differs from the stored one of its key. `refuse`: another answer is right, so scoring a
 * rollout against the stored question would be wrong. `warn`: only its words differ. Undefined: the same.
 */
export const questionConflict = (
  stored: StoredQuestion,
  imported: ImportedQuestion,
): { readonly level: 'refuse' | 'warn'; readonly reason: string } | undefined => {
  if (stored === imported) return undefined;
  const same = (a: string, b: string) => a === b || storableText(a).trim() === storableText(b).trim();
  const name = `question ${JSON.stringify(imported.key.slice(0, 80))}`;
  const another = (what: string) => ({
    level: 'refuse' as const,
    reason: `The set already has ${name} with ${what}: import this file into another question set.`,
  });
  if (imported.truth !== '' && stored.truth !== '' && !same(stored.truth, imported.truth)) {
    return another(`another truth (${JSON.stringify(stored.truth.slice(0, 40))})`);
  }
  const { options } = imported;
  const optionsDiffer =
    stored.options.length !== options.length || stored.options.some((option, at) => !same(option, options[at] ?? ''));
  if (optionsDiffer && options.length > 0 && stored.options.length > 0) return another('other options');
  if (
    stored.kind === imported.kind &&
    !optionsDiffer &&
    same(stored.truth, imported.truth) &&
    same(stored.prompt, imported.prompt)
  ) {
    return undefined;
  }
  return { level: 'warn', reason: `The set already has ${name} in other words; the stored question stays.` };
};
