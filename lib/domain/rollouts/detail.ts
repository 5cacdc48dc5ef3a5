/** What the pages of one rollout and of one group show. */
import { z } from 'zod';
import { samplerProfileSchema } from '@/lib/domain/frames/profile';
import { mediaStateSchema, probeSchema } from '@/lib/domain/media';
import { modalitySchema } from '@/lib/domain/question';
import { finishReasonSchema } from '@/lib/domain/rollout';
import { consistencySchema, type Evidence, evidenceSchema, measuresSchema, standingSchema } from '@/lib/domain/verdict';
import { verdictActSchema } from '@/lib/domain/verdict-correction';
import { groupSampleSchema, rolloutRowSchema } from './row';

export const mediaViewSchema = z.object({
  id: z.uuid(),
  state: mediaStateSchema,
  /** Why it cannot be played, for people. */
  sentence: z.string().nullable(),
  /** Path below its media root. */
  name: z.string(),
  probe: probeSchema.nullable(),
});
export type MediaView = z.infer<typeof mediaViewSchema>;

/** The question with everything the model was given. */
export const questionViewSchema = z.object({
  id: z.uuid(),
  prompt: z.string(),
  options: z.array(z.string()),
  truth: z.string(),
  modality: modalitySchema,
  /** As the file named it; nothing is opened by it. */
  mediaPath: z.string().nullable(),
  media: mediaViewSchema.nullable(),
});
export type QuestionView = z.infer<typeof questionViewSchema>;

/** One verdict as stored, and what it means under its verifier version before people corrected it. */
export const verdictViewSchema = z.object({
  measures: measuresSchema,
  decided: standingSchema,
  versionNumber: z.int(),
  versionName: z.string(),
});
export type VerdictView = z.infer<typeof verdictViewSchema>;

/** What a judge said of the thinking, under the reading that the verdict is of. */
export const judgementViewSchema = z.object({
  judgeId: z.uuid(),
  judge: z.string(),
  /** The run's version names this judge: it decides where the rules found nothing. The others only report. */
  decides: z.boolean(),
  consistency: consistencySchema,
  concluded: z.string().nullable(),
  evidence: z.array(evidenceSchema),
  reason: z.string(),
});
export type JudgementView = z.infer<typeof judgementViewSchema>;

/** What a trainer logged of the frames that its model was shown. */
export const loggedFramesSchema = z.object({
  /** Frames of the file from 0, in the order the model saw them; they win over the run's sampler. */
  indices: z.array(z.int().nonnegative()).min(1),
  /** Seconds from the start of the clip, one per index; null where the log has none. */
  times: z.array(z.number()).nullable(),
  /** In pixels as the model saw them; null where the log has none. */
  size: z.object({ height: z.int().positive(), width: z.int().positive() }).nullable(),
});
export type LoggedFrames = z.infer<typeof loggedFramesSchema>;

export const rolloutDetailSchema = z.object({
  ...rolloutRowSchema.omit({ prompt: true }).shape,
  question: questionViewSchema,
  response: z.string(),
  finishReason: finishReasonSchema,
  totalTokens: z.int().nullable(),
  /** Every named reward as logged. */
  rewards: z.record(z.string(), z.unknown()),
  /** Null where the log says nothing of frames. */
  frames: loggedFramesSchema.nullable(),
  /** How the run's model picked frames; null when nobody said. */
  sampler: samplerProfileSchema.nullable(),
  verdict: verdictViewSchema.nullable(),
  judgements: z.array(judgementViewSchema),
  /** What people did to the verdict, oldest first. */
  acts: z.array(verdictActSchema),
  /** All rollouts of the group in sample order, this one among them. */
  siblings: z.array(groupSampleSchema.omit({ matches: true })),
});
export type RolloutDetail = z.infer<typeof rolloutDetailSchema>;

/** The judge's word that counts: the rules found nothing, and the version's judge was asked. */
export const decidingJudgement = ({ verdict, judgements }: RolloutDetail): JudgementView | undefined =>
  verdict?.measures.consistency === 'undetermined' ? judgements.find(({ decides }) => decides) : undefined;

/** Every place that the verdict points at: what the rules found, then what the judge quotes where it decides. */
export const shownEvidence = (detail: RolloutDetail): readonly Evidence[] => [
  ...(detail.verdict?.measures.evidence ?? []),
  ...(decidingJudgement(detail)?.evidence ?? []),
];

/** A proposed pair between two samples of a group. */
export const groupPairSchema = z.object({
  id: z.uuid(),
  type: z.string(),
  state: z.string(),
  why: z.string(),
  chosenRolloutId: z.uuid().nullable(),
  rejectedRolloutId: z.uuid().nullable(),
});
export type GroupPair = z.infer<typeof groupPairSchema>;

export const groupChainSchema = z.object({
  ...rolloutRowSchema.omit({ prompt: true }).shape,
  response: z.string(),
  frames: loggedFramesSchema.nullable(),
  evidence: measuresSchema.shape.evidence,
});
export type GroupChain = z.infer<typeof groupChainSchema>;

export const groupDetailSchema = z.object({
  id: z.uuid(),
  ...rolloutRowSchema.pick({
    runId: true,
    runName: true,
    iteration: true,
    stage: true,
    step: true,
    kind: true,
    setName: true,
  }).shape,
  question: questionViewSchema,
  sampler: samplerProfileSchema.nullable(),
  chains: z.array(groupChainSchema),
  pairs: z.array(groupPairSchema),
});
export type GroupDetail = z.infer<typeof groupDetailSchema>;
