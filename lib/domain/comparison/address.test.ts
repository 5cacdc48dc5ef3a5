import { describe, expect, test } from 'vitest';
import type { Stage } from '@/lib/domain/rollout';
import type { SliceSummary } from '@/lib/domain/slices/slice';
import { parseComparisonAsked } from './asked';
import { formatFlipCursor, formatFlipPlace, parseFlipCursor, parseFlipPlace } from './flips-asked';
import { suggestComparisons } from './suggest';

const RUN = '0b0f5a52-54a2-4f0e-8f4c-0d9c5f3a7a11';
const QUESTION = '1b0f5a52-54a2-4f0e-8f4c-0d9c5f3a7a11';

test('a comparison is asked by two slices or more', () => {
  const params = new URLSearchParams(`slice=${RUN}.0.eval&slice=${RUN}.2.eval&kind=choice&x=y`);
  expect(parseComparisonAsked(params)).toEqual({
    slices: [
      { runId: RUN, k: 0, stage: 'eval' },
      { runId: RUN, k: 2, stage: 'eval' },
    ],
    narrow: { set: [], kind: ['choice'] },
  });
  expect(() => parseComparisonAsked(new URLSearchParams(`slice=${RUN}.0.eval`))).toThrow('at least two');
});

describe('an open list of flips', () => {
  const place = { other: { runId: RUN, k: 2, stage: 'eval' }, aspect: 'accuracy', from: 'fails', to: 'holds' } as const;
  test('comes back as it went', () => expect(parseFlipPlace(formatFlipPlace(place))).toEqual(place));
  test.each([
    ['nothing', null],
    ['no slice', 'x~accuracy~fails~holds'],
    ['no aspect', `${RUN}.2.eval~reward~fails~holds`],
    ['no outcome', `${RUN}.2.eval~accuracy~wrong~holds`],
    ['something behind it', `${RUN}.2.eval~accuracy~fails~holds~x`],
  ])('%s is none', (_name, text) => expect(parseFlipPlace(text)).toBeNull());
});

describe('the end of a page', () => {
  test.each([0, 1, 0.75, 1 / 3, 1e-7])('%d comes back as it went', (moved) => {
    const cursor = { moved, questionId: QUESTION };
    expect(parseFlipCursor(formatFlipCursor(cursor))).toEqual(cursor);
  });
  test.each([null, '', '1', `x~${QUESTION}`, '0.5~x', `0.5~${QUESTION}~x`, `-1~${QUESTION}`, `1e999~${QUESTION}`])(
    '%s is none, or harmless',
    (text) => {
      const cursor = parseFlipCursor(text);
      expect(cursor === undefined || cursor.moved >= 0).toBe(true);
      if (!text?.startsWith('1e999')) expect(cursor).toBeUndefined();
    },
  );
});

const summary = (k: number, stage: Stage): SliceSummary => ({
  runId: RUN,
  k,
  stage,
  runName: 'shapes',
  iterationId: RUN,
  rollouts: 1,
  sets: [],
  kinds: [],
  seed: null,
  afterDpo: null,
});

test.each([
  [
    'a whole loop',
    [summary(0, 'eval'), summary(1, 'grpo'), summary(1, 'eval'), summary(2, 'grpo'), summary(2, 'eval')],
    ['Eval 0 → Eval 2 of shapes', 'Eval 0 → Eval 1 → Eval 2 of shapes', 'GRPO 1 → GRPO 2 of shapes'],
  ],
  ['two evaluations', [summary(0, 'eval'), summary(1, 'eval')], ['Eval 0 → Eval 1 of shapes']],
  ['different stages', [summary(0, 'activation'), summary(1, 'grpo')], ['Activation 0 → GRPO 1 of shapes']],
  ['one slice', [summary(0, 'eval')], []],
  ['none', [], []],
])('of %s comparisons are suggested', (_name, summaries, names) => {
  expect(suggestComparisons(summaries).map(({ name }) => name)).toEqual(names);
});
