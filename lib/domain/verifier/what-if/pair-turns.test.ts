import { expect, test } from 'vitest';
import { defaultPairSettings } from '@/lib/domain/pairs/settings';
import type { Standing } from '@/lib/domain/verdict';
import { bitsOf, FAULTY, GOOD, OPENS, OTHERWISE, TOO_LONG, WRONG } from './pair-bits';
import { runsOut, TYPES, takeTurns } from './pair-turns';
import { pairYieldOf } from './summary';

test.each([
  [3, 0, 4, false],
  [3, 1, 2, false],
  [3, 1, 3, true],
  [3, 2, 2, true],
  [2, 1, 1, false],
])('%d couples of which others take %d, %d wanted: they run out: %s', (couples, taken, most, expected) => {
  expect(runsOut(couples, taken, most)).toBe(expected);
});

// Accuracy, consistency, penalty, reflection, length.
test.each<[string, number[], number, number, number[]]>([
  ['one of each in turn', [5, 5, 5, 5, 5], 5, 2, [1, 1, 1, 1, 1]],
  ['a second round', [5, 5, 5, 5, 5], 7, 2, [2, 2, 1, 1, 1]],
  ['the fewest first', [9, 8, 7, 6, 5], 3, 2, [0, 0, 1, 1, 1]],
  ['equals in order', [5, 4, 5, 4, 5], 3, 2, [1, 1, 0, 1, 0]],
  ['no more than there are', [1, 0, 2, 0, 9], 9, 4, [1, 0, 2, 0, 4]],
  ['no more than a type may give', [9, 9, 0, 0, 0], 9, 2, [2, 2, 0, 0, 0]],
  ['none', [0, 0, 0, 0, 0], 9, 2, [0, 0, 0, 0, 0]],
])('turns: %s', (_name, sizes, maxPerQuestion, maxPerTypePerQuestion, expected) => {
  const into = new Uint8Array(2 * TYPES);
  takeTurns(Int32Array.from(sizes), { ...defaultPairSettings, maxPerQuestion, maxPerTypePerQuestion }, into, TYPES);
  expect([...into]).toEqual([0, 0, 0, 0, 0, ...expected]);
});

const good: Standing = {
  wellFormed: true,
  correct: true,
  consistency: 'consistent',
  repetitive: false,
  lengthClass: 'in_range',
  reward: null,
};

test.each<[string, Partial<Standing>, number]>([
  ['good', {}, GOOD],
  ['good and long', { lengthClass: 'too_long' }, GOOD + TOO_LONG],
  ['wrong', { correct: false }, WRONG + OPENS],
  ['wrong and long', { correct: false, lengthClass: 'too_long' }, WRONG + OPENS + TOO_LONG],
  ['of two minds', { consistency: 'inconsistent' }, OTHERWISE],
  ['of an unknown mind', { consistency: 'undetermined' }, 0],
  ['repetitive', { repetitive: true }, FAULTY],
  ['malformed', { wellFormed: false }, FAULTY],
  ['cut off', { lengthClass: 'cut_off' }, FAULTY],
  ['not judged', { correct: null }, 0],
])('the rules of pairs see what is %s', (_name, parts, bits) => {
  expect(bitsOf({ ...good, ...parts }, defaultPairSettings)).toBe(bits);
});

test('pairs are summed by type, and the groups that give one are counted', () => {
  expect(pairYieldOf(Uint8Array.of(1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1, 3, 0, 4, 5))).toEqual({
    byType: { accuracy: 2, consistency: 3, penalty: 2, reflection: 4, length: 5 },
    groups: 2,
  });
  expect(pairYieldOf(new Uint8Array(0)).groups).toBe(0);
});
