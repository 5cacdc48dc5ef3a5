import 'server-only';
/** Keeping and forgetting the tokenizers of a project. */
import { createHash, randomUUID } from 'node:crypto';
import { db } from '@/lib/data/db';
import { notify } from '@/lib/data/events';
import { engineers, getViewerProject, type Viewer, visibleTo } from '@/lib/data/viewer';
import { AppError } from '@/lib/errors';
import { requireSwift } from '@/lib/tokenizers/open-tokenizer';
import { Prisma } from '@/prisma/generated/client';

/**
 * Keeps a `tokenizer.json` after reading it; the same file again is the one that is there. Returns its sha256.
 *
 * @throws AppError `invalid` for a file that cannot count, `conflict` when the name is taken, `not_found` for viewers
 *   who may not.
 */
export const storeTokenizer = async (
  viewer: Viewer,
  name: string,
  content: Uint8Array<ArrayBuffer>,
): Promise<{ readonly id: string; readonly sha256: string }> => {
  const { id: projectId } = await getViewerProject(viewer, engineers);
  requireSwift(new TextDecoder().decode(content));
  const sha256 = createHash('sha256').update(content).digest('hex');
  const known = await db.tokenizer.findFirst({ where: { projectId, sha256 }, select: { id: true } });
  if (known) return { id: known.id, sha256 };
  const id = randomUUID();
  try {
    await db.tokenizer.create({ data: { id, projectId, name, sha256, content, createdBy: viewer.userId } });
  } catch (cause) {
    if (!(cause instanceof Prisma.PrismaClientKnownRequestError) || cause.code !== 'P2002') throw cause;
    throw new AppError('conflict', `There is a tokenizer “${name}” already: choose another name`, { cause });
  }
  await notify({ projectId, topic: 'verifier', id });
  return { id, sha256 };
};

/**
 * Forgets a tokenizer.
 *
 * @throws AppError `conflict` while a verifier version counts with it, `not_found` for foreign ones and for viewers who
 *   may not.
 */
export const removeTokenizer = async (viewer: Viewer, id: string): Promise<void> => {
  const where = { id, ...visibleTo(viewer, engineers) };
  const row = await db.tokenizer.findFirst({ where, select: { projectId: true, sha256: true } });
  if (!row) throw new AppError('not_found', 'Tokenizer not found, or your role does not allow this');
  const { projectId, sha256 } = row;
  const version = await db.verifierVersion.findFirst({
    where: { projectId, settings: { path: ['tokenizer'], equals: sha256 } },
    select: { number: true },
  });
  if (version) {
    throw new AppError('conflict', `Verifier version ${version.number} counts with it, and versions never change`);
  }
  await db.tokenizer.deleteMany({ where });
  await notify({ projectId, topic: 'verifier', id });
};
