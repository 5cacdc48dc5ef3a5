import 'server-only';
/** Verification done by the calling process, with tasks that the screens show like any other. */
import type { z } from 'zod';
import { db } from '@/lib/data/db';
import { moveToTodaysRules } from '@/lib/data/verifier/move-run';
import { engineers, type Viewer, visibleTo } from '@/lib/data/viewer';
import { AppError } from '@/lib/errors';
import { performNow } from './perform-now';
import { verifyJob, verifyResultSchema } from './verify';

type Result = z.infer<typeof verifyResultSchema> & { readonly iterationId: string };

/**
 * Judges the iterations of a run (or one of them), oldest first. A run on older rules moves to today's first, and the
 * iterations that were not asked for are queued. Throws `not_found` for unknown or foreign runs.
 */
export const verifyNow = async (
  viewer: Viewer,
  run: string,
  k: number | undefined,
  note: (text: string) => void,
): Promise<Result[]> => {
  const iterations = await db.iteration.findMany({
    where: { run: { name: run }, ...(k === undefined ? {} : { k }), ...visibleTo(viewer, engineers) },
    orderBy: { k: 'asc' },
    select: { id: true, k: true, projectId: true, runId: true },
  });
  if (iterations.length === 0)
    throw new AppError('not_found', `There is no run ${run}${k === undefined ? '' : ` with an iteration ${k}`}`);
  const [first] = iterations;
  if (first && k === undefined) await db.$transaction((tx) => moveToTodaysRules(tx, first.runId, viewer.userId));
  const results: Result[] = [];
  for (const iteration of iterations) results.push(await verifyOne(viewer, run, iteration, note));
  return results;
};

type Turn = { readonly id: string; readonly k: number; readonly projectId: string };

const verifyOne = async (
  viewer: Viewer,
  run: string,
  { id, k, projectId }: Turn,
  note: (text: string) => void,
): Promise<Result> => {
  const ended = await performNow(
    viewer,
    verifyJob,
    {
      projectId,
      kind: 'verify',
      title: `Verify ${run}, iteration ${k}`,
      payload: { iterationId: id, door: 'command' },
      unit: 'rollouts',
    },
    note,
  );
  if (ended.state === 'done') return { ...verifyResultSchema.parse(ended.result), iterationId: id };
  throw new AppError(
    'unavailable',
    `Iteration ${k}: ${ended.error ?? 'verification was cancelled; run it again to continue'}`,
  );
};
