import 'server-only';
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import type { Viewer } from '@/lib/data/viewer';
import { projectValues, visibleProjects } from '@/lib/data/visible-sql';
import { type TokenizerView, tokenizerViewSchema } from '@/lib/domain/tokenizer';
import type { CountTokens } from '@/lib/domain/verifier/measure';
import type { VerifierSettings } from '@/lib/domain/verifier/settings';
import { AppError } from '@/lib/errors';
import { openTokenizer } from '@/lib/tokenizers/open-tokenizer';

const rowSchema = tokenizerViewSchema.extend({ createdAt: z.date() });

/** The viewer's tokenizers by name, with the versions that count with them. Their files are not read. */
export const listTokenizers = async (viewer: Viewer): Promise<TokenizerView[]> => {
  const { rows } = await pool.query(
    `SELECT t.id, t.name, t.sha256, octet_length(t.content) AS bytes, t.created_at AS "createdAt",
            ARRAY(SELECT v.number FROM verifier_version v
                  WHERE v.project_id = t.project_id AND v.settings ->> 'tokenizer' = t.sha256 ORDER BY 1) AS versions
     FROM tokenizer t WHERE t.project_id IN ${visibleProjects} ORDER BY t.name LIMIT 200`,
    projectValues(viewer),
  );
  return rows.map((row) => {
    const { createdAt, ...view } = rowSchema.parse(row);
    return { ...view, createdAt: createdAt.toISOString() };
  });
};

/** Opened tokenizers take tens of megabytes each: the last few are kept. */
const MAX_OPEN = 4;
const open = new Map<string, CountTokens>();

/**
 * The counter that these settings name, undefined where they name none. For the work of a project whose access was
 * checked where it was asked for.
 *
 * @throws AppError `not_found` when the project has no such tokenizer.
 */
export const tokenCounter = async (
  projectId: string,
  { tokenizer }: Pick<VerifierSettings, 'tokenizer'>,
): Promise<CountTokens | undefined> => {
  if (tokenizer === null) return undefined;
  const name = `${projectId} ${tokenizer}`;
  const known = open.get(name);
  if (known) return known;
  const { rows } = await pool.query<{ content: Buffer }>(
    'SELECT content FROM tokenizer WHERE project_id = $1 AND sha256 = $2',
    [projectId, tokenizer],
  );
  const content = rows[0]?.content;
  if (!content) {
    throw new AppError('not_found', `The tokenizer ${tokenizer.slice(0, 12)}… is not here: add its file in Settings`);
  }
  const count = openTokenizer(content.toString('utf8'));
  const oldest = open.keys().next().value;
  if (open.size >= MAX_OPEN && oldest !== undefined) open.delete(oldest);
  open.set(name, count);
  return count;
};
