import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { db } from '@/lib/data/db';
import { seedProject, seedRun } from '@/lib/data/testing/seed';
import { planSchema } from '@/lib/domain/loop/plan';
import { planFromRecipe } from '@/lib/domain/loop/recipes';
import { listSlices } from './list';

test('a slice counts its rollouts by set, and knows nothing of how imported ones came about', async () => {
  const project = await seedProject();
  const { runId } = await seedRun(project, { groups: 3 });
  const [slice, ...others] = await listSlices(project.owner, [runId]);
  expect(others).toEqual([]);
  expect(slice).toMatchObject({ runId, k: 0, rollouts: 12, seed: null, afterDpo: null });
  expect(slice?.sets.map(({ rollouts }) => rollouts)).toEqual([12]);
  expect(slice?.kinds.length).toBeGreaterThan(0);
});

test('a run that is named twice counts once', async () => {
  const project = await seedProject();
  const { runId } = await seedRun(project, { groups: 3 });
  const twice = await listSlices(project.owner, [runId, runId.toUpperCase(), runId]);
  expect(twice).toEqual(await listSlices(project.owner, [runId]));
});

test.each([
  ['grpo', null, false],
  ['grpo', 'grpo', false],
  ['grpo', 'dpo', true],
  ['eval', null, true],
] as const)('%s of an iteration with DPO that began with %s weights', async (stage, began, afterDpo) => {
  const project = await seedProject();
  const { runId, iterationId } = await seedRun(project, { groups: 1, stage });
  const plan = planSchema.parse(planFromRecipe('whole-iteration', { questionSets: [randomUUID()] }));
  const base = { id: randomUUID(), projectId: project.projectId, runId, step: 0, model: {} };
  if (began) await db.checkpoint.create({ data: { ...base, stage: began } });
  await db.iteration.update({
    where: { id: iterationId },
    data: { plan, startCheckpointId: began ? base.id : null },
  });
  expect(await listSlices(project.owner, [runId])).toMatchObject([{ stage, seed: plan.seed, afterDpo }]);
});

test('a stranger sees none, and a token of another project neither', async () => {
  const project = await seedProject();
  const { runId } = await seedRun(project, { groups: 1 });
  const other = await seedProject();
  await db.member.create({ data: { projectId: other.projectId, userId: project.owner.userId, role: 'owner' } });
  expect(await listSlices(other.owner, [runId])).toEqual([]);
  expect(await listSlices({ userId: project.owner.userId, projectId: other.projectId }, [runId])).toEqual([]);
});
