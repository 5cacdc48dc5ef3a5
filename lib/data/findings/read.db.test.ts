import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { db } from '@/lib/data/db';
import { outsiders, seedIdentities } from '@/lib/data/testing/identities';
import { type SeededProject, seedGroups, seedProject, seedRun } from '@/lib/data/testing/seed';
import { planSchema } from '@/lib/domain/loop/plan';
import { readFindings } from './read';

const GROUPS = 24;

/** Two evaluations of the same questions; in the second one sample 3 is right too. */
const seedTwice = async (project: SeededProject, name = 'seeded run') => {
  const run = await seedRun(project, { groups: GROUPS, stage: 'eval', name });
  const iterationId = randomUUID();
  const { projectId } = project;
  await db.iteration.create({ data: { id: iterationId, projectId, runId: run.runId, k: 1, state: 'imported' } });
  await seedGroups(project, { ...run, iterationId }, run.questionIds, { stage: 'eval', easy: GROUPS });
  return { ...run, second: iterationId };
};

test('the findings say what the rows say', async () => {
  const project = await seedProject();
  const { runId, second } = await seedTwice(project);
  const findings = await readFindings(project.owner, runId);
  const of = (topic: string) => findings.find((finding) => finding.topic === topic);
  expect(of('learning')).toMatchObject({ tone: 'good', word: 'Yes' });
  expect(of('learning')?.says).toContain('Accuracy 75.0 % in Eval 0, 100.0 % in Eval 1: +25.0 points');
  expect(of('learning')?.says).toContain(`Over ${GROUPS} questions that both answered.`);
  expect(of('worse')).toMatchObject({ tone: 'good', word: 'Nowhere clearly' });
  expect(of('dpo')).toMatchObject({ tone: 'unknown' });

  // A person says of a third of the second evaluation that its thinking contradicts its answer.
  const rows = await db.rollout.findMany({ where: { iterationId: second, consistency: 'consistent' }, take: GROUPS });
  await db.rollout.updateMany({
    where: { id: { in: rows.map(({ id }) => id) } },
    data: { consistency: 'inconsistent', corrected: true },
  });
  const after = (await readFindings(project.owner, runId)).find(({ topic }) => topic === 'consistent');
  expect(after?.tone).toBe('bad');
  expect(after?.says).toContain('25.0 % in Eval 0, 50.0 % in Eval 1');
});

test('DPO is told by the run of the same base that had none', async () => {
  const project = await seedProject();
  const { projectId } = project;
  const [mine, alone] = [await seedTwice(project, 'with'), await seedTwice(project, 'without')];
  const explore = { questionSets: [mine.questionSetId], settings: {} };
  const evaluate = { questionSets: [mine.questionSetId], settings: {} };
  for (const { runId, second } of [mine, alone]) {
    const id = randomUUID();
    const stage = runId === mine.runId ? 'dpo' : 'grpo';
    await db.run.update({ where: { id: runId }, data: { baseCheckpoint: 'tiny' } });
    await db.checkpoint.create({ data: { id, projectId, runId, stage, step: 0, model: {} } });
    const plan = planSchema.parse({ seed: 1, explore, evaluate });
    await db.iteration.update({ where: { id: second }, data: { plan, startCheckpointId: id } });
  }
  // The seeds give each run a set of its own.
  await db.rollout.updateMany({ where: { runId: alone.runId }, data: { questionSetId: mine.questionSetId } });
  const dpo = (await readFindings(project.owner, mine.runId)).find(({ topic }) => topic === 'dpo');
  expect(dpo?.says).toContain('Eval 1 against that of “without”, which had no DPO');
});

test('strangers find no run', async () => {
  const project = await seedProject();
  const { runId } = await seedTwice(project);
  const people = await seedIdentities(project, await seedProject());
  for (const name of outsiders) {
    const viewer = people.get(name) ?? { userId: randomUUID() };
    await expect(readFindings(viewer, runId)).rejects.toMatchObject({ code: 'not_found' });
  }
});
