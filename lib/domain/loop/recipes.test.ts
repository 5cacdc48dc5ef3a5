import { expect, test } from 'vitest';
import { planSchema } from './plan';
import { planFromRecipe, type RecipeId, recipeIds, recipeOf, recipes } from './recipes';

const train = '11111111-1111-4111-8111-111111111111';
const heldOut = '22222222-2222-4222-8222-222222222222';
const frozen = '33333333-3333-4333-8333-333333333333';

const planOf = (id: RecipeId, more: { heldOut?: string[]; pairSetId?: string } = {}) =>
  planSchema.parse(planFromRecipe(id, { questionSets: [train], ...more }));

// The published table of recipes, column by column.
test.each([
  ['reasoning-activation', { stage: 'activation', globalBatch: 128, questionBatch: 64, learningRate: 1e-6 }],
  ['group-slow-search', { stage: 'grpo', globalBatch: 64, questionBatch: 64, learningRate: 1e-6 }],
  ['group-slow-search-next', { stage: 'grpo', globalBatch: 64, questionBatch: 64, learningRate: 5e-7 }],
] as const)('%s explores as published', (id, published) => {
  const { explore, align } = planOf(id);
  const { globalBatch, questionBatch, learningRate, samplesPerQuestion, temperature } = explore?.settings ?? {};
  expect({ stage: explore?.stage, globalBatch, questionBatch, learningRate }).toEqual(published);
  expect([samplesPerQuestion, temperature, align]).toEqual([8, 1, null]);
});

test('pair-fast-align aligns as published', () => {
  const { explore, align } = planOf('pair-fast-align');
  const { globalBatch, learningRate, beta } = align?.settings ?? {};
  expect([explore, globalBatch, learningRate, beta]).toEqual([null, 32, 5e-7, 0.1]);
});

test.each<[string, RecipeId, { heldOut?: string[]; pairSetId?: string }, string[]]>([
  ['activation alone', 'reasoning-activation', {}, ['explore']],
  ['a search', 'group-slow-search', {}, ['explore', 'curriculum']],
  ['aligning samples for its pairs', 'pair-fast-align', {}, ['sample', 'curate', 'align']],
  ['aligning on a frozen set samples nothing', 'pair-fast-align', { pairSetId: frozen }, ['align']],
  ['a search goes on', 'group-slow-search-next', {}, ['explore', 'curriculum']],
  ['everything', 'whole-iteration', { heldOut: [heldOut] }, ['explore', 'curate', 'align', 'evaluate', 'curriculum']],
  ['everything without held-out sets', 'whole-iteration', {}, ['explore', 'curate', 'align', 'curriculum']],
])('%s', (_name, id, more, stages) => {
  const plan = planOf(id, more);
  const { explore, sample, curate, align, evaluate, curriculum } = plan;
  const parts = { explore, sample, curate, align, evaluate, curriculum };
  expect(Object.entries(parts).flatMap(([name, part]) => (part ? [name] : []))).toEqual(stages);
});

test('a whole iteration takes its parts from the two published recipes', () => {
  const whole = planOf('whole-iteration');
  expect(whole.explore?.settings).toEqual(planOf('group-slow-search').explore?.settings);
  expect(whole.align?.settings).toEqual(planOf('pair-fast-align').align?.settings);
  expect(whole.curriculum).toEqual({ discard: 0.8 });
});

test('a person decides the pairs unless somebody says otherwise', () => {
  expect(planOf('whole-iteration').curate?.gate).toEqual({ policy: 'review_all' });
});

test('every id has its recipe, and the other way round', () => {
  expect(recipes.map(({ id }) => id).sort()).toEqual([...recipeIds].sort());
  expect(recipeIds.map((id) => recipeOf(id).id)).toEqual([...recipeIds]);
});
