import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cohensKappa } from './kappa';

// Hand-derived. Even: observed (20 + 15)/50 = 0.7, expected 0.5 · 0.6 + 0.5 · 0.4 = 0.5, so κ = 0.2/0.5. The pair with
// 60 agreements of 100 each shows what κ adds: the same agreement, other margins (0.54 and 0.46 expected).
test.each([
  ['a grant panel', [20, 5, 10, 15], 0.4],
  ['60 of 100, alike margins', [45, 15, 25, 15], 0.06 / 0.46],
  ['60 of 100, unlike margins', [25, 35, 5, 35], 0.14 / 0.54],
  ['chance exactly', [16, 24, 24, 36], 0],
  ['nothing but agreement', [7, 0, 0, 5], 1],
  ['nothing but disagreement', [0, 6, 6, 0], -1],
] as const)('%s', (_name, [a, b, c, d], kappa) => {
  expect(
    cohensKappa([
      [a, b],
      [c, d],
    ]).kappa,
  ).toBeCloseTo(kappa, 12);
});

describe('the standard error', () => {
  // J. L. Fleiss, B. Levin and M. C. Paik, Statistical Methods for Rates and Proportions (3rd ed.), table 18.1: two
  // raters, three diagnoses, 100 subjects: κ = 0.68, standard error 0.088.
  test('of the diagnosis of 100 subjects', () => {
    const found = cohensKappa([
      [75, 1, 4],
      [5, 4, 1],
      [0, 0, 10],
    ]);
    expect(found.kappa).toBeCloseTo(0.6765, 4);
    expect(found.standardError).toBeCloseTo(0.0877, 3);
  });

  // J. L. Fleiss, J. Cohen and B. S. Everitt (1969), table 1, 200 cases, unweighted: κ = 0.429, variance 0.00288.
  test('of the paper that derives it', () => {
    const found = cohensKappa([
      [106, 10, 4],
      [22, 28, 10],
      [2, 12, 6],
    ]);
    expect(found.kappa).toBeCloseTo(0.429, 3);
    expect(found.standardError).toBeCloseTo(Math.sqrt(0.002885), 3);
  });
});

describe('the interval', () => {
  test('does not collapse where few cases agree in everything', () => {
    const [few, many] = [cohensKappa([[4, 0], [0, 4]]), cohensKappa([[200, 0], [0, 200]])]; // biome-ignore format: two tables
    expect(few).toMatchObject({ kappa: 1, standardError: 0, high: 1 });
    // 8 of 8: the Wilson interval begins at 0.6756, so κ at (0.6756 − 0.5)/0.5.
    expect(few.low).toBeCloseTo(0.351, 3);
    expect(many.low).toBeGreaterThan(0.97);
  });

  test.each([
    [
      'no case',
      [
        [0, 0],
        [0, 0],
      ],
    ],
    [
      'both always say the same one thing',
      [
        [9, 0],
        [0, 0],
      ],
    ],
  ] as const)('is everything where κ is not defined: %s', (_name, table) => {
    // biome-ignore format: rows as tables
    expect(cohensKappa(table)).toMatchObject({ kappa: null, standardError: null, low: -1, high: 1 });
  });
});

test.each([
  ['not square', [[1, 2]]],
  [
    'below 0',
    [
      [1, -1],
      [0, 1],
    ],
  ],
  [
    'not a number',
    [
      [1, Number.NaN],
      [0, 1],
    ],
  ],
] as const)('refuses a table that is %s', (_name, table) => {
  // biome-ignore format: rows as tables
  expect(() => cohensKappa(table)).toThrow(RangeError);
});

const tables = fc
  .integer({ min: 2, max: 4 })
  .chain((size) =>
    fc.array(fc.array(fc.nat(60), { minLength: size, maxLength: size }), { minLength: size, maxLength: size }),
  );

test('stays in range, holds the estimate, and does not care who is first nor how categories are named', () => {
  fc.assert(
    fc.property(tables, (table) => {
      const found = cohensKappa(table);
      expect(found.low).toBeGreaterThanOrEqual(-1);
      expect(found.high).toBeLessThanOrEqual(1);
      if (found.kappa !== null) {
        expect(found.low).toBeLessThanOrEqual(found.kappa + 1e-12);
        expect(found.high).toBeGreaterThanOrEqual(found.kappa - 1e-12);
      }
      const turned = table.map((_, row) => table.map((line) => line[row] ?? 0));
      const renamed = table.toReversed().map((line) => line.toReversed());
      for (const other of [turned, renamed]) {
        const again = cohensKappa(other);
        expect(again.kappa ?? 9).toBeCloseTo(found.kappa ?? 9, 9);
        expect(again.low).toBeCloseTo(found.low, 6);
        expect(again.high).toBeCloseTo(found.high, 6);
      }
    }),
  );
});

test('more of the same narrows the interval and leaves κ', () => {
  fc.assert(
    fc.property(tables, (table) => {
      const found = cohensKappa(table);
      fc.pre(found.kappa !== null);
      const more = cohensKappa(table.map((line) => line.map((count) => count * 4)));
      expect(more.kappa).toBeCloseTo(found.kappa ?? 9, 9);
      expect(more.high - more.low).toBeLessThan(found.high - found.low + 1e-9);
    }),
  );
});
