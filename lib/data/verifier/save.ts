import 'server-only';
/** Saving a verifier version as a person asks for it. */
import { z } from 'zod';
import { db, type Transaction } from '@/lib/data/db';
import { notify } from '@/lib/data/events';
import { engineers, getViewerProject, type Viewer } from '@/lib/data/viewer';
import { storableString } from '@/lib/domain/text/storable';
import { type VerifierSettings, verifierSettingsSchema } from '@/lib/domain/verifier/settings';
import { AppError } from '@/lib/errors';
import { ensureVerifierVersion, type VerifierVersion } from './versions';

const MAX_NAME = 100;
export const newVersionSchema = z.object({
  name: storableString().trim().min(1, 'Give the version a name').max(MAX_NAME, `At most ${MAX_NAME} characters`),
  settings: verifierSettingsSchema,
});
export type NewVersion = z.input<typeof newVersionSchema>;

/** Throws `invalid` when the settings name a judge or a tokenizer that the project may not decide with. */
const requireParts = async (tx: Transaction, projectId: string, settings: VerifierSettings): Promise<void> => {
  const { judgeId, tokenizer } = settings;
  if (judgeId !== null) {
    const judge = await tx.judge.findFirst({
      where: { id: judgeId, projectId },
      select: { name: true, heldOut: true },
    });
    if (!judge) throw new AppError('invalid', 'This judge is not one of the project: pick another, or none');
    if (judge.heldOut) {
      const why = 'is held out: it only reports, so that no judge sets its own exam';
      throw new AppError('invalid', `The judge “${judge.name}” ${why}. Pick another, or none`);
    }
  }
  if (tokenizer === null) return;
  const known = await tx.tokenizer.findFirst({ where: { projectId, sha256: tokenizer }, select: { id: true } });
  if (!known) throw new AppError('invalid', 'This tokenizer is not one of the project: add its file in Settings first');
};

/**
 * The version with these settings under today's rules: a new one under the next number, or the one that is there, which
 * keeps its name. Engineers only.
 *
 * @throws AppError `not_found` for viewers who may not, `invalid` for a held-out or foreign judge and a foreign
 *   tokenizer.
 */
export const saveVerifierVersion = async (viewer: Viewer, input: NewVersion): Promise<VerifierVersion> => {
  const { name, settings } = newVersionSchema.parse(input);
  const { id: projectId } = await getViewerProject(viewer, engineers);
  const version = await db.$transaction(async (tx) => {
    await requireParts(tx, projectId, settings);
    return ensureVerifierVersion(tx, projectId, name, settings, viewer.userId);
  });
  await notify({ projectId, topic: 'verifier', id: version.id });
  return version;
};
