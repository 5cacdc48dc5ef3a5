/** A short training through everything: a real trainer, the base policy of the example, the loop, the reward API. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { db, pool } from '@/lib/data/db';
import { launchIteration } from '@/lib/data/iterations/launch';
import { getIteration } from '@/lib/data/iterations/read';
import { addMediaRoot } from '@/lib/data/media/roots';
import { type SeededProject, seedProject } from '@/lib/data/testing/seed';
import { checkTrainer } from '@/lib/data/trainers/health';
import { registerTrainer } from '@/lib/data/trainers/register';
import { closeSendingBoss } from '@/lib/jobs/boss';
import { importNow } from '@/lib/jobs/import-now';
import { driveIteration } from '@/lib/jobs/loop/drive';
import { hasTrainer, startTrainer, type TestTrainer } from '@/lib/trainer/testing';
import { copyExampleModels } from './example-models';
import { iterationPlan } from './example-plan';
import { root } from './root';
import { serveRewards } from './serve-rewards';

const EXAMPLE = path.join(root, 'examples/moving-shapes');
const MODEL = { source: 'local', name: 'moving-shapes-base' } as const;
const [STEPS, QUESTIONS, SAMPLES, HELD_OUT] = [4, 4, 8, 8];
const ANSWERS = HELD_OUT * 2;

/** The example's own plan with tens of steps in all. */
const shortPlan = (sets: { readonly train: string; readonly heldOut: string }) => {
  const { explore, align, evaluate, ...plan } = iterationPlan(sets, 0);
  if (!explore || !align || !evaluate) throw new Error('the plan of the example has lost a stage');
  return {
    ...plan,
    explore: {
      ...explore,
      settings: {
        ...explore.settings,
        maxSteps: STEPS,
        questionBatch: QUESTIONS,
        samplesPerQuestion: SAMPLES,
        globalBatch: QUESTIONS * SAMPLES,
        checkpointEvery: 1,
      },
    },
    align: { settings: { ...align.settings, epochs: 1, globalBatch: 4, maxSteps: 4 } },
    evaluate: {
      ...evaluate,
      mostQuestions: HELD_OUT,
      settings: { ...evaluate.settings, samplesPerQuestion: ANSWERS / HELD_OUT },
    },
  };
};

let folder: string;
let trainer: TestTrainer;
let rewards: Awaited<ReturnType<typeof serveRewards>>;
let project: SeededProject;

const importSet = async (name: string): Promise<string> => {
  await importNow(project.owner, path.join(EXAMPLE, 'questions', `${name}.ndjson`), { set: name });
  const set = await db.questionSet.findFirstOrThrow({ where: { projectId: project.projectId, name } });
  return set.id;
};

const rolloutRow = z.object({
  stage: z.string(),
  modality: z.string(),
  think_tokens: z.int().nullable(),
  total_tokens: z.int(),
  frame_indices: z.array(z.int()).nullable(),
  frame_times: z.array(z.number()),
  frame_width: z.int().nullable(),
  verdicts: z.int(),
});

const readRollouts = async (iterationId: string) => {
  const { rows } = await pool.query(
    `SELECT r.stage, q.modality, r.think_tokens, r.total_tokens, t.frame_indices, t.frame_times, t.frame_width,
            (SELECT count(*)::int FROM verdict v WHERE v.rollout_id = r.id) AS verdicts
     FROM rollout r JOIN rollout_text t ON t.rollout_id = r.id JOIN question q ON q.id = r.question_id
     WHERE r.iteration_id = $1`,
    [iterationId],
  );
  return z.array(rolloutRow).parse(rows);
};

const countSteps = (iterationId: string): Promise<number> =>
  db.jobMetric.count({ where: { job: { iterationId, kind: 'grpo' }, phase: 'train' } });

/** Kills the service when the first step is stored, and starts it again where it was. */
const killInTheMiddle = async (iterationId: string): Promise<number> => {
  while ((await countSteps(iterationId)) === 0) await sleep(50);
  const stored = await countSteps(iterationId);
  await trainer.kill();
  trainer = await startTrainer(path.join(folder, 'trainer'), Number(new URL(trainer.address.url).port));
  return stored;
};

describe.skipIf(!hasTrainer())(
  'with a real trainer (skipped without Python: `npm run trainer-test` installs it)',
  () => {
    beforeAll(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'veripo-training-'));
      await copyExampleModels(path.join(folder, 'trainer/models'));
      [project, trainer, rewards] = await Promise.all([
        seedProject(),
        startTrainer(path.join(folder, 'trainer')),
        serveRewards(),
      ]);
    });
    afterAll(async () => {
      await Promise.all([trainer.stop(), rewards.close(), closeSendingBoss()]);
      await rm(folder, { recursive: true, force: true });
    });

    test('an iteration trains, aligns and is evaluated, and a killed trainer service changes nothing', async () => {
      const { owner, projectId } = project;
      await addMediaRoot(owner, EXAMPLE);
      const [train, heldOut] = [await importSet('moving-shapes'), await importSet('held-out')];
      const trainerId = await registerTrainer(owner, { name: 'here', ...trainer.address, rewardUrl: rewards.url });
      await checkTrainer(owner, trainerId);
      const { iterationId, runId } = await launchIteration(owner, {
        run: { name: 'short', base: { trainerId, model: MODEL } },
        trainerId,
        plan: shortPlan({ train, heldOut }),
      });

      const stop = new AbortController();
      const [storedBefore, end] = await Promise.all([
        killInTheMiddle(iterationId),
        driveIteration(iterationId, stop.signal),
      ]);
      const iteration = await getIteration(owner, iterationId);
      expect({ end, state: iteration.state, reason: iteration.failedReason }).toEqual({
        end: 'over',
        state: 'done',
        reason: null,
      });
      expect(storedBefore).toBeLessThan(STEPS); // it was killed while it trained

      // Nothing twice, nothing lost: every sample of every step, every step, every event.
      const rollouts = await readRollouts(iterationId);
      expect(rollouts.filter(({ stage }) => stage === 'grpo')).toHaveLength(STEPS * QUESTIONS * SAMPLES);
      expect(rollouts.filter(({ stage }) => stage === 'eval')).toHaveLength(ANSWERS);
      expect(await countSteps(iterationId)).toBe(STEPS);
      expect(iteration.unverified).toBe(0);

      // What the model saw and said.
      const seen = rollouts.filter(({ modality }) => modality === 'video');
      expect(seen.length).toBeGreaterThan(0);
      for (const { frame_indices, frame_times, frame_width } of seen) {
        expect(frame_indices).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
        expect(frame_times).toEqual([0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5]);
        expect(frame_width).toBe(56);
      }
      expect(rollouts.every(({ total_tokens, verdicts }) => total_tokens > 0 && verdicts > 0)).toBe(true);
      expect(rollouts.some(({ think_tokens }) => (think_tokens ?? 0) > 5)).toBe(true);

      // Pairs, decided by the policy and never by a person, in a frozen set that DPO was given whole.
      const set = await db.pairSet.findFirstOrThrow({ where: { iterationId } });
      const dpo = await db.job.findFirstOrThrow({ where: { iterationId, kind: 'dpo' } });
      expect(set.pairCount).toBeGreaterThan(4);
      expect(dpo).toMatchObject({ pairSetId: set.id, dataCount: set.pairCount, state: 'succeeded' });
      expect(await db.decision.count({ where: { pair: { iterationId }, actorId: { not: null } } })).toBe(0);
      const heldOutPairs = await db.pair.count({ where: { iterationId, question: { questionSetId: heldOut } } });
      expect(heldOutPairs).toBe(0);

      // base → GRPO → DPO, and figures of what came of it.
      const checkpoints = await db.checkpoint.findMany({ where: { runId, projectId } });
      const byStage = new Map(checkpoints.map((checkpoint) => [checkpoint.stage, checkpoint]));
      expect([...byStage.keys()].sort()).toEqual(['base', 'dpo', 'grpo']);
      expect(byStage.get('dpo')?.parentId).toBe(byStage.get('grpo')?.id);
      expect(byStage.get('grpo')?.parentId).toBe(byStage.get('base')?.id);
      const evaluation = iteration.jobs.find(({ kind }) => kind === 'eval');
      expect(evaluation).toMatchObject({ state: 'succeeded', rollouts: ANSWERS });
      const judged = await db.rollout.count({ where: { iterationId, stage: 'eval', correct: { not: null } } });
      expect(judged).toBe(ANSWERS);
    }, 300_000);
  },
);
