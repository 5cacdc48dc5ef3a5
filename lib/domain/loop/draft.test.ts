import { expect, test } from 'vitest';
import {
  changedPaths,
  type Defaults,
  type Draft,
  type DraftAct,
  planDefaults,
  recipeDefaults,
  reduceDraft,
  startDraft,
  textOf,
} from './draft';
import { checkDraft } from './draft-plan';
import { planSchema } from './plan';
import { planFromRecipe, recipeIds } from './recipes';

const train = '11111111-1111-4111-8111-111111111111';
const heldOut = '22222222-2222-4222-8222-222222222222';
const frozen = '33333333-3333-4333-8333-333333333333';

const whole = recipeDefaults('whole-iteration');
const after = (defaults: Defaults, acts: readonly DraftAct[]): Draft => acts.reduce(reduceDraft, startDraft(defaults));
const choose = (stage: 'explore' | 'sample' | 'evaluate', id: string): DraftAct => ({
  type: 'set',
  stage,
  id,
  on: true,
});
const type = (path: string, text: string, defaults = whole): DraftAct => ({ type: 'text', path, text, defaults });
const data = [choose('explore', train), choose('evaluate', heldOut)] as const;

test.each(recipeIds)('%s: an untouched form launches the recipe', (id) => {
  const defaults = recipeDefaults(id);
  const draft = after(defaults, [...data, choose('sample', train)]);
  const recipe = planSchema.parse(planFromRecipe(id, { questionSets: [train], heldOut: [heldOut] }));
  expect(checkDraft(draft, defaults)).toEqual({ plan: recipe, problems: {} });
});

test('an untouched form repeats the previous plan', () => {
  const plan = planSchema.parse({
    ...planFromRecipe('whole-iteration', { questionSets: [train], heldOut: [heldOut] }),
    seed: 7,
    device: 'cuda-0',
    instruction: 'Think first.',
    curate: { gate: { policy: 'review_sample', count: 12 } },
  });
  const defaults = planDefaults({ ...plan, explore: plan.explore && { ...plan.explore, mostQuestions: 40 } });
  const checked = checkDraft(startDraft(defaults), defaults);
  expect(checked.problems).toEqual({});
  expect(checked.plan).toEqual({ ...plan, explore: plan.explore && { ...plan.explore, mostQuestions: 40 } });
});

test.each<[string, readonly DraftAct[], Record<string, string>]>([
  [
    'no data',
    [],
    {
      'explore.questionSets': 'Choose a question set',
      'evaluate.questionSets': 'Choose a question set',
    },
  ],
  [
    'a number out of bounds',
    [...data, type('explore.settings.learningRate', '2')],
    {
      'explore.settings.learningRate': 'Learning rate must be more than 0, at most 1',
    },
  ],
  ['no number', [...data, type('align.settings.beta', '')], { 'align.settings.beta': 'DPO β needs a number' }],
  [
    'a torn group',
    [...data, type('explore.settings.globalBatch', '65')],
    {
      'explore.settings.globalBatch':
        'The global batch is no multiple of the samples per question, so that a group would be torn apart',
    },
  ],
  [
    'frames the wrong way round',
    [...data, type('explore.settings.frames.minFrames', '900')],
    {
      'explore.settings.frames.minFrames': 'The fewest frames are more than the most',
    },
  ],
  [
    'DPO without pairs',
    [...data, { type: 'stage', stage: 'curate', on: false }],
    {
      'align.pairSetId':
        'DPO learns either from the pairs of this iteration, or from an earlier frozen set: choose one',
    },
  ],
  [
    'pairs of nothing',
    [choose('evaluate', heldOut), { type: 'stage', stage: 'explore', on: false }],
    {
      curate: 'There are no rollouts to make pairs of: add GRPO or sampling',
    },
  ],
  [
    'a field of a stage that is off',
    [...data, { type: 'stage', stage: 'evaluate', on: false }, type('evaluate.settings.maxNewTokens', 'many')],
    {},
  ],
])('%s', (_name, acts, problems) => {
  const checked = checkDraft(after(whole, acts), whole);
  expect(checked.problems).toEqual(problems);
  expect(checked.plan === null).toBe(Object.keys(problems).length > 0);
});

test('what is typed is kept and marked; the default typed again is no change', () => {
  const path = 'explore.settings.learningRate';
  const typed = after(whole, [type(path, '1e-')]);
  expect([textOf(typed, whole, path), changedPaths(typed, 'explore'), changedPaths(typed, 'align')]).toEqual([
    '1e-',
    [path],
    [],
  ]);
  const back = reduceDraft(typed, type(path, '1e-6'));
  expect([textOf(back, whole, path), changedPaths(back, 'explore')]).toEqual(['1e-6', []]);
  const reset = reduceDraft(typed, { type: 'reset', paths: [path] });
  expect(reset.texts).toEqual({});
});

test('an emptied limit means no limit', () => {
  const draft = after(whole, [...data, type('explore.settings.maxSteps', '30'), type('explore.mostQuestions', '8')]);
  expect(checkDraft(draft, whole).plan?.explore).toMatchObject({ mostQuestions: 8, settings: { maxSteps: 30 } });
  const emptied = reduceDraft(draft, type('explore.settings.maxSteps', ''));
  expect(checkDraft(emptied, whole).plan?.explore?.settings.maxSteps).toBeNull();
});

test('another recipe keeps the data and the place, and drops what was typed', () => {
  const next = recipeDefaults('group-slow-search-next');
  const draft = after(whole, [
    ...data,
    type('explore.settings.learningRate', '1'),
    { type: 'place', device: 'cpu' },
    { type: 'base', defaults: next },
  ]);
  const { plan } = checkDraft(draft, next);
  expect(plan).toMatchObject({ device: 'cpu', align: null, explore: { questionSets: [train] } });
  expect(plan?.explore?.settings.learningRate).toBe(5e-7);
});

test('a frozen set takes the place of this iteration’s pairs, and the other way round', () => {
  const chosen = after(whole, [...data, { type: 'pairSet', id: frozen }]);
  expect(checkDraft(chosen, whole).plan).toMatchObject({ curate: null, align: { pairSetId: frozen } });
  const own = reduceDraft(chosen, { type: 'stage', stage: 'curate', on: true });
  expect(checkDraft(own, whole).plan).toMatchObject({ curate: { gate: {} }, align: { pairSetId: null } });
});

test('the curriculum goes with GRPO, and sampling takes over its questions', () => {
  const draft = after(whole, [
    ...data,
    { type: 'stage', stage: 'sample', on: true },
    { type: 'stage', stage: 'explore', on: false },
  ]);
  expect(checkDraft(draft, whole).plan).toMatchObject({
    explore: null,
    curriculum: null,
    sample: { questionSets: [train] },
  });
});

test('a sample for review says how many', () => {
  const draft = after(whole, [...data, { type: 'policy', policy: 'review_sample' }, type('curate.gate.count', '10')]);
  expect(checkDraft(draft, whole).plan?.curate?.gate).toEqual({ policy: 'review_sample', count: 10 });
});
