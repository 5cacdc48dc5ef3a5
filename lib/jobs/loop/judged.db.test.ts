import { afterEach, beforeEach, expect, test } from 'vitest';
import { db } from '@/lib/data/db';
import { launchIteration } from '@/lib/data/iterations/launch';
import { getIteration } from '@/lib/data/iterations/read';
import { baseOf, seedWorld, wholePlan } from '@/lib/data/testing/seed-world';
import { ensureVerifierVersion } from '@/lib/data/verifier/versions';
import { defaultVerifierSettings } from '@/lib/domain/verifier/settings';
import { readVague, seedJudge, vagueChain } from '@/lib/jobs/testing-judge';
import { startTestJudge, type TestJudge } from '@/lib/judge/testing/server';
import { driveIteration } from './drive';
import { goodScript, type Script, scriptedTrainer } from './testing';

let server: TestJudge;
beforeEach(async () => {
  server = await startTestJudge({ answer: readVague });
});
afterEach(() => server.close());

/** Every second sample, and all of the evaluation, think without a conclusion that the rules find. */
const vagueScript: Script = (job) =>
  goodScript(job).map((act, at) =>
    act !== 'hold' && act.type === 'rollout' && (act.sample === 1 || act.step === 0)
      ? { ...act, response: vagueChain(at + 100 * act.step, 'second', 'B') }
      : act,
  );

const run = async () => {
  const world = await seedWorld();
  const launched = await launchIteration(world.owner, {
    run: { name: 'shapes', base: baseOf(world) },
    trainerId: world.trainerId,
    plan: wholePlan(world),
  });
  const judged = { project: world, runId: launched.runId, iterationId: launched.iterationId };
  const judgeId = await seedJudge(judged, server.url, { timeoutSeconds: 1 });
  // Before its first step: moving a run that is under way is refused.
  const settings = { ...defaultVerifierSettings, judgeId };
  const version = await db.$transaction((tx) =>
    ensureVerifierVersion(tx, world.projectId, 'Judged', settings, world.owner.userId),
  );
  await db.run.update({ where: { id: launched.runId }, data: { verifierVersionId: version.id } });
  const drive = () =>
    driveIteration(launched.iterationId, new AbortController().signal, {
      connect: () => scriptedTrainer(vagueScript).port,
    });
  const open = () => db.rollout.count({ where: { runId: launched.runId, consistency: 'undetermined' } });
  return { ...judged, judgeId, drive, open, view: () => getIteration(world.owner, launched.iterationId) };
};

test('the loop asks the judge of the run’s version behind sampling and behind evaluation', async () => {
  const { drive, open, view, judgeId } = await run();
  expect(await drive()).toBe('over');
  expect(await view()).toMatchObject({ state: 'done' });
  expect(await open()).toBe(0);
  const stages = await db.judgement.findMany({ where: { judgeId }, select: { rollout: { select: { stage: true } } } });
  expect(new Set(stages.map(({ rollout }) => rollout.stage))).toEqual(new Set(['grpo', 'eval']));
});

test('a judge that hangs holds the loop up for a moment, and a task says what it left', async () => {
  server.faults.hang = true;
  const { drive, open, view, project } = await run();
  expect(await drive()).toBe('over');
  expect(await view()).toMatchObject({ state: 'done' });
  expect(await open()).toBeGreaterThan(0);
  const said = await db.task.findMany({ where: { kind: 'judge', projectId: project.projectId } });
  expect(said).toMatchObject([
    { state: 'failed', error: expect.stringMatching(/did not answer in time.* stay undetermined/) },
  ]);
}, 60_000);
