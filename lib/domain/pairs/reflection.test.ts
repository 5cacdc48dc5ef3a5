import { describe, expect, test } from 'vitest';
import type { Standing } from '@/lib/domain/verdict';
import type { PairCandidate } from './candidate';
import { canCloseReflection, canOpenReflection, composeReflection } from './reflection';

const wrong: Standing = {
  wellFormed: true,
  correct: false,
  consistency: 'consistent',
  repetitive: false,
  lengthClass: 'in_range',
  reward: 0.5,
};
const candidate = (thinking: string | null, answer: string | null): PairCandidate => ({
  rolloutId: 'r',
  sample: 1,
  response: '',
  thinking,
  answer,
  concluded: null,
  standing: wrong,
  thinkTokens: 10,
});

test.each([
  ['wrong, with thinking', 'Left.', wrong, true],
  ['no thinking', null, wrong, false],
  ['only space', ' \n', wrong, false],
  ['right', 'Left.', { ...wrong, correct: true }, false],
] as const)('opens a reflection: %s', (_name, thinking, standing, can) => {
  expect(canOpenReflection({ standing, thinking })).toBe(can);
});

test.each([
  ['thinking and answer', 'Left.', 'B', true],
  ['no answer', 'Left.', null, false],
  ['only space for an answer', 'Left.', ' ', false],
  ['no thinking', null, 'B', false],
  ['only space for thinking', '\n', 'B', false],
] as const)('closes a reflection: %s', (_name, thinking, answer, can) => {
  expect(canCloseReflection({ thinking, answer })).toBe(can);
});

describe('a composed chain', () => {
  test('holds the parts without the space around them, and says where the bridge is', () => {
    const composed = composeReflection(candidate(' Left. \n', 'A'), candidate('\n\nRight.', ' B '), 'Wait.');
    const text = '<think>\nLeft.\n\nWait.\n\nRight.\n</think>\n<answer>B</answer>';
    expect(composed).toEqual({ text, seam: { bridgeStart: 15, bridgeEnd: 20 } });
    expect(text.slice(15, 20)).toBe('Wait.');
  });

  test.each([
    ['the wrong thinking', candidate(null, 'A'), candidate('Right.', 'B')],
    ['the right thinking', candidate('Left.', 'A'), candidate(' ', 'B')],
    ['the right answer', candidate('Left.', 'A'), candidate('Right.', null)],
  ])('is none without %s', (_name, opening, closing) => {
    expect(composeReflection(opening, closing, 'Wait.')).toBeUndefined();
  });

  test('the wrong answer is no part of it', () => {
    expect(composeReflection(candidate('Left.', null), candidate('Right.', 'B'), 'Wait.')).toBeDefined();
  });
});
