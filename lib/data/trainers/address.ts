import 'server-only';
/** Where the worker reaches a trainer. The token is in clear here and goes nowhere else: not to a log, not to a page. */
import { config } from '@/lib/config';
import { db } from '@/lib/data/db';
import { unseal } from '@/lib/data/seal';
import { REWARD_PATH } from '@/lib/domain/trainer-view';
import { AppError } from '@/lib/errors';
import type { TrainerAddress } from '@/lib/trainer/request';

/**
 * URL and token of a trainer, and where it asks this studio for rewards. For the worker: by project, without a viewer.
 *
 * @throws AppError `not_found` when the project has no such trainer, `unavailable` while it is still being prepared.
 */
export const getTrainerAddress = async (
  projectId: string,
  trainerId: string,
): Promise<TrainerAddress & { readonly rewardUrl: string }> => {
  const row = await db.trainer.findFirst({
    where: { id: trainerId, projectId },
    select: { name: true, url: true, token: true, rewardUrl: true },
  });
  if (!row) throw new AppError('not_found', 'This trainer is no longer registered.');
  if (!row.token) throw new AppError('unavailable', `The trainer “${row.name}” is not ready yet.`);
  return {
    url: row.url,
    token: unseal('trainer token', row.token),
    rewardUrl: row.rewardUrl ?? `${config().VERIPO_BASE_URL}${REWARD_PATH}`,
  };
};
