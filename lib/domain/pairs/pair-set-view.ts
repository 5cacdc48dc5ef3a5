/** Frozen pair sets as their screens show them. Crosses HTTP, so dates are ISO text. */
import { z } from 'zod';
import type { PairFormat } from '@/lib/domain/formats/pair-export';
import { pairTypeSchema } from '@/lib/domain/pair';
import { modalities } from '@/lib/domain/question';

const count = z.int().nonnegative();

export const pairSetSummarySchema = z.object({
  id: z.uuid(),
  number: z.int().positive(),
  runId: z.uuid(),
  runName: z.string(),
  k: count,
  pairCount: count,
  sha256: z.string(),
  createdAt: z.string(),
  createdBy: z.string().nullable(),
});
export type PairSetSummary = z.infer<typeof pairSetSummarySchema>;

export const pairSetDetailSchema = pairSetSummarySchema.extend({
  iterationId: z.uuid(),
  counts: z.object({ pairs: count, questions: count, edited: count, byType: z.record(pairTypeSchema, count) }),
  /** Pairs by what their question shows. */
  byModality: z.record(z.enum(modalities), count),
  filters: z.record(z.string(), z.json()),
  verifierVersion: count,
  reviewers: z.array(z.object({ id: z.string(), name: z.string(), decisions: count })),
});
export type PairSetDetail = z.infer<typeof pairSetDetailSchema>;

/** `pair-set-3.trl.jsonl` */
export const exportFileName = (number: number, format: PairFormat): string => `pair-set-${number}.${format}.jsonl`;
