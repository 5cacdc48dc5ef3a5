import 'server-only';
/** Moving a run to another verifier version: from then on its iterations owe their rollouts a standing. */
import { z } from 'zod';
import type { Transaction } from '@/lib/data/db';
import { iterationStateSchema } from '@/lib/domain/run';
import { whyRunStays } from '@/lib/domain/verifier/run-move';
import { verifierSettingsSchema } from '@/lib/domain/verifier/settings';
import { RULES_VERSION } from '@/lib/domain/verifier/version';
import { AppError } from '@/lib/errors';
import { ensureVerifierVersion } from './versions';

const runSchema = z.object({ version_id: z.uuid(), project_id: z.uuid() });
const iterationSchema = z.object({ k: z.int(), state: iterationStateSchema });

/**
 * Points the run at this version; false when it stands on it already. The caller has checked who may, and that the
 * version is of the run's project. Throws `conflict` while the loop works with the present version's verdicts.
 */
export const moveRun = async (tx: Transaction, runId: string, versionId: string): Promise<boolean> => {
  // The loop enters a stage by writing the iteration, and so waits, or is seen here.
  const [run] = await tx.$queryRaw<unknown[]>`
    SELECT verifier_version_id AS version_id, project_id FROM run WHERE id = ${runId}::uuid FOR NO KEY UPDATE`;
  if (run === undefined) throw new AppError('not_found', 'Run not found');
  if (runSchema.parse(run).version_id === versionId) return false;
  const iterations = await tx.$queryRaw<unknown[]>`
    SELECT k, state FROM iteration WHERE run_id = ${runId}::uuid ORDER BY k FOR NO KEY UPDATE`;
  const objection = whyRunStays(z.array(iterationSchema).parse(iterations));
  if (objection !== null) throw new AppError('conflict', objection);
  await tx.run.update({ where: { id: runId }, data: { verifierVersionId: versionId } });
  // A name of its own for each move: a pass that began before it does not pay for it.
  await tx.$executeRaw`UPDATE iteration SET owed_standing = gen_random_uuid() WHERE run_id = ${runId}::uuid`;
  return true;
};

/**
 * Moves a run that stands on older rules to the version with the same settings under today's, made if missing; false
 * when it is on today's. Throws as `moveRun`.
 */
export const moveToTodaysRules = async (tx: Transaction, runId: string, by: string | null): Promise<boolean> => {
  const { projectId, verifierVersion } = await tx.run.findUniqueOrThrow({
    where: { id: runId },
    select: { projectId: true, verifierVersion: { select: { name: true, settings: true, rulesVersion: true } } },
  });
  const { name, settings, rulesVersion } = verifierVersion;
  if (rulesVersion === RULES_VERSION) return false;
  const today = await ensureVerifierVersion(tx, projectId, name, verifierSettingsSchema.parse(settings), by);
  return moveRun(tx, runId, today.id);
};
