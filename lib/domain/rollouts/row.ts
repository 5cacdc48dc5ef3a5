/** What lists of rollouts show of one rollout or one group: never the chain text. */
import { z } from 'zod';
import { kindSchema } from '@/lib/domain/question';
import { stageSchema, tokenCountSourceSchema } from '@/lib/domain/rollout';
import { consistencySchema, lengthClassSchema } from '@/lib/domain/verdict';
import { facetCubeSchema } from './facets';

/** The standing of a rollout with corrections applied; everything is null until it is verified. */
export const shownStandingSchema = z.object({
  wellFormed: z.boolean().nullable(),
  correct: z.boolean().nullable(),
  consistency: consistencySchema.nullable(),
  repetitive: z.boolean().nullable(),
  lengthClass: lengthClassSchema.nullable(),
  reward: z.number().nullable(),
});
export type ShownStanding = z.infer<typeof shownStandingSchema>;

/** Where in the loop something was sampled, with the names of the places. */
const placeShape = {
  runId: z.uuid(),
  runName: z.string(),
  /** Iteration of the run, from 0. */
  iteration: z.int(),
  stage: stageSchema,
  step: z.int(),
};

const questionShape = {
  questionId: z.uuid(),
  /** The beginning of the question. */
  prompt: z.string(),
  kind: kindSchema,
  setName: z.string(),
};

const sampleShape = {
  id: z.uuid(),
  sampleIndex: z.int().nullable(),
  answer: z.string().nullable(),
  /** Tokens of the thinking. */
  thinkTokens: z.int().nullable(),
  corrected: z.boolean(),
  ...shownStandingSchema.shape,
};

export const rolloutRowSchema = z.object({
  ...sampleShape,
  ...placeShape,
  ...questionShape,
  groupId: z.uuid(),
  source: z.string(),
  tokenSource: tokenCountSourceSchema.nullable(),
  /** In [0, 1]; higher is worse. */
  repetition: z.number().nullable(),
  loggedReward: z.number().nullable(),
  loggedCorrect: z.boolean().nullable(),
  /** The log and the verifier say different things about the answer. */
  disagrees: z.boolean().nullable(),
});
export type RolloutRow = z.infer<typeof rolloutRowSchema>;

export const groupSampleSchema = z.object({ ...sampleShape, /** Passes the filter. */ matches: z.boolean() });
export type GroupSample = z.infer<typeof groupSampleSchema>;

export const groupRowSchema = z.object({
  id: z.uuid(),
  ...placeShape,
  ...questionShape,
  /** Rollouts in the group; `samples` holds the first of them. */
  sampleCount: z.int(),
  samples: z.array(groupSampleSchema),
});
export type GroupRow = z.infer<typeof groupRowSchema>;

const pageOf = <S extends z.ZodType>(row: S) => z.object({ rows: z.array(row), nextCursor: z.string().nullable() });
export const rolloutPageSchema = pageOf(rolloutRowSchema);
export const groupPageSchema = pageOf(groupRowSchema);
export type RolloutPage = z.infer<typeof rolloutPageSchema>;
export type GroupPage = z.infer<typeof groupPageSchema>;

/** One answer of the list, in either layout. */
export const rolloutListPageSchema = z.discriminatedUnion('view', [
  z.object({ view: z.literal('flat'), ...rolloutPageSchema.shape }),
  z.object({ view: z.literal('grouped'), ...groupPageSchema.shape }),
]);
export type RolloutListPage = z.infer<typeof rolloutListPageSchema>;

/** The counts of a list, with the names that its ids stand for. */
export const rolloutFacetsSchema = z.object({ cube: facetCubeSchema, setNames: z.record(z.uuid(), z.string()) });
export type RolloutFacets = z.infer<typeof rolloutFacetsSchema>;
