import 'server-only';
/** Uploads: streamed to disk under the sha256 of their content, so that a file sent twice is kept once. */
import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { engineers, getViewerProject, type Viewer } from '@/lib/data/viewer';
import type { Format } from '@/lib/domain/formats/import-record';
import { AppError } from '@/lib/errors';
import { inspectFile, uploadPath } from './file';

/** Largest file that a browser may send; larger ones are imported by path. */
const MAX_UPLOAD_BYTES = 8 * 1024 ** 3;

export type Upload = {
  readonly sha256: string;
  readonly fileName: string;
  readonly bytes: number;
  readonly format: Format;
};

/**
 * Stores a body and says what it is. `expected` is the size its sender stated. Throws `too_large`, `unsupported` with
 * the reason (the file is not kept), `invalid` when the body ended early, `not_found` for those who may not import.
 */
export const storeUpload = async (
  viewer: Viewer,
  fileName: string,
  body: AsyncIterable<Uint8Array>,
  expected: number | null,
): Promise<Upload> => {
  await getViewerProject(viewer, engineers);
  const tooLarge = new AppError(
    'too_large',
    `A file may have ${MAX_UPLOAD_BYTES / 1024 ** 3} GB: import larger ones by path`,
  );
  if (expected !== null && expected > MAX_UPLOAD_BYTES) throw tooLarge;
  const draft = uploadPath(`draft-${randomUUID()}`);
  await mkdir(path.dirname(draft), { recursive: true, mode: 0o700 });
  const hash = createHash('sha256');
  let bytes = 0;
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of body) {
      bytes += chunk.byteLength;
      if (bytes > MAX_UPLOAD_BYTES) throw tooLarge;
      hash.update(chunk);
      yield chunk;
    }
  };
  try {
    await pipeline(
      Readable.from(counted(), { objectMode: false }),
      createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true }),
    );
    if (expected !== null && bytes !== expected) {
      throw new AppError('invalid', `The upload ended early: ${bytes} of ${expected} bytes arrived. Send it again`);
    }
    const { format } = await inspectFile(draft, fileName);
    const sha256 = hash.digest('hex');
    await rename(draft, uploadPath(sha256));
    return { sha256, fileName, bytes, format };
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
};
