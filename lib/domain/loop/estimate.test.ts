import { expect, test } from 'vitest';
import { dpoSettingsSchema, grpoSettingsSchema } from '@/lib/domain/trainer/settings';
import { dpoCounts, type EstimateInput, estimatePlan, grpoCounts, resumableShare } from './estimate';
import { type Measure, pickSpeeds, type Speed, type Speeds } from './measured-speed';
import { planSchema } from './plan';
import { planFromRecipe } from './recipes';

const set = '11111111-1111-4111-8111-111111111111';

// A turn asks `questionBatch` questions, 8 rollouts each, and takes a step per `globalBatch` rollouts.
test.each([
  // 40 questions are 5 turns of 8; each turn has 64 rollouts: one step.
  ['5 turns of one step', { questionBatch: 8 }, 40, { steps: 5, rollouts: 320 }],
  // 12 questions: a turn of 8 and one of 4, whose 32 rollouts still are a step.
  ['a short last turn', { questionBatch: 8 }, 12, { steps: 2, rollouts: 96 }],
  // One turn of 64 questions: 512 rollouts, 8 steps.
  ['several steps a turn', { questionBatch: 64 }, 64, { steps: 8, rollouts: 512 }],
  // Fewer questions than a turn takes: 10 × 8 = 80 rollouts, 2 steps.
  ['less than a turn', { questionBatch: 64 }, 10, { steps: 2, rollouts: 80 }],
  ['two epochs', { questionBatch: 8, epochs: 2 }, 12, { steps: 4, rollouts: 192 }],
  ['two passes over each batch', { questionBatch: 8, numIterations: 2 }, 40, { steps: 10, rollouts: 320 }],
  // 3 steps are 3 turns of 8 questions.
  ['ended by max steps', { questionBatch: 8, maxSteps: 3 }, 40, { steps: 3, rollouts: 192 }],
  // 12 steps at 5 an epoch: 2 epochs of 40 questions, 2 turns of 8.
  ['ended in the third epoch', { questionBatch: 8, epochs: 5, maxSteps: 12 }, 40, { steps: 12, rollouts: 768 }],
  // A turn that begins samples all its 64 questions, even for 3 of its 8 steps.
  ['ended within a turn', { questionBatch: 64, maxSteps: 3 }, 64, { steps: 3, rollouts: 512 }],
  ['max steps that are never reached', { questionBatch: 8, maxSteps: 99 }, 40, { steps: 5, rollouts: 320 }],
  ['no questions', {}, 0, { steps: 0, rollouts: 0 }],
])('GRPO: %s', (_name, settings, questions, counts) => {
  expect(grpoCounts(grpoSettingsSchema.parse(settings), questions)).toEqual(counts);
});

test.each([
  ['100 pairs by 32', {}, 100, { steps: 4, passes: 100 }],
  ['three epochs', { epochs: 3 }, 100, { steps: 12, passes: 300 }],
  // Six steps: an epoch of 4 (100 pairs) and 2 of 32.
  ['ended by max steps', { epochs: 3, maxSteps: 6 }, 100, { steps: 6, passes: 164 }],
  ['nothing', {}, 0, { steps: 0, passes: 0 }],
])('DPO: %s', (_name, settings, pairs, counts) => {
  expect(dpoCounts(dpoSettingsSchema.parse(settings), pairs)).toEqual(counts);
});

test.each([
  ['float32: 4 + 8 bytes', {}, false, 3],
  ['bfloat16 with its copy: 2 + 4 + 8', {}, true, 7],
  ['bfloat16 asked for', { dtype: 'bfloat16' }, false, 7],
  ['float32 asked for on a GPU', { dtype: 'float32' }, true, 3],
  ['8 bits beside float32: 4 + 2', { optimizer: 'adamw-8bit' }, false, 1.5],
  ['8 bits beside bfloat16: 2 + 2', { optimizer: 'adamw-8bit' }, true, 2],
  ['adapters', { tuning: 'lora' }, true, 1],
] as const)('a resumable checkpoint: %s', (_name, settings, onGpu, share) => {
  expect(resumableShare(grpoSettingsSchema.parse(settings), onGpu)).toBe(share);
});

const [trainer, other, run, sibling, stranger] = ['a', 'b', 'c', 'd', 'e'].map((digit) => set.replaceAll('1', digit));
const measure = (changes: Partial<Measure>): Measure => ({
  trainerId: trainer ?? '',
  runId: run ?? '',
  base: 'tiny',
  part: 'explore',
  device: 'cpu',
  finished: true,
  seconds: 10,
  units: 100,
  ...changes,
});
const wanted = { trainerId: trainer ?? '', runId: run ?? '', base: 'tiny', device: null };
const mine = measure({ seconds: 30 });
const ofSibling = measure({ runId: sibling ?? '', seconds: 20 });
const ofStranger = measure({ runId: stranger ?? '', base: 'big', seconds: 100 });
const elsewhere = measure({ trainerId: other ?? '', seconds: 1 });

test.each<[string, readonly Measure[], { device?: string }, Partial<Speed> | null]>([
  ['of this run first', [ofSibling, mine], {}, { secondsPerUnit: 0.3, nearness: 'run', jobs: 1 }],
  ['else from the same base', [ofStranger, ofSibling], {}, { secondsPerUnit: 0.2, nearness: 'base' }],
  ['else of this trainer', [ofStranger], {}, { secondsPerUnit: 1, nearness: 'trainer' }],
  ['never of another trainer', [elsewhere], {}, null],
  ['on the wanted device alone', [measure({ device: 'cuda-0' }), mine], { device: 'cpu' }, { secondsPerUnit: 0.3 }],
  // Sums, not means of rates: 10 + 30 + 50 seconds over 300 units; the fourth is too old.
  [
    'the newest three together',
    [measure({}), mine, measure({ seconds: 50 }), measure({ seconds: 9_000 })],
    {},
    { secondsPerUnit: 0.3, jobs: 3 },
  ],
])('speed %s', (_name, measures, changes, speed) => {
  const found = pickSpeeds(measures, [], { ...wanted, ...changes }).explore;
  if (speed === null) expect(found).toBeNull();
  else expect(found).toMatchObject(speed);
});

test('greedy answers that nobody measured take the speed of sampling, and say so', () => {
  const speeds = pickSpeeds([measure({ part: 'sample', seconds: 40 })], [], wanted);
  expect(speeds.evaluate).toMatchObject({ secondsPerUnit: 0.4, instead: 'sample' });
  expect(speeds.sample).toMatchObject({ instead: null });
});

const speed = (secondsPerUnit: number): Speed => ({ secondsPerUnit, jobs: 1, nearness: 'run', instead: null });
const unknown: Speeds = { explore: null, sample: null, align: null, evaluate: null, checkpoint: null };
const input = (changes: Partial<EstimateInput>): EstimateInput => ({
  plan: planSchema.parse(planFromRecipe('whole-iteration', { questionSets: [set], heldOut: [set] })),
  questions: { explore: 100, sample: 100, evaluate: 50 },
  frozenPairs: null,
  pairsPerGroup: null,
  mostPairsPerGroup: 4,
  speeds: unknown,
  onGpu: false,
  ...changes,
});

test('without a measurement there are counts alone', () => {
  const { stages, ...sums } = estimatePlan(input({}));
  // 100 questions: a turn of 64 (512 rollouts, 8 steps) and one of 36 (288 rollouts, 5 steps); at most 400 pairs, 13 steps.
  expect(stages.map(({ stage, rollouts, steps }) => [stage, rollouts, steps])).toEqual([
    ['explore', 800, 13],
    ['align', null, 13],
    ['evaluate', 50, null],
  ]);
  expect(sums).toEqual({
    rollouts: 850,
    steps: 26,
    pairs: { count: 400, sure: 'at most' },
    seconds: null,
    unmeasured: ['explore', 'align', 'evaluate'],
    diskBytes: null,
  });
});

test('time and disk follow from what was measured', () => {
  const speeds: Speeds = {
    explore: speed(0.5),
    sample: null,
    align: speed(0.1),
    evaluate: speed(0.2),
    checkpoint: { bytes: 1_000, nearness: 'run' },
  };
  const { seconds, pairs, unmeasured, diskBytes } = estimatePlan(input({ speeds, pairsPerGroup: 1.5 }));
  expect(pairs).toEqual({ count: 150, sure: 'about' });
  // 800 × 0.5 + 150 × 0.1 + 50 × 0.2
  expect(seconds).toBeCloseTo(425);
  // Two final checkpoints; 13 and 5 steps reach no resumable one at every 50.
  expect([unmeasured, diskBytes]).toEqual([[], 2_000]);
});

test('resumable checkpoints that are kept count', () => {
  const plan = planSchema.parse({
    explore: { questionSets: [set], settings: { questionBatch: 8, checkpointEvery: 2, keepCheckpoints: 3 } },
  });
  // 100 questions by 8: 13 steps, 6 of them kept points, of which 3 stay, each 3 × 1000 bytes; and the final one.
  const speeds: Speeds = { ...unknown, checkpoint: { bytes: 1_000, nearness: 'trainer' } };
  expect(estimatePlan(input({ plan, speeds })).diskBytes).toBe(10_000);
});

test('a frozen set is counted exactly, and a limit on questions holds', () => {
  const plan = planSchema.parse({
    align: { pairSetId: set, settings: {} },
    evaluate: { questionSets: [set], mostQuestions: 20, settings: {} },
  });
  const { pairs, rollouts, steps, seconds, unmeasured } = estimatePlan(
    input({ plan, frozenPairs: 65, speeds: { ...unknown, align: speed(2) } }),
  );
  expect([pairs, rollouts, steps]).toEqual([{ count: 65, sure: 'exactly' }, 20, 3]);
  expect([seconds, unmeasured]).toEqual([130, ['evaluate']]);
});
