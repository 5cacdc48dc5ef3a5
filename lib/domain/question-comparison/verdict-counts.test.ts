import { expect, test } from 'vitest';
import type { ShownStanding } from '@/lib/domain/rollouts/row';
import { countUnverified, countVerdicts } from './verdict-counts';

const fine: ShownStanding = {
  wellFormed: true,
  correct: true,
  consistency: 'consistent',
  repetitive: false,
  lengthClass: 'in_range',
  reward: 1.5,
};
const unread: ShownStanding = {
  wellFormed: null,
  correct: null,
  consistency: null,
  repetitive: null,
  lengthClass: null,
  reward: null,
};

const counts = (standings: readonly ShownStanding[]) =>
  Object.fromEntries(
    countVerdicts(standings).flatMap(({ outcome, count }) => (count > 0 ? [[outcome.key, count]] : [])),
  );

test.each([
  ['nothing', [], {}],
  ['a good one', [fine], { correct: 1, consistent: 1 }],
  ['one without a truth is neither correct nor wrong', [{ ...fine, correct: null }], { consistent: 1 }],
  ['one that nobody has read is in no count', [unread, fine], { correct: 1, consistent: 1 }],
  [
    'faults of every check',
    [
      { ...fine, correct: false, consistency: 'inconsistent' },
      { ...fine, wellFormed: false, consistency: 'undetermined', lengthClass: 'cut_off' },
      { ...fine, repetitive: true },
    ],
    { correct: 2, wrong: 1, consistent: 1, inconsistent: 1, undetermined: 1, malformed: 1, repetitive: 1, cut_off: 1 },
  ],
] as const)('%s', (_, standings, expected) => {
  expect(counts(standings)).toEqual(expected);
});

test('those that wait for the verifier are told apart', () => {
  expect(countUnverified([unread, fine, unread])).toBe(2);
});
