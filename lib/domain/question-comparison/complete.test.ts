import { expect, test } from 'vitest';
import { stageSchema } from '@/lib/domain/rollout';
import { sliceName } from '@/lib/domain/slices/slice';
import { completeSides } from './complete';

const NEW = '0b0f5a52-54a2-4f0e-8f4c-0d9c5f3a7a11';
const OLD = '1c1f5a52-54a2-4f0e-8f4c-0d9c5f3a7a22';

const slice = (text: string, runId = NEW) => {
  const [stage, k] = text.split(' ');
  return { runId, k: Number(k), stage: stageSchema.parse(stage) };
};
const slices = (...texts: string[]) => texts.map((text) => slice(text));

test.each([
  [
    'two that were asked for stay, in their order',
    ['eval 2', 'eval 0'],
    ['eval 0', 'eval 1', 'eval 2'],
    ['Eval 2', 'Eval 0'],
    0,
    1,
  ],
  [
    'no more than four',
    ['eval 0', 'eval 1', 'eval 2', 'eval 3', 'eval 4'],
    [],
    ['Eval 0', 'Eval 1', 'Eval 2', 'Eval 3'],
    0,
    1,
  ],
  [
    'none: the stage that most slices are of, the first beside the last',
    [],
    ['eval 0', 'grpo 1', 'eval 1', 'eval 2'],
    ['Eval 0', 'Eval 1', 'Eval 2'],
    0,
    2,
  ],
  [
    'one: its stage, the one before at the left',
    ['eval 2'],
    ['eval 0', 'grpo 1', 'eval 1', 'eval 2'],
    ['Eval 0', 'Eval 1', 'Eval 2'],
    1,
    2,
  ],
  ['the first one: it stands at the left', ['grpo 1'], ['grpo 1', 'grpo 2'], ['GRPO 1', 'GRPO 2'], 0, 1],
  ['alone of its stage: whatever the run has', ['grpo 1'], ['eval 0', 'grpo 1'], ['Eval 0', 'GRPO 1'], 0, 1],
  [
    'in a long run those around it',
    ['grpo 7'],
    Array.from({ length: 9 }, (_, k) => `grpo ${k}`),
    ['GRPO 5', 'GRPO 6', 'GRPO 7', 'GRPO 8'],
    1,
    2,
  ],
  [
    'one that was not asked stands beside those that were',
    ['grpo 9'],
    ['grpo 1', 'grpo 2'],
    ['GRPO 9', 'GRPO 1', 'GRPO 2'],
    0,
    1,
  ],
  ['the only one there is', ['eval 0'], ['eval 0'], ['Eval 0'], 0, 0],
  ['nobody was asked', [], [], [], 0, 0],
] as const)('%s', (_, wanted, asked, names, left, right) => {
  const sides = completeSides(slices(...wanted), slices(...asked));
  expect(sides.slices.map(sliceName)).toEqual(names);
  expect([sides.left, sides.right]).toEqual([left, right]);
});

test('alone in its run: the same stage of other runs', () => {
  const asked = [slice('eval 0'), slice('grpo 1', OLD), slice('eval 3', OLD)];
  expect(completeSides([slice('eval 0')], asked).slices).toEqual([slice('eval 0'), slice('eval 3', OLD)]);
});
