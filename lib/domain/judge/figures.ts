/** Who decided consistency in a run, and how far a judge that only reports agrees with it. */
import { z } from 'zod';
import { type Proportion, proportion } from '@/lib/domain/stats/proportion';
import { consistencySchema } from '@/lib/domain/verdict';

const count = z.int().nonnegative();

/** Who decided: a person's correction goes before the rules, the rules before the judge. */
export const deciders = ['rules', 'judge', 'people', 'nobody'] as const;
export const deciderSchema = z.enum(deciders);
export type Decider = z.infer<typeof deciderSchema>;

/** Two judges of the same rollouts, only those that both decided. */
export const agreementSchema = z.object({
  bothConsistent: count,
  bothInconsistent: count,
  /** Inconsistent by the verdict in force, consistent by the judge. */
  verdictOnly: count,
  /** The other way round. */
  judgeOnly: count,
});
export type Agreement = z.infer<typeof agreementSchema>;

const disagreementSchema = z.object({
  rolloutId: z.uuid(),
  iteration: z.int(),
  prompt: z.string(),
  inForce: consistencySchema,
  says: consistencySchema,
  by: deciderSchema,
  reason: z.string(),
});

export const judgeReportSchema = z.object({
  judgeId: z.uuid(),
  judgements: count,
  /** Rollouts that this judge left undetermined. */
  undetermined: count,
  /** By who decided what is in force. */
  agreement: z.array(z.object({ by: deciderSchema, table: agreementSchema })),
  /** The first 100, in the order of the run. */
  disagreements: z.array(disagreementSchema),
});
export type JudgeReport = z.infer<typeof judgeReportSchema>;

export const judgeFiguresSchema = z.object({
  runName: z.string(),
  versionNumber: z.int(),
  /** The judge that the run's version names. */
  judgeId: z.uuid().nullable(),
  /** Verified rollouts by who decided them. */
  decided: z.record(deciderSchema, count),
  /** Of what nobody decided: what waits for that judge, what it read and could not say, and what has no answer or no
   * thinking to compare. What a person left undetermined is among the first two. */
  waiting: count,
  unsaid: count,
  unreadable: count,
  reports: z.array(judgeReportSchema),
});
export type JudgeFigures = z.infer<typeof judgeFiguresSchema>;

const NONE: Agreement = { bothConsistent: 0, bothInconsistent: 0, verdictOnly: 0, judgeOnly: 0 };

/** One table for all who decided. */
export const sumAgreement = (tables: readonly Agreement[]): Agreement =>
  tables.reduce(
    (sum, table) => ({
      bothConsistent: sum.bothConsistent + table.bothConsistent,
      bothInconsistent: sum.bothInconsistent + table.bothInconsistent,
      verdictOnly: sum.verdictOnly + table.verdictOnly,
      judgeOnly: sum.judgeOnly + table.judgeOnly,
    }),
    NONE,
  );

/** Rollouts on which the two differ, of those that both decided, with the 95 % Wilson interval. */
export const disagreementOf = ({ bothConsistent, bothInconsistent, verdictOnly, judgeOnly }: Agreement): Proportion =>
  proportion(verdictOnly + judgeOnly, bothConsistent + bothInconsistent + verdictOnly + judgeOnly);
