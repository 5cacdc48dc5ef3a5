import { describe, expect, test } from 'vitest';
import type { Standing } from '@/lib/domain/verdict';
import { defaultVerifierSettings, type VerifierSettings } from '@/lib/domain/verifier/settings';
import { type FixtureRow, snapshotFixture } from './fixture';
import { countFlipped, flipsOf, MOST_EXAMPLES } from './flips';
import { standAll } from './stand';
import { codeOf } from './standing-code';

const under = (settings: Partial<VerifierSettings>): VerifierSettings => ({ ...defaultVerifierSettings, ...settings });

/** The flips of rows from one set of thresholds to another. */
const flipsBetween = (
  rows: readonly FixtureRow[],
  before: Partial<VerifierSettings>,
  after: Partial<VerifierSettings>,
) => {
  const snapshot = snapshotFixture(rows);
  const [now, then] = [under(before), under(after)].map((settings) => standAll(snapshot, settings).codes);
  if (now === undefined || then === undefined) return expect.unreachable();
  return flipsOf(snapshot, now, then, under(after));
};

describe('by a threshold: the nearest first', () => {
  const rows = [0.1, 0.35, 0.5, 0.32].map((repetition) => ({ repetition }));

  test('repetition, lower', () => {
    expect(flipsBetween(rows, { maxRepetition: 0.6 }, { maxRepetition: 0.3 })).toEqual([
      {
        check: 'repetition',
        from: 'not repetitive',
        to: 'repetitive',
        rollouts: 3,
        gained: 0,
        lost: 3,
        examples: [
          { row: 3, score: 0.32, gained: false, lost: true },
          { row: 1, score: 0.35, gained: false, lost: true },
          { row: 2, score: 0.5, gained: false, lost: true },
        ],
      },
    ]);
  });

  test('repetition, higher', () => {
    const [flip, ...others] = flipsBetween(rows, { maxRepetition: 0.3 }, { maxRepetition: 0.6 });
    expect(others).toEqual([]);
    expect(flip).toMatchObject({ from: 'repetitive', to: 'not repetitive', rollouts: 3, gained: 3, lost: 0 });
    expect(flip?.examples.map(({ row, gained, lost }) => [row, gained, lost])).toEqual([
      [2, true, false],
      [1, true, false],
      [3, true, false],
    ]);
  });

  test.each([
    ['minAccuracy', 'choice', 0.7, [0.5, 0.65, 0.9]],
    ['minAccuracyGraded', 'text', 0.7, [0.5, 0.65, 0.9]],
  ] as const)('accuracy by %s', (name, kind, to, scores) => {
    const own = scores.map((accuracy) => ({ accuracy, kind }));
    const flips = flipsBetween(own, { minAccuracy: 1, minAccuracyGraded: 1, [name]: 0.4 }, { [name]: to });
    expect(flips).toMatchObject([{ check: 'accuracy', from: 'correct', to: 'wrong', rollouts: 2, lost: 2, gained: 0 }]);
    expect(flips[0]?.examples.map(({ row, score }) => [row, score])).toEqual([
      [1, 0.65],
      [0, 0.5],
    ]);
  });

  test('length, by the nearer of its two thresholds; it alone makes nothing good or bad', () => {
    const own = [10, 17, 19, 4096, 5000].map((thinkTokens) => ({ thinkTokens }));
    const limits = { minThinkTokens: 20, maxThinkTokens: 4000 };
    const flips = flipsBetween(own, {}, limits);
    expect(flips.map(({ from, to, gained, lost }) => [from, to, gained, lost])).toEqual([
      ['in range', 'too short', 0, 0],
      ['in range', 'too long', 0, 0],
    ]);
    expect(flips.map(({ examples }) => examples.map(({ row, score }) => [row, score]))).toEqual([
      [
        [2, 19],
        [1, 17],
      ],
      [[3, 4096]],
    ]);
  });

  test('so many examples at most, of equal ones the first', () => {
    const many = Array.from({ length: MOST_EXAMPLES + 5 }, (_, at) => ({ repetition: at === 22 ? 0.31 : 0.4 }));
    const [flip] = flipsBetween(many, { maxRepetition: 0.6 }, { maxRepetition: 0.3 });
    expect(flip?.rollouts).toBe(MOST_EXAMPLES + 5);
    expect(flip?.examples.map(({ row }) => row)).toEqual([
      22,
      ...Array.from({ length: MOST_EXAMPLES - 1 }, (_, at) => at),
    ]);
  });
});

const good: Standing = {
  wellFormed: true,
  correct: true,
  consistency: 'consistent',
  repetitive: false,
  lengthClass: 'in_range',
  reward: null,
};
type Parts = Partial<Standing>;

/** The flips of rows from one standing to another, each as a line. */
const flipsOfStandings = (...changes: readonly (readonly [Parts, Parts])[]) => {
  const codes = ([0, 1] as const).map((side) => Uint8Array.from(changes, (pair) => codeOf({ ...good, ...pair[side] })));
  const [now, then] = codes;
  if (now === undefined || then === undefined) return expect.unreachable();
  const flips = flipsOf(snapshotFixture(changes.map(() => ({}))), now, then, defaultVerifierSettings);
  return flips.map(
    ({ check, from, to, rollouts, gained, lost }) => `${check}: ${from}, ${to}: ${rollouts} +${gained} -${lost}`,
  );
};

describe('by a standing', () => {
  test.each<[string, Parts, Parts, string[]]>([
    ['none', {}, {}, []],
    ['form lost', {}, { wellFormed: false }, ['format: well formed, malformed: 1 +0 -1']],
    ['form found', { wellFormed: false }, {}, ['format: malformed, well formed: 1 +1 -0']],
    ['no truth', {}, { correct: null }, ['accuracy: correct, not judged: 1 +0 -1']],
    ['wrong', { correct: null }, { correct: false }, ['accuracy: not judged, wrong: 1 +0 -0']],
    ['right', { correct: false }, {}, ['accuracy: wrong, correct: 1 +1 -0']],
    ['judged', { consistency: 'undetermined' }, {}, ['consistency: undetermined, consistent: 1 +1 -0']],
    ['contradicted', {}, { consistency: 'inconsistent' }, ['consistency: consistent, inconsistent: 1 +0 -1']],
    ['cut off', {}, { lengthClass: 'cut_off' }, ['length: in range, cut off: 1 +0 -1']],
    [
      'two that both count',
      { correct: false, repetitive: true },
      {},
      ['accuracy: wrong, correct: 1 +1 -0', 'repetition: repetitive, not repetitive: 1 +1 -0'],
    ],
    [
      'two that both count, the other way',
      {},
      { correct: false, repetitive: true },
      ['accuracy: correct, wrong: 1 +0 -1', 'repetition: not repetitive, repetitive: 1 +0 -1'],
    ],
    [
      'one that has no say',
      { correct: false },
      { lengthClass: 'too_long' },
      ['accuracy: wrong, correct: 1 +1 -0', 'length: in range, too long: 1 +0 -0'],
    ],
    [
      'one that has no say, the other way',
      { lengthClass: 'too_long' },
      { correct: false },
      ['accuracy: correct, wrong: 1 +0 -1', 'length: too long, in range: 1 +0 -0'],
    ],
    [
      'one for another',
      { correct: false },
      { wellFormed: false },
      ['accuracy: wrong, correct: 1 +0 -0', 'format: well formed, malformed: 1 +0 -0'],
    ],
  ])('%s', (_name, before, after, lines) => {
    expect(flipsOfStandings([before, after])).toEqual(lines);
  });

  test('by check, then by how many, then by name', () => {
    const lines = flipsOfStandings(
      [{}, { wellFormed: false }],
      [{ correct: false }, {}],
      [{}, { correct: false }],
      [{ correct: null }, {}],
      [{}, { repetitive: true }],
      [{ correct: null }, {}],
      [{}, { consistency: 'undetermined' }],
      [{}, {}],
      [{}, { lengthClass: 'too_short' }],
    );
    expect(lines).toEqual([
      'accuracy: not judged, correct: 2 +2 -0',
      'accuracy: correct, wrong: 1 +0 -1',
      'accuracy: wrong, correct: 1 +1 -0',
      'consistency: consistent, undetermined: 1 +0 -1',
      'repetition: not repetitive, repetitive: 1 +0 -1',
      'length: in range, too short: 1 +0 -0',
      'format: well formed, malformed: 1 +0 -1',
    ]);
  });

  test('examples of what no score decides keep the order of rows, at a score of nought', () => {
    const codes = [good, good].map(codeOf);
    const bad = [good, good].map((standing) => codeOf({ ...standing, consistency: 'inconsistent' }));
    const [flip] = flipsOf(snapshotFixture([{}, {}]), Uint8Array.from(codes), Uint8Array.from(bad), under({}));
    expect(flip?.examples).toEqual([
      { row: 0, score: 0, gained: false, lost: true },
      { row: 1, score: 0, gained: false, lost: true },
    ]);
  });

  test('rows that differ are counted', () => {
    expect(countFlipped(Uint8Array.of(1, 2, 3), Uint8Array.of(1, 3, 2))).toBe(2);
    expect(countFlipped(new Uint8Array(0), new Uint8Array(0))).toBe(0);
  });
});
