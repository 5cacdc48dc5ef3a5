/** A pair as the review screen shows it, and what may be asked of the queue. Crosses HTTP, so dates are ISO text. */
import { z } from 'zod';
import { pairActionSchema, pairSideSchema, pairStateSchema, pairTypeSchema } from '@/lib/domain/pair';
import { questionViewSchema } from '@/lib/domain/rollouts/detail';
import { consistencySchema, lengthClassSchema } from '@/lib/domain/verdict';
import { sideNames } from './life';

const count = z.int().nonnegative();

/** What a sample of the pair's group came to; null fields were not verified, or have no truth. */
export const pairSampleSchema = z.object({
  rolloutId: z.uuid(),
  /** The number people see, from 1: the same one as in the pair's `why`. */
  sample: z.int().positive(),
  answer: z.string().nullable(),
  correct: z.boolean().nullable(),
  wellFormed: z.boolean().nullable(),
  consistency: consistencySchema.nullable(),
  repetitive: z.boolean().nullable(),
  lengthClass: lengthClassSchema.nullable(),
  thinkTokens: count.nullable(),
  /** The tokens are an estimate. */
  estimated: z.boolean(),
  chars: count,
});
export type PairSample = z.infer<typeof pairSampleSchema>;

export const pairSampleTextSchema = pairSampleSchema.extend({ text: z.string() });
export type PairSampleText = z.infer<typeof pairSampleTextSchema>;

/** UTF-16 offsets of the bridge of a reflection. */
export const seamSchema = z.object({ bridgeStart: count, bridgeEnd: count });

/** The proposal of a pair as the rule made it; stored, and never changes. */
export const storedProposalSchema = z.object({
  chosen: pairSideSchema,
  rejected: pairSideSchema,
  seam: seamSchema.nullable(),
});

export const pairViewSchema = z.object({
  id: z.uuid(),
  type: pairTypeSchema,
  rule: z.string(),
  why: z.string(),
  state: pairStateSchema,
  edited: z.boolean(),
  skips: count,
  groupId: z.uuid(),
  question: questionViewSchema,
  chosen: pairSideSchema,
  rejected: pairSideSchema,
  /** Where the bridge lies in `proposedChosen`; null unless the rule composed a reflection. */
  seam: seamSchema.nullable(),
  /** The chosen text as the rule proposed it, only for reflections: the seam is drawn on the side that still holds it. */
  proposedChosen: z.string().nullable(),
  samples: z.array(pairSampleSchema),
  /** Ids of the latest acts on it, so that a page knows which of its own are in here. */
  recentActs: z.array(z.uuid()),
  /** Numbers of the frozen sets that list it. */
  frozenIn: z.array(count),
  /** Why its rule no longer holds (`the chosen chain is no longer correct under version 4`); null while it does. */
  stale: z.string().nullable(),
});
export type PairView = z.infer<typeof pairViewSchema>;

/** What a person does to a pair on the screen; the server finds the text of a rollout itself. */
export const pairRequestSchema = z.discriminatedUnion('action', [
  z.object({ action: z.enum(['approve', 'reject', 'swap', 'skip']) }),
  z.object({ action: z.enum(['replace_chosen', 'replace_rejected']), rolloutId: z.uuid() }),
  z.object({ action: z.literal('edit'), side: z.enum(sideNames), text: z.string().max(2_000_000) }),
]);
export type PairRequest = z.infer<typeof pairRequestSchema>;

/** The answer to a decision or an undo: the pair it concerns, as it stands now. `undone` names what came back. */
export const pairAnswerSchema = z.object({ pair: pairViewSchema, undone: pairActionSchema.nullable() });
export type PairAnswer = z.infer<typeof pairAnswerSchema>;

export const QUEUE_PAGE = 200;
/** The closed list of queue filters. */
export const pairFiltersSchema = z.object({
  type: pairTypeSchema.optional(),
  state: pairStateSchema.optional(),
  /** Those alone whose rule no longer holds. Text, since it comes from an address. */
  stale: z.literal('yes').optional(),
});
export type PairFilters = z.infer<typeof pairFiltersSchema>;

export const pairPageSchema = z.object({
  ids: z.array(z.uuid()),
  /** Pass as `after` for the next page; null at the end. */
  next: z.string().nullable(),
});
export type PairPage = z.infer<typeof pairPageSchema>;

/** Pairs of one iteration by type and state; combinations with none are absent. */
export const pairCountSchema = z.object({ type: pairTypeSchema, state: pairStateSchema, count });
export type PairCount = z.infer<typeof pairCountSchema>;

export const pairOverviewSchema = z.object({
  iterationId: z.uuid(),
  counts: z.array(pairCountSchema),
  /** Of them, those whose rule no longer holds. */
  stale: z.array(pairCountSchema),
  hasRollouts: z.boolean(),
  /** Pairs can be proposed: some rollout is verified. */
  hasVerified: z.boolean(),
  /** The proposal under way for this iteration, if one is. */
  task: z
    .object({
      id: z.uuid(),
      state: z.enum(['queued', 'running']),
      done: count,
      total: count.nullable(),
      silent: z.boolean(),
    })
    .nullable(),
  /** Why the last proposal failed; null when it did not, or a newer one is under way. */
  lastError: z.string().nullable(),
});
export type PairOverview = z.infer<typeof pairOverviewSchema>;

/** One act in the history of a pair, oldest first. */
export const pairHistoryItemSchema = z.object({
  id: z.uuid(),
  action: pairActionSchema,
  /** Name of the person, or of the policy. */
  who: z.string(),
  at: z.string(),
  /** An undo took it back. */
  undone: z.boolean(),
  /** What was put where, for people; null where the action says it all. */
  detail: z.string().nullable(),
});
export type PairHistoryItem = z.infer<typeof pairHistoryItemSchema>;
