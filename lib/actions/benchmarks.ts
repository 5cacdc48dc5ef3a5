'use server';
import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { chooseBenchmark } from '@/lib/data/benchmarks/choose';
import { benchmarkChoiceSchema } from '@/lib/domain/benchmarks/benchmark';
import type { Result } from '@/lib/errors';
import { runAction } from './run-action';

const choiceSchema = z.object({ setId: z.uuid(), benchmark: benchmarkChoiceSchema });

/** Says which benchmark a question set is of; null follows its name. */
export async function saveBenchmark(input: z.input<typeof choiceSchema>): Promise<Result<null>> {
  return runAction(choiceSchema, input, async (viewer, { setId, benchmark }) => {
    await chooseBenchmark(viewer, setId, benchmark);
    revalidatePath(`/question-sets/${setId}`);
    return null;
  });
}
