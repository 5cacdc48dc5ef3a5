import { describe, expect, test } from 'vitest';
import type { PairType } from '@/lib/domain/pair';
import { countIncomparable, longerWins, pairVoices } from './pair-share';
import type { PairCell } from './schema';

const ways = (longer: number, shorter: number, tied: number) => ({ longer, shorter, tied });
const cell = (
  type: PairType,
  fate: PairCell['fate'],
  decider: PairCell['decider'],
  proposed: PairCell['proposed'],
  now: PairCell['now'] = proposed,
  pairs = proposed.longer + proposed.shorter + proposed.tied,
): PairCell => ({ slice: 0, type, fate, decider, pairs, proposed, now });

const cells = [
  cell('accuracy', 'undecided', 'nobody', ways(10, 5, 1)),
  cell('accuracy', 'kept', 'person', ways(3, 4, 0)),
  cell('accuracy', 'swapped', 'person', ways(2, 1, 0), ways(1, 2, 0)),
  cell('accuracy', 'replaced', 'person', ways(1, 0, 0), ways(0, 0, 1), 2),
  cell('accuracy', 'rejected', 'person', ways(7, 1, 0)),
  cell('accuracy', 'kept', 'policy', ways(20, 30, 2)),
  cell('accuracy', 'rejected', 'policy', ways(1, 1, 1)),
  cell('length', 'kept', 'person', ways(9, 0, 0)),
  cell('reflection', 'undecided', 'nobody', ways(0, 0, 0), ways(0, 0, 0), 6),
];

describe('how often the longer side wins', () => {
  test.each([
    ['proposed', ways(44, 42, 4)],
    ['people', ways(4, 6, 1)],
    ['refused', ways(7, 1, 0)],
    ['policy', ways(20, 30, 2)],
  ] as const)('as %s has it', (voice, said) => {
    expect(longerWins(cells, voice, ['accuracy', 'consistency'])).toEqual(said);
  });

  test('each type for itself, and nothing of none', () => {
    expect(longerWins(cells, 'people', ['length'])).toEqual(ways(9, 0, 0));
    for (const voice of pairVoices) expect(longerWins([], voice, ['accuracy'])).toEqual(ways(0, 0, 0));
  });

  test('what is composed or edited compares to nothing', () => {
    expect(countIncomparable(cells)).toBe(1 + 6);
  });
});
