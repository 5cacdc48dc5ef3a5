import 'server-only';
/** API tokens: shown once, stored as sha256, one project each. Those of jobs open the reward API alone. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { db } from '@/lib/data/db';
import { engineers, getViewerProject, type Viewer, visibleTo } from '@/lib/data/viewer';
import { AppError } from '@/lib/errors';

// 256 random bits need no slow hash: there is nothing to guess.
/** What is stored of a token. */
export const hashToken = (token: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash('sha256').update(token).digest());

export type ApiToken = { id: string; name: string; createdAt: Date; lastUsedAt: Date | null };

/** Makes a token for the viewer's project and returns it in clear, this once. */
export const createApiToken = async (viewer: Viewer, name: string): Promise<string> => {
  const project = await getViewerProject(viewer, engineers);
  const token = `veripo_${randomBytes(32).toString('base64url')}`;
  await db.apiToken.create({
    data: { id: randomUUID(), projectId: project.id, userId: viewer.userId, name, hash: hashToken(token) },
  });
  return token;
};

/** Those that the viewer made. What the loop lends to a job comes and goes with it. */
export const listApiTokens = (viewer: Viewer): Promise<ApiToken[]> =>
  db.apiToken.findMany({
    where: { userId: viewer.userId, jobId: null, revokedAt: null, ...visibleTo(viewer) },
    orderBy: { createdAt: 'desc' },
    take: 200,
    select: { id: true, name: true, createdAt: true, lastUsedAt: true },
  });

/** Throws `not_found` for foreign tokens and those of jobs too. */
export const revokeApiToken = async (viewer: Viewer, id: string): Promise<void> => {
  const { count } = await db.apiToken.updateMany({
    where: { id, userId: viewer.userId, jobId: null, revokedAt: null, ...visibleTo(viewer) },
    data: { revokedAt: new Date() },
  });
  if (count === 0) throw new AppError('not_found', 'Token not found');
};

/** What asks for a token: the whole API, or its rewards, where a job's token will do. */
export type TokenDoor = 'api' | 'rewards';

/** Whom a token speaks for; undefined when it is unknown, revoked, or a job's at a door that is not for jobs. */
export const findTokenViewer = async (token: string, door: TokenDoor): Promise<Viewer | undefined> => {
  const row = await db.apiToken.findFirst({
    where: { hash: hashToken(token), revokedAt: null, ...(door === 'rewards' ? {} : { jobId: null }) },
    select: { id: true, userId: true, projectId: true },
  });
  if (!row) return undefined;
  await db.apiToken.update({ where: { id: row.id }, data: { lastUsedAt: new Date() } });
  return { userId: row.userId, projectId: row.projectId };
};
