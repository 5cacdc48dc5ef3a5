import 'server-only';
/** What the probe job reads and writes. It acts for its project; who may start it is checked where it is queued. */
import { stat } from 'node:fs/promises';
import { z } from 'zod';
import { realPathInside } from '@/lib/contained-path';
import { pool } from '@/lib/data/db';
import { notify } from '@/lib/data/events';
import type { MediaReport } from '@/lib/domain/media-report';

const rowSchema = z.object({
  id: z.uuid(),
  root_path: z.string(),
  rel_path: z.string(),
  state: z.string(),
  bytes: z.string().nullable(),
  modified_at: z.date().nullable(),
});
export type MediaFile = z.infer<typeof rowSchema>;

/** All media of a project whose file was found once. */
export const listMediaFiles = async (projectId: string): Promise<MediaFile[]> => {
  const { rows } = await pool.query(
    `SELECT m.id, r.path AS root_path, m.rel_path, m.state, m.bytes, m.modified_at
     FROM media m JOIN media_root r ON r.id = m.root_id
     WHERE m.project_id = $1 AND NOT (m.state = 'missing' AND m.probed_at IS NULL) ORDER BY m.rel_path`,
    [projectId],
  );
  return z.array(rowSchema).parse(rows);
};

export type FileNow = { readonly path: string; readonly bytes: number; readonly modifiedAt: Date };

/** The file as it is now; undefined when it is gone. */
export const lookAt = async ({ root_path, rel_path }: MediaFile): Promise<FileNow | undefined> => {
  const real = await realPathInside(root_path, rel_path);
  if (real === undefined) return undefined;
  const info = await stat(real);
  return info.isFile() ? { path: real, bytes: info.size, modifiedAt: info.mtime } : undefined;
};

/** Whether a file must be read: never was, or changed since. */
export const needsProbe = (known: MediaFile, now: FileNow | undefined): boolean =>
  known.state === 'pending' ||
  (now === undefined) !== (known.state === 'missing') ||
  (now !== undefined &&
    (known.bytes !== String(now.bytes) || known.modified_at?.getTime() !== now.modifiedAt.getTime()));

/** Stores what a file turned out to be; `undefined` says that it is gone. */
export const storeReport = async (
  projectId: string,
  { id, rel_path }: MediaFile,
  now: FileNow | undefined,
  report: MediaReport | undefined,
): Promise<void> => {
  const playable = report?.state === 'playable' ? report : undefined;
  const gone = `The file ${rel_path} was there and is gone.`;
  await pool.query(
    `UPDATE media SET state = $2, sentence = $3, probe = $4, frame_seconds = $5, bytes = $6, modified_at = $7, probed_at = now()
     WHERE id = $1`,
    [
      id,
      report?.state ?? 'missing',
      report === undefined ? gone : report.state === 'unplayable' ? report.sentence : null,
      playable ? JSON.stringify(playable.probe) : null,
      playable ? playable.frameSeconds : null,
      now?.bytes ?? null,
      now?.modifiedAt ?? null,
    ],
  );
  await notify({ projectId, topic: 'media', id });
};
