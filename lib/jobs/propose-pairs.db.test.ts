import { beforeAll, expect, test } from 'vitest';
import { db } from '@/lib/data/db';
import { getProposalTarget } from '@/lib/data/pairs/proposal-target';
import { proposeIterationPairs } from '@/lib/data/pairs/propose';
import { findIterationByName } from '@/lib/data/runs/find-iteration';
import { type SeededProject, type SeededRun, seedProject, seedRun } from '@/lib/data/testing/seed';
import { defaultPairSettings } from '@/lib/domain/pairs/settings';
import { importNow } from './import-now';
import { queueProposal } from './propose-pairs';
import { chain, rolloutLine, writeTestFile } from './testing';
import { verifyNow } from './verify-now';

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

test('a question that is asked in two steps and answered alike gives each pair once', async () => {
  const { owner, projectId } = await seedProject();
  const lines = [0, 1].flatMap((step) => ['B', 'A'].map((letter) => rolloutLine('q', chain(letter), { step })));
  await importNow(owner, await writeTestFile('twice.ndjson', `${lines.join('\n')}\n`), { run: 'twice' });
  await verifyNow(owner, 'twice', 0, () => undefined);
  const target = await getProposalTarget(owner, await findIterationByName(owner, 'twice', 0));
  const watch = { signal: new AbortController().signal, onProgress: () => undefined };
  const propose = async () => (await proposeIterationPairs(target, defaultPairSettings, 0, watch)).result;

  const first = await propose();
  expect(first).toMatchObject({ groups: 2, proposed: 4, added: 2 });
  expect(await propose()).toEqual({ ...first, added: 0 });
  const pairs = await db.pair.findMany({
    where: { projectId },
    select: { type: true, group: { select: { step: true } } },
  });
  expect(pairs.map(({ type }) => type).sort()).toEqual(['accuracy', 'reflection']);
  expect(pairs.map(({ group }) => group.step)).toEqual([0, 0]);
});
