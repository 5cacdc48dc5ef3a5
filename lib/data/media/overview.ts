import 'server-only';
/** The media that questions name, by state: what plays, and in a sentence why the rest does not. */
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import type { Viewer } from '@/lib/data/viewer';
import { projectValues, visibleProjects } from '@/lib/data/visible-sql';
import { type MediaState, mediaStateSchema } from '@/lib/domain/media';

const MAX_FILES = 200;

const fileSchema = z.object({
  id: z.uuid(),
  relPath: z.string(),
  root: z.string(),
  state: mediaStateSchema,
  sentence: z.string().nullable(),
});
type TroubledFile = z.infer<typeof fileSchema>;

export type MediaOverview = {
  readonly counts: readonly { readonly state: MediaState; readonly count: number }[];
  /** Those that do not play, unplayable ones first; at most 200. */
  readonly troubled: readonly TroubledFile[];
};

const countsSchema = z.array(z.object({ state: mediaStateSchema, count: z.int() }));

/** Counts by state over all files of the viewer's projects, and those that need a sentence. */
export const getMediaOverview = async (viewer: Viewer): Promise<MediaOverview> => {
  const [counts, files] = await Promise.all([
    pool.query(
      `SELECT state, count(*)::int AS count FROM media WHERE project_id IN ${visibleProjects}
       GROUP BY state ORDER BY state`,
      projectValues(viewer),
    ),
    pool.query(
      `SELECT media.id, media.rel_path AS "relPath", media_root.name AS root, media.state, media.sentence
       FROM media JOIN media_root ON media_root.id = media.root_id
       WHERE media.project_id IN ${visibleProjects} AND media.state <> 'playable'
       ORDER BY array_position(ARRAY['unplayable', 'missing', 'pending'], media.state), media_root.name, media.rel_path
       LIMIT ${MAX_FILES}`,
      projectValues(viewer),
    ),
  ]);
  return { counts: countsSchema.parse(counts.rows), troubled: z.array(fileSchema).parse(files.rows) };
};
