import { expect, test } from 'vitest';
import { planSchema } from './plan';
import { gateText, planParts } from './plan-summary';
import { planFromRecipe } from './recipes';

const SET = '0b9f2d6e-6a57-4c0e-9f0c-4c8a4c1f7a11';
const usual = planFromRecipe('whole-iteration', { questionSets: [SET], heldOut: [SET] });
const partsOf = (plan: unknown) => planParts(planSchema.parse(plan));

test('a plan by the recipe has nothing chosen, and every setting is told', () => {
  const parts = partsOf(usual);
  expect(parts.map(({ stage, chosen }) => [stage, chosen])).toEqual([
    ['explore', []],
    ['align', []],
    ['evaluate', []],
  ]);
  expect(parts[0]?.asUsual.map(({ path }) => path)).toContain('explore.settings.frames.maxFrames');
});

test.each([
  ['a rate as people write it', { learningRate: 0.002 }, 'Learning rate', '0.002', '1e-6'],
  ['a switch', { freezeVisual: true }, undefined, 'yes', 'no'],
  ['a setting of the frames', { frames: { maxFrames: 8 } }, undefined, /^8\b/, /^768\b/],
] as const)('chosen: %s', (_name, settings, label, value, was) => {
  const [explore] = partsOf({
    ...usual,
    explore: { ...usual.explore, questionSets: [SET], settings: { ...usual.explore?.settings, ...settings } },
  });
  expect(explore?.chosen).toHaveLength(1);
  const line = explore?.chosen[0];
  if (label) expect(line?.label).toBe(label);
  expect(line?.value).toMatch(value);
  expect(line?.usual).toMatch(was);
});

test.each([
  [{ policy: 'review_all' }, 'People decide every pair.'],
  [{ policy: 'review_sample', count: 1200 }, 'People decide a drawn sample of 1,200; the policy approves the rest.'],
  [{ policy: 'auto_approve' }, 'The policy approves every pair; nobody looks.'],
] as const)('gate: %o', (gate, expected) => {
  expect(gateText(gate)).toBe(expected);
});
