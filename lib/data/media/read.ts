import 'server-only';
/** Videos as viewers see them: what each is, when its frames are shown, and where its file lies. */
import { z } from 'zod';
import { realPathInside } from '@/lib/contained-path';
import { db } from '@/lib/data/db';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import { mediaStateSchema, probeSchema } from '@/lib/domain/media';
import { AppError } from '@/lib/errors';

const rowSchema = z.object({
  id: z.uuid(),
  relPath: z.string(),
  state: mediaStateSchema,
  /** Why it is missing or unplayable. */
  sentence: z.string().nullable(),
  /** Null until it is playable. */
  probe: probeSchema.nullable(),
  bytes: z
    .bigint()
    .nullable()
    .transform((bytes) => (bytes === null ? null : Number(bytes))),
});
const select = { id: true, relPath: true, state: true, sentence: true, probe: true, bytes: true } as const;
export type Media = z.infer<typeof rowSchema>;

/** Throws `not_found` for foreign media too. */
export const getMedia = async (viewer: Viewer, id: string): Promise<Media> => {
  const row = await db.media.findFirst({ where: { id, ...visibleTo(viewer) }, select });
  if (!row) throw new AppError('not_found', 'Video not found');
  return rowSchema.parse(row);
};

/** When each frame is shown, in seconds on the player's clock, in order; empty unless playable. */
export const getFrameSeconds = async (viewer: Viewer, id: string): Promise<readonly number[]> => {
  const row = await db.media.findFirst({ where: { id, ...visibleTo(viewer) }, select: { frameSeconds: true } });
  if (!row) throw new AppError('not_found', 'Video not found');
  return row.frameSeconds;
};

/**
 * The real path of a playable video, looked up again at every use so that a link cannot lead out of its root later.
 * Throws `not_found` for foreign and vanished files, `conflict` with the reason for those that cannot be played.
 */
export const locateMedia = async (viewer: Viewer, id: string): Promise<Media & { readonly path: string }> => {
  const row = await db.media.findFirst({
    where: { id, ...visibleTo(viewer) },
    select: { ...select, root: { select: { path: true } } },
  });
  if (!row) throw new AppError('not_found', 'Video not found');
  const media = rowSchema.parse(row);
  if (media.state === 'missing') throw new AppError('not_found', media.sentence ?? 'The file is missing');
  if (media.state === 'pending') throw new AppError('conflict', 'The studio has not looked at this video yet');
  if (media.state === 'unplayable') throw new AppError('conflict', media.sentence ?? 'The video cannot be played');
  const path = await realPathInside(row.root.path, media.relPath);
  if (path === undefined) throw new AppError('not_found', `The file ${media.relPath} was there and is gone`);
  return { ...media, path };
};
