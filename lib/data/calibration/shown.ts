import 'server-only';
/** What the verifier and the judges said of one rollout, for a person who has labelled it. */
import { z } from 'zod';
import { db } from '@/lib/data/db';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import type { LabelValue } from '@/lib/domain/calibration/label';
import type { ShownAccuracy, ShownConsistency } from '@/lib/domain/calibration/sample';
import { kindSchema } from '@/lib/domain/question';
import { type Check, type Consistency, consistencySchema, type Evidence, evidenceSchema } from '@/lib/domain/verdict';
import { decide } from '@/lib/domain/verifier/decide';
import { verifierSettingsSchema } from '@/lib/domain/verifier/settings';

const foundSchema = z.object({
  kind: kindSchema,
  settings: verifierSettingsSchema,
  measures: z
    .object({
      wellFormed: z.boolean(),
      cutOff: z.boolean(),
      accuracy: z.number().nullable(),
      consistency: consistencySchema,
      concluded: z.string().nullable(),
      repetition: z.number(),
      thinkTokens: z.int(),
      evidence: z.array(evidenceSchema),
      reasons: z.record(z.string(), z.string()),
    })
    .nullable(),
  judgements: z.array(
    z.object({
      judgeId: z.uuid(),
      judge: z.object({ name: z.string(), heldOut: z.boolean() }),
      consistency: consistencySchema,
      concluded: z.string().nullable(),
      reason: z.string(),
      evidence: z.array(evidenceSchema),
    }),
  ),
});

/** The verdict of the run's version and every judgement under its reading; corrections by people are left out. */
const readVerdict = async (viewer: Viewer, rolloutId: string) => {
  const row = await db.rollout.findFirstOrThrow({
    where: { id: rolloutId, ...visibleTo(viewer) },
    select: {
      kind: true,
      run: { select: { verifierVersion: { select: { settings: true, readingId: true } } } },
      verdicts: true,
      judgements: { include: { judge: { select: { name: true, heldOut: true } } }, orderBy: { createdAt: 'asc' } },
    },
  });
  const { settings, readingId } = row.run.verifierVersion;
  return foundSchema.parse({
    kind: row.kind,
    settings,
    measures: row.verdicts.find((verdict) => verdict.readingId === readingId) ?? null,
    judgements: row.judgements.filter((judgement) => judgement.readingId === readingId),
  });
};

const NOT_VERIFIED = 'The run’s verifier version has not read this rollout yet.';

const ofCheck = (check: Check, evidence: readonly Evidence[]): Evidence[] =>
  evidence.filter((one) => one.check === check);

const agrees = (mine: LabelValue, said: string): boolean | null =>
  mine === 'unsure' || said === 'undetermined' ? null : mine === said;

/** What was said of consistency: by the rules, else by the version's judge, and by every judge that was asked. */
export const showConsistency = async (
  viewer: Viewer,
  rolloutId: string,
  mine: LabelValue,
): Promise<ShownConsistency> => {
  const { measures, judgements, settings, kind } = await readVerdict(viewer, rolloutId);
  const judges = judgements.map(({ judge, consistency, concluded, reason }) => ({
    ...judge,
    said: consistency,
    concluded,
    reason,
  }));
  if (!measures) {
    const said: Consistency = 'undetermined';
    return { said, by: 'rules', concluded: null, reason: NOT_VERIFIED, evidence: [], agrees: null, judges };
  }
  const curating = judgements.find(({ judgeId }) => judgeId === settings.judgeId);
  const said = decide({ ...measures, judged: curating?.consistency ?? null }, kind, settings).consistency;
  const byJudge = curating !== undefined && measures.consistency === 'undetermined' && said !== 'undetermined';
  return {
    said,
    by: byJudge ? 'judge' : 'rules',
    concluded: byJudge ? curating.concluded : measures.concluded,
    reason: byJudge ? curating.reason : (measures.reasons.consistency ?? ''),
    evidence: ofCheck('consistency', byJudge ? curating.evidence : measures.evidence),
    agrees: agrees(mine, said),
    judges,
  };
};

/** What was said of the answer against the truth. */
export const showAccuracy = async (viewer: Viewer, rolloutId: string, mine: LabelValue): Promise<ShownAccuracy> => {
  const { measures, settings, kind } = await readVerdict(viewer, rolloutId);
  if (!measures) return { said: null, score: null, reason: NOT_VERIFIED, evidence: [], agrees: null };
  const said = decide(measures, kind, settings).correct;
  return {
    said,
    score: measures.accuracy,
    reason: measures.reasons.accuracy ?? '',
    evidence: ofCheck('accuracy', measures.evidence),
    agrees: said === null ? null : agrees(mine, said ? 'correct' : 'wrong'),
  };
};
