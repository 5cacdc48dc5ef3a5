/** From a rollout's decision rows to the corrections that hold. */
import { z } from 'zod';
import { checks, consistencySchema, lengthClassSchema } from '@/lib/domain/verdict';
import type { Correction } from '@/lib/domain/verifier/corrections';

const correctionSchema = z.discriminatedUnion('check', [
  z.object({ check: z.literal('format'), value: z.boolean() }),
  z.object({ check: z.literal('accuracy'), value: z.boolean() }),
  z.object({ check: z.literal('consistency'), value: consistencySchema }),
  z.object({ check: z.literal('repetition'), value: z.boolean() }),
  z.object({ check: z.literal('length'), value: lengthClassSchema }),
]);
const payloadSchema = z.object({ value: z.unknown() });

type Row = { readonly check: string; readonly action: string; readonly payload: unknown };

/** The last correction of each check that was not withdrawn after it. `rows` are in the order of the decisions. */
export const foldCorrections = (rows: readonly Row[]): Correction[] =>
  checks.flatMap((check) => {
    const last = rows.findLast((row) => row.check === check && (row.action === 'correct' || row.action === 'withdraw'));
    if (last?.action !== 'correct') return [];
    return [correctionSchema.parse({ check, value: payloadSchema.parse(last.payload).value })];
  });
