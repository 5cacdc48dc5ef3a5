import 'server-only';
/**
 * The token with which a job asks for rewards. It follows from the studio's secret and the job's id, so that a request
 * repeated after a kill carries the same one; it opens the reward API, and that only while its row is there and not
 * revoked.
 */
import { createHmac, randomUUID } from 'node:crypto';
import { config } from '@/lib/config';
import { db, type Transaction } from '@/lib/data/db';
import { AppError } from '@/lib/errors';
import { hashToken } from './api-tokens';

const tokenOf = (jobId: string): string =>
  `veripo_${createHmac('sha256', config().VERIPO_SECRET).update(`reward ${jobId}`).digest('base64url')}`;

type TokenJob = { readonly id: string; readonly projectId: string; readonly createdBy: string | null };

/**
 * Lets a job ask for rewards in the name of whoever launched it, and returns its token in clear.
 *
 * @throws AppError `conflict` when that person is no longer there.
 */
export const openRewardToken = async ({ id, projectId, createdBy }: TokenJob): Promise<string> => {
  if (createdBy === null) {
    throw new AppError('conflict', 'Who launched this iteration is no longer a member: launch it again.');
  }
  const token = tokenOf(id);
  await db.apiToken.upsert({
    where: { hash: hashToken(token) },
    create: { id: randomUUID(), projectId, userId: createdBy, name: `job ${id}`, jobId: id, hash: hashToken(token) },
    update: { revokedAt: null },
  });
  return token;
};

/** Ends it; a job that is resumed opens it again. */
export const closeRewardToken = async ({ id, projectId }: Pick<TokenJob, 'id' | 'projectId'>): Promise<void> => {
  await db.apiToken.updateMany({
    where: { hash: hashToken(tokenOf(id)), projectId, revokedAt: null },
    data: { revokedAt: new Date() },
  });
};

/** Ends those of an iteration's jobs, in the transaction that ends the iteration. */
export const closeRewardTokens = async (tx: Transaction, iterationId: string): Promise<void> => {
  await tx.apiToken.updateMany({ where: { job: { iterationId }, revokedAt: null }, data: { revokedAt: new Date() } });
};
