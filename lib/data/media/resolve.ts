import 'server-only';
/** Joining questions with files: which media each path means, and which paths mean none. For the probe job. */
import { randomUUID } from 'node:crypto';
import { pool } from '@/lib/data/db';
import { findInRoot, indexRoot, pathSegments, type RootIndex } from '@/lib/media/media-files';

type Root = { readonly id: string; readonly path: string };
type Resolved = {
  readonly written: string;
  readonly rootId: string;
  readonly relPath: string;
  readonly sentence: string | null;
};

/**
 * Gives every question that names a video its media row: of the file that was found, or one that says what is
 * missing. Questions whose media is missing are looked up again. Returns how many paths were resolved and missed.
 */
export const resolveMedia = async (projectId: string): Promise<{ found: number; missing: number }> => {
  const { rows: roots } = await pool.query<Root>(
    'SELECT id, path FROM media_root WHERE project_id = $1 ORDER BY created_at, id',
    [projectId],
  );
  const first = roots[0];
  if (!first) return { found: 0, missing: 0 };
  const { rows } = await pool.query<{ media_path: string }>(
    `SELECT DISTINCT q.media_path FROM question q LEFT JOIN media m ON m.id = q.media_id
     WHERE q.project_id = $1 AND q.media_path IS NOT NULL AND q.modality = 'video'
       AND (q.media_id IS NULL OR m.state = 'missing')`,
    [projectId],
  );
  if (rows.length === 0) return { found: 0, missing: 0 };
  const indexes = new Map<string, RootIndex>();
  for (const root of roots) indexes.set(root.id, await indexOrEmpty(root.path));
  const resolved: Resolved[] = [];
  for (const { media_path } of rows) resolved.push(await resolveOne(media_path, roots, first, indexes));
  await storeResolved(projectId, resolved);
  const missing = resolved.filter(({ sentence }) => sentence !== null).length;
  return { found: resolved.length - missing, missing };
};

/** A root whose folder is gone (a disk not mounted) has no files. */
const indexOrEmpty = async (folder: string): Promise<RootIndex> => {
  try {
    return await indexRoot(folder);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'EACCES' || code === 'ENOTDIR') return new Map();
    throw error;
  }
};

const resolveOne = async (
  written: string,
  roots: readonly Root[],
  first: Root,
  indexes: ReadonlyMap<string, RootIndex>,
): Promise<Resolved> => {
  const missing = (relPath: string, sentence: string) => ({ written, rootId: first.id, relPath, sentence });
  const segments = pathSegments(written);
  if (!segments)
    return missing(
      `(refused) ${written.slice(0, 500)}`,
      'The path leads out of every media root, so it is not opened.',
    );
  let alike = 0;
  for (const root of roots) {
    const result = await findInRoot(root.path, indexes.get(root.id) ?? new Map(), segments);
    if (result.found) return { written, rootId: root.id, relPath: result.relPath, sentence: null };
    alike = Math.max(alike, result.alike);
  }
  const name = segments.at(-1) ?? '';
  return missing(
    segments.join('/'),
    alike > 0
      ? `${alike} files are called ${name}, and the path does not say which one is meant.`
      : `No file ${name} lies below ${roots.length === 1 ? 'the media root' : `the ${roots.length} media roots`}.`,
  );
};

const storeResolved = async (projectId: string, resolved: readonly Resolved[]): Promise<void> => {
  await pool.query(
    `INSERT INTO media (id, project_id, root_id, rel_path, state, sentence)
     SELECT DISTINCT ON (root_id, rel_path) id, $1::uuid, root_id, rel_path, CASE WHEN sentence IS NULL THEN 'pending' ELSE 'missing' END, sentence
     FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[]) AS new (id, root_id, rel_path, sentence)
     ON CONFLICT (root_id, rel_path) DO UPDATE SET sentence = excluded.sentence, state = excluded.state
       WHERE media.state = 'missing'`,
    [
      projectId,
      resolved.map(() => randomUUID()),
      resolved.map(({ rootId }) => rootId),
      resolved.map(({ relPath }) => relPath),
      resolved.map(({ sentence }) => sentence),
    ],
  );
  await pool.query(
    `UPDATE question q SET media_id = m.id
     FROM unnest($2::text[], $3::uuid[], $4::text[]) AS new (written, root_id, rel_path)
     JOIN media m ON m.root_id = new.root_id AND m.rel_path = new.rel_path
     WHERE q.project_id = $1 AND q.media_path = new.written AND q.modality = 'video' AND q.media_id IS DISTINCT FROM m.id`,
    [
      projectId,
      resolved.map(({ written }) => written),
      resolved.map(({ rootId }) => rootId),
      resolved.map(({ relPath }) => relPath),
    ],
  );
  // Rows that said what was missing and that nothing points to any more.
  await pool.query(
    `DELETE FROM media m WHERE m.project_id = $1 AND m.state = 'missing'
       AND NOT EXISTS (SELECT 1 FROM question q WHERE q.media_id = m.id)`,
    [projectId],
  );
};
