import 'server-only';
/** The very bytes of a clip or picture: where a question's file lies now, and the SHA-256 of what is in it. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { realPathInside } from '@/lib/contained-path';
import { pool } from '@/lib/data/db';
import type { MediaState } from '@/lib/domain/media';
import type { Modality } from '@/lib/domain/question';
import { pathSegments } from '@/lib/media/media-files';

type Shown = {
  readonly modality: Modality;
  readonly media_path: string | null;
  readonly media_state: MediaState | null;
  readonly media_sentence: string | null;
  readonly root_path: string | null;
  readonly rel_path: string | null;
};
export type Located = { readonly path: string } | { readonly reason: string };

const pictureEndings = new Set(['.png', '.jpg', '.jpeg', '.webp', '.bmp', '.gif', '.tif', '.tiff']);

/**
 * The real path of the file that a question of this project shows, looked up again at every use, or why there is none.
 * A clip that the studio has not looked at yet is given as it is: whoever decodes it says what is wrong with it.
 */
export const locateShown = async (projectId: string, shown: Shown): Promise<Located> => {
  if (shown.modality === 'image') return locatePicture(projectId, shown.media_path);
  const { media_state, root_path, rel_path } = shown;
  if (media_state === null || root_path === null || rel_path === null) {
    const name = shown.media_path === null ? 'It names no video' : `Nobody has found the video ${shown.media_path}`;
    return { reason: `${name}: add the folder it lies in as a media root.` };
  }
  if (media_state === 'missing' || media_state === 'unplayable') {
    return { reason: shown.media_sentence ?? `The video ${rel_path} is ${media_state}.` };
  }
  const real = await realPathInside(root_path, rel_path);
  return real === undefined ? { reason: `The file ${rel_path} was there and is gone.` } : { path: real };
};

/** Pictures have no rows of their own: the file at this very path below the first media root that has it. */
const locatePicture = async (projectId: string, written: string | null): Promise<Located> => {
  const segments = written === null ? undefined : pathSegments(written);
  if (!segments) return { reason: 'It names no picture below a media root.' };
  const relative = segments.join('/');
  if (!pictureEndings.has(path.extname(relative).toLowerCase())) return { reason: `${relative} is no picture.` };
  const { rows: roots } = await pool.query<{ path: string }>(
    'SELECT path FROM media_root WHERE project_id = $1 ORDER BY created_at, id',
    [projectId],
  );
  for (const root of roots) {
    const real = await realPathInside(root.path, relative);
    if (real !== undefined) return { path: real };
  }
  return { reason: `No picture ${relative} lies below the media roots.` };
};

type Known = { readonly bytes: number; readonly modifiedMs: number; readonly sha256: string };
const known = new Map<string, Known>();
const MAX_KNOWN = 200_000;

/**
 * SHA-256 of a file, lower-case hex; read again only when its size or time changed. Undefined when it is no file, or
 * cannot be read.
 */
export const contentOf = async (file: string, signal: AbortSignal): Promise<string | undefined> => {
  try {
    const info = await stat(file);
    if (!info.isFile()) return undefined;
    const before = known.get(file);
    if (before?.bytes === info.size && before.modifiedMs === info.mtimeMs) return before.sha256;
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(file, { signal })) hash.update(chunk);
    const sha256 = hash.digest('hex');
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(file, { bytes: info.size, modifiedMs: info.mtimeMs, sha256 });
    return sha256;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (typeof code === 'string' && ['ENOENT', 'EACCES', 'EPERM', 'EISDIR', 'EIO'].includes(code)) return undefined;
    throw error;
  }
};
