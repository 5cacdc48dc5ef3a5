import { describe, expect, test } from 'vitest';
import { countFlips, listFlips } from './flips';
import { type Column, columnAt, columns, definitions, metrics, ratioOf } from './metrics';
import { outcomeOf, votesAt } from './outcome';
import { figureOf, metricOver, pairQuestions, rowsAt, sharedPlaces, type Total, WIDTH } from './tallies';

/** Rows of a side; an empty one was not asked. */
const side = (...rows: readonly Partial<Record<Column, number>>[]): Float64Array => {
  const values = new Float64Array(rows.length * WIDTH);
  for (const [at, row] of rows.entries()) {
    const whole = Object.keys(row).length === 0 ? row : { rollouts: 4, ...row };
    for (const column of columns) values[at * WIDTH + columnAt(column)] = whole[column] ?? 0;
  }
  return values;
};
const votes = (correct: number, judged = 4) => ({ correct, judged });
const asked = (count: number) => Array.from({ length: count }, () => ({ rollouts: 1 }));
const unasked = (count: number) => Array.from({ length: count }, () => ({}));
const all = (values: Float64Array) => Array.from({ length: values.length / WIDTH }, (_, at) => at);

test('every metric is a sum over a count of the columns', () => {
  for (const metric of metrics) {
    const { over, of } = ratioOf(metric);
    expect([columns[over], columns[of]]).toEqual([definitions[metric].over, definitions[metric].of]);
  }
  expect(new Set(columns.map(columnAt)).size).toBe(WIDTH);
});

describe('an outcome', () => {
  test.each([
    ['nothing to tell by', 0, 0, 'unknown'],
    ['none of one', 0, 1, 'fails'],
    ['one of one', 1, 1, 'holds'],
    ['half', 4, 8, 'split'],
    ['one more than half', 5, 8, 'holds'],
    ['one less than half', 3, 8, 'fails'],
  ] as const)('%s', (_name, holds, of, outcome) => expect(outcomeOf({ holds, of })).toBe(outcome));

  test('reads right from the correct, consistent from the decided', () => {
    const values = side({ correct: 3, judged: 4, decided: 5, inconsistent: 1 });
    expect(votesAt(values, 0, 'accuracy')).toEqual({ holds: 3, of: 4 });
    expect(votesAt(values, 0, 'consistency')).toEqual({ holds: 4, of: 5 });
  });
});

describe('questions are paired', () => {
  const [few, many] = [19, 20];
  test.each([
    ['over those that both have', many, 5, 5, true],
    ['not over too few of many', few, 30, 30, false],
    ['over few where neither has another', few, 0, 0, true],
    ['not over less than half of the smaller side', many, 21, 100, false],
    ['over half of the smaller side', many, 20, 100, true],
    ['not over none', 0, 3, 3, false],
  ])('%s', (_name, both, onBase, onOther, paired) => {
    const base = side(...asked(both), ...asked(onBase), ...unasked(onOther));
    const other = side(...asked(both), ...unasked(onBase), ...asked(onOther));
    const found = pairQuestions(base, other, all(base));
    expect(found.pairing).toEqual({ paired, shared: both, base: both + onBase, other: both + onOther });
    expect(found.base).toHaveLength(paired ? both : both + onBase);
    expect(found.other).toHaveLength(paired ? both : both + onOther);
    expect(sharedPlaces(base, other)).toHaveLength(both);
  });
});

test('a metric over rows, and over rows without any', () => {
  const values = side(votes(1), votes(4), votes(3, 3));
  expect(metricOver(rowsAt(values, Int32Array.of(0, 2)), 'correct')).toBe(4 / 7);
  expect(metricOver(rowsAt(values, new Int32Array()), 'correct')).toBeNull();
  expect(metricOver(rowsAt(values, Int32Array.of(1)), 'inconsistent')).toBeNull();
});

describe('figures of a slice', () => {
  const zeros: Record<Column, number> = {
    rollouts: 10,
    scored: 0,
    judged: 0,
    correct: 0,
    decided: 0,
    inconsistent: 0,
    rightConsistent: 0,
    readRepetition: 0,
    repetitive: 0,
    readFormat: 0,
    malformed: 0,
    readLength: 0,
    cutOff: 0,
    measured: 0,
    rewarded: 0,
    accuracy: 0,
    tokens: 0,
    reward: 0,
  };
  const squares = { accuracy: 0, tokens: 0, reward: 0 };
  const total = (parts: Partial<Record<Column, number>>, squared: Partial<Total['squares']> = {}): Total => ({
    ...zeros,
    ...parts,
    squares: { ...squares, ...squared },
  });

  test('shares have Wilson’s interval', () => {
    // 5 of 10: the published table says 0.2366 to 0.7634.
    const { value, low, high, n, count } = figureOf(total({ correct: 5, judged: 10 }), 'correct');
    expect([value, n, count]).toEqual([0.5, 10, 5]);
    expect(low).toBeCloseTo(0.2366, 4);
    expect(high).toBeCloseTo(0.7634, 4);
  });

  test('means have the normal one', () => {
    // 10, 20, 30: s = 10, so 20 ± 1.96 · 10 / √3.
    const { value, low, high, count } = figureOf(total({ tokens: 60, measured: 3 }, { tokens: 1400 }), 'tokens');
    expect([value, count]).toEqual([20, null]);
    expect(low).toBeCloseTo(20 - (1.959963984540054 * 10) / Math.sqrt(3), 9);
    expect(high).toBeCloseTo(20 + (1.959963984540054 * 10) / Math.sqrt(3), 9);
  });

  test.each(['correct', 'accuracy'] as const)('nothing to count %s over is no figure', (metric) => {
    expect(figureOf(total({}), metric)).toMatchObject({ value: null, low: null, high: null, n: 0 });
  });
});

describe('flips', () => {
  const base = side(votes(0), votes(4), votes(1), votes(2), {}, votes(0), votes(0, 0));
  const other = side(votes(4), votes(1), votes(4), votes(4), votes(4), votes(1), votes(4));
  const shared = sharedPlaces(base, other);
  const idOf = (place: number) => `q${place}`;

  test('are counted over the shared questions', () => {
    const { counts, p } = countFlips(base, other, shared, 'accuracy');
    expect(counts).toEqual([
      { from: 'holds', to: 'fails', questions: 1 },
      { from: 'fails', to: 'holds', questions: 2 },
      { from: 'fails', to: 'fails', questions: 1 },
      { from: 'split', to: 'holds', questions: 1 },
      { from: 'unknown', to: 'holds', questions: 1 },
    ]);
    expect(p).toBe(1);
  });

  test('list those that moved most first', () => {
    const found = listFlips(base, other, shared, { aspect: 'accuracy', from: 'fails', to: 'holds' }, idOf);
    expect(found).toEqual([
      { place: 0, base: { holds: 0, of: 4 }, other: { holds: 4, of: 4 }, moved: 1 },
      { place: 2, base: { holds: 1, of: 4 }, other: { holds: 4, of: 4 }, moved: 0.75 },
    ]);
  });
});
