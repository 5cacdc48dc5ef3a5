'use server';
/** Verifier versions: saving one, and what runs stand on. */
import { revalidatePath } from 'next/cache';
import { type NewVersion, newVersionSchema, saveVerifierVersion } from '@/lib/data/verifier/save';
import type { Result } from '@/lib/errors';
import { moveRunToVersion, type UseVersion, useVersionSchema } from '@/lib/jobs/use-version';
import { runAction } from './run-action';

/** Saves settings as a version; the same settings again are the version that is there. */
export async function saveVersion(input: NewVersion): Promise<Result<{ id: string; number: number }>> {
  return runAction(newVersionSchema, input, async (viewer, wanted) => {
    const { id, number } = await saveVerifierVersion(viewer, wanted);
    revalidatePath('/verifier');
    return { id, number };
  });
}

/** Moves a run to a version; the answer is the tasks that decide its rollouts anew, one an iteration. */
export async function useVersion(input: UseVersion): Promise<Result<{ taskIds: string[] }>> {
  return runAction(useVersionSchema, input, async (viewer, wanted) => {
    const taskIds = await moveRunToVersion(viewer, wanted);
    revalidatePath('/verifier');
    return { taskIds };
  });
}
