import { describe, expect, test } from 'vitest';
import { arePartners, familiesOf, type PlannedRun, seedOf, turnKey } from './families';

const [A, B, C] = ['run a', 'run b', 'run c'];
const base = { source: 'local', name: 'base' };
const plan = (seed: number, change: Record<string, unknown> = {}) => ({
  seed,
  device: null,
  explore: { stage: 'grpo', questionSets: ['s2', 's1'], settings: { learningRate: 1e-6, epochs: 2 } },
  align: null,
  ...change,
});
const run = (id: string, plans: readonly unknown[], change: Partial<PlannedRun> = {}): PlannedRun => ({
  id,
  base,
  turns: plans.map((one, k) => ({ k, plan: one, startStage: k === 0 ? 'base' : 'grpo' })),
  ...change,
});
const family = (runs: readonly PlannedRun[], id: string, k = 0) => familiesOf(runs).get(turnKey(id, k));

describe('families of seeds', () => {
  test('plans that differ in the seed alone, whatever the order of their keys', () => {
    const { seed, ...rest } = plan(1);
    const runs = [run(A, [plan(0)]), run(B, [{ ...Object.fromEntries(Object.entries(rest).toReversed()), seed }])];
    expect(family(runs, A)).toBe(0);
    expect(family(runs, B)).toBe(0);
  });

  test('the device changes where it is learnt, and not what', () => {
    const runs = [run(A, [plan(0, { device: 'cuda:0' })]), run(B, [plan(1, { device: 'cuda:1' })])];
    expect(family(runs, B)).toBe(family(runs, A));
    expect(family(runs, A)).toBeDefined();
  });

  test.each([
    ['another learning rate', run(B, [plan(1, { explore: { settings: { learningRate: 2e-6 } } })])],
    ['DPO after it', run(B, [plan(1, { align: { pairSetId: null } })])],
    ['another base', run(B, [plan(1)], { base: { source: 'local', name: 'other' } })],
    ['a base that nobody knows', run(B, [plan(1)], { base: null })],
    ['rollouts without a plan', run(B, [null])],
    ['the same seed again, which is no other draw', run(B, [plan(0)])],
    ['another start', run(B, [plan(1)], { turns: [{ k: 0, plan: plan(1), startStage: 'dpo' }] })],
  ])('%s makes no family', (_name, other) => {
    const runs = [run(A, [plan(0)]), other];
    expect(family(runs, A)).toBeUndefined();
    expect(family(runs, B)).toBeUndefined();
  });

  test('a difference in an earlier iteration parts all that come after it', () => {
    const runs = [run(A, [plan(0), plan(0)]), run(B, [plan(1, { instruction: 'Think' }), plan(1)])];
    expect(familiesOf(runs).size).toBe(0);
  });

  test('a run that has not come as far is of the family as far as it came', () => {
    const runs = [run(A, [plan(0), plan(0)]), run(B, [plan(1)]), run(C, [plan(2), plan(2)])];
    expect([A, B, C].map((id) => family(runs, id, 0))).toEqual([0, 0, 0]);
    expect([A, B, C].map((id) => family(runs, id, 1))).toEqual([1, undefined, 1]);
  });

  test('of two runs with one seed only the first stands with the others', () => {
    const runs = [run(A, [plan(0)]), run(B, [plan(0)]), run(C, [plan(1)])];
    expect([A, B, C].map((id) => family(runs, id))).toEqual([0, undefined, 0]);
  });
});

test('what is no plan has no seed', () => {
  expect([seedOf(plan(3)), seedOf(null), seedOf({ seed: 'x' })]).toEqual([3, null, null]);
});

describe('partners', () => {
  const aligned = run(A, [plan(0), plan(0)], {
    turns: [
      { k: 0, plan: plan(0, { align: {} }), startStage: 'base' },
      { k: 1, plan: plan(0), startStage: 'dpo' },
    ],
  });
  const alone = run(B, [plan(0), plan(0)]);

  test('the same questions, with and without DPO before the second GRPO', () => {
    expect(arePartners(aligned, alone)).toBe(true);
    expect(arePartners(alone, aligned)).toBe(true);
  });

  test('the order of the sets does not matter', () => {
    const turned = plan(0, { explore: { stage: 'grpo', questionSets: ['s1', 's2'] } });
    expect(arePartners(aligned, run(B, [turned, turned]))).toBe(true);
  });

  test.each([
    ['itself', aligned],
    ['both without DPO', run(C, [plan(1)])],
    ['not come to the second GRPO', run(C, [plan(0)])],
    ['another base', run(C, [plan(0), plan(0)], { base: 'other' })],
    ['no base', run(C, [plan(0), plan(0)], { base: null })],
    ['other questions', run(C, [plan(0), plan(0, { explore: { stage: 'grpo', questionSets: ['s3'] } })])],
    ['imported', run(C, [null, null])],
  ])('%s is none', (_name, other) => {
    expect(arePartners(aligned, other)).toBe(false);
  });
});
