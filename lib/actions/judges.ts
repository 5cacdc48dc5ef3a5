'use server';
import { z } from 'zod';
import { changeJudge, registerJudge, removeJudge } from '@/lib/data/judges/register';
import { tryJudge, tryUnsavedJudge } from '@/lib/data/judges/trial';
import { judgeScopeSchema } from '@/lib/domain/judge/job';
import { type JudgeTrial, judgeChangeSchema, judgeRegistrationSchema } from '@/lib/domain/judge/judge';
import type { Result } from '@/lib/errors';
import { queueJudging } from '@/lib/jobs/judge-iteration';
import { runAction } from './run-action';

/** Registers a judge; the answer is its id. */
export async function addJudge(input: z.input<typeof judgeRegistrationSchema>): Promise<Result<string>> {
  return runAction(judgeRegistrationSchema, input, registerJudge);
}

/** Asks a judge that is not saved one tiny question. */
export async function tryNewJudge(input: z.input<typeof judgeRegistrationSchema>): Promise<Result<JudgeTrial>> {
  return runAction(judgeRegistrationSchema, input, tryUnsavedJudge);
}

const idSchema = z.object({ id: z.uuid() });

/** Asks a judge one tiny question. */
export async function testJudge(input: z.input<typeof idSchema>): Promise<Result<JudgeTrial>> {
  return runAction(idSchema, input, (viewer, { id }) => tryJudge(viewer, id));
}

const changeSchema = judgeChangeSchema.extend(idSchema.shape);

/** Changes how a judge is reached and what it may cost. */
export async function updateJudge(input: z.input<typeof changeSchema>): Promise<Result<null>> {
  return runAction(changeSchema, input, async (viewer, { id, ...change }) => {
    await changeJudge(viewer, id, change);
    return null;
  });
}

/** Removes a judge that no version names, with what it said. */
export async function forgetJudge(input: z.input<typeof idSchema>): Promise<Result<null>> {
  return runAction(idSchema, input, async (viewer, { id }) => {
    await removeJudge(viewer, id);
    return null;
  });
}

const askSchema = z.object({
  judgeId: z.uuid(),
  runId: z.uuid(),
  /** Null: every iteration. */
  iterationId: z.uuid().nullable(),
  scope: judgeScopeSchema,
});

/** Queues a judge's work on a run; the answer is how many tasks that makes. */
export async function askAboutRun(input: z.input<typeof askSchema>): Promise<Result<number>> {
  return runAction(askSchema, input, async (viewer, wanted) => (await queueJudging(viewer, wanted)).length);
}
