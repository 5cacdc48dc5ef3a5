import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { db } from '@/lib/data/db';
import { type SeededProject, seedProject, seedRun } from '@/lib/data/testing/seed';
import { planSchema } from '@/lib/domain/loop/plan';
import { planFromRecipe } from '@/lib/domain/loop/recipes';
import { stagesOf } from '@/lib/domain/timeline';
import { listLoops } from './loops';
import { getRunOverview } from './overview';

/** A run whose second iteration is trained: one job of it was superseded. */
const seeded = async (project: SeededProject) => {
  const { projectId, owner } = project;
  const { runId, iterationId: imported } = await seedRun(project, { groups: 1 });
  const plan = planSchema.parse(planFromRecipe('whole-iteration', { questionSets: [randomUUID()] }));
  const iterationId = randomUUID();
  await db.iteration.create({
    data: { id: iterationId, projectId, runId, k: 1, state: 'grpo', plan, createdBy: owner.userId },
  });
  const job = { projectId, iterationId, kind: 'grpo', stage: 'grpo', steps: 40 };
  await db.job.createMany({
    data: [
      { ...job, id: randomUUID(), state: 'cancelled', step: 7, supersededAt: new Date() },
      { ...job, id: randomUUID(), state: 'running', step: 12 },
    ],
  });
  return { runId, imported, iterationId };
};

test('an iteration with a plan tells its stages and the jobs that count; an imported one has none', async () => {
  const project = await seedProject();
  const { runId, imported, iterationId } = await seeded(project);
  const { iterations, cells } = await getRunOverview(project.owner, runId);
  expect(iterations.map(({ id, loop }) => [id, loop === null])).toEqual([
    [imported, true],
    [iterationId, false],
  ]);
  const moved = iterations[1];
  expect(moved?.loop).toMatchObject({ planned: ['grpo', 'verify', 'curate', 'dpo'], toReview: null, pairSetId: null });
  expect(moved?.loop?.jobs).toMatchObject([{ kind: 'grpo', state: 'running', step: 12, steps: 40 }]);
  const own = cells.filter((cell) => cell.iterationId === iterationId);
  expect(moved && stagesOf(moved, own).map(({ state }) => state)).toEqual([
    'running',
    'waiting',
    'waiting',
    'waiting',
    'skipped',
  ]);
});

test('a stranger sees no loop of a run', async () => {
  const { runId } = await seeded(await seedProject());
  const { owner: stranger } = await seedProject();
  expect(await listLoops(stranger, runId)).toEqual(new Map());
});
