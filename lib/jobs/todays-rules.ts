import 'server-only';
/** Reading always happens with today's rules: a run that stands on older ones moves first, all of it. */
import { db } from '@/lib/data/db';
import { readVerifyTarget, type VerifyTarget } from '@/lib/data/verdicts/unverified';
import { moveToTodaysRules } from '@/lib/data/verifier/move-run';
import type { Viewer } from '@/lib/data/viewer';
import { RULES_VERSION } from '@/lib/domain/verifier/version';
import { queueVerifications } from './verify-run';

/**
 * What to verify an iteration with. When its run stood on older rules it has moved, and its other iterations, which
 * must follow, are queued in the name of `viewer`. Throws `not_found`, and `conflict` while the loop works with the
 * verdicts of the older rules.
 */
export const targetUnderTodaysRules = async (
  projectId: string,
  iterationId: string,
  viewer: Viewer,
): Promise<VerifyTarget> => {
  const target = await readVerifyTarget(projectId, iterationId);
  if (target.rulesVersion === RULES_VERSION) return target;
  const moved = await db.$transaction((tx) => moveToTodaysRules(tx, target.runId, viewer.userId));
  if (moved) await queueVerifications(viewer, target.runId, { except: iterationId });
  return readVerifyTarget(projectId, iterationId);
};
