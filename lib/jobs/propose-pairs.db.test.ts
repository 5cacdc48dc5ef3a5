import { beforeAll, expect, test } from 'vitest';
import { db } from '@/lib/data/db';
import { type SeededProject, type SeededRun, seedProject, seedRun } from '@/lib/data/testing/seed';
import { queueProposal } from './propose-pairs';

let project: SeededProject;
let run: SeededRun;

beforeAll(async () => {
  project = await seedProject();
  run = await seedRun(project, { groups: 2 });
});

test.each(['grpo', 'verify', 'curate'])(
  'nothing is queued for an iteration in %s: the loop proposes itself',
  async (state) => {
    await db.iteration.update({ where: { id: run.iterationId }, data: { state } });
    await expect(queueProposal(project.owner, run.iterationId, 0)).rejects.toThrow(
      'The loop proposes the pairs of this iteration itself',
    );
    expect(await db.task.count({ where: { projectId: project.projectId } })).toBe(0);
  },
);
