import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { meanInterval, meanOfFew } from './mean';

const ofSums = (values: readonly number[]) =>
  meanInterval(
    values.reduce((sum, value) => sum + value, 0),
    values.reduce((sum, value) => sum + value * value, 0),
    values.length,
  );

describe('meanInterval', () => {
  // By hand: 2 4 4 4 5 5 7 9 has mean 5 and s² = 32/7, so 5 ± 1.96 √(32/56); 1 0 1 0 has s² = 1/3, so ± 1.96 √(1/12).
  test.each([
    ['eight values', [2, 4, 4, 4, 5, 5, 7, 9], 5, 1.4816],
    ['rights and wrongs', [1, 0, 1, 0], 0.5, 0.5658],
    ['the same over and over', [0.1, 0.1, 0.1], 0.1, 0],
  ] as const)('%s', (_name, values, mean, reach) => {
    const found = ofSums(values);
    expect(found?.mean).toBeCloseTo(mean, 9);
    expect((found?.high ?? 9) - mean).toBeCloseTo(reach, 4);
    expect(mean - (found?.low ?? 9)).toBeCloseTo(reach, 4);
  });

  test('nothing has no mean, and one value no interval', () => {
    expect(meanInterval(0, 0, 0)).toBeNull();
    expect(meanInterval(7, 49, 1)).toEqual({ mean: 7, low: null, high: null });
  });

  test('moves with the values and widens with their unit', () => {
    const some = fc.array(fc.integer({ min: 0, max: 8_192 }), { minLength: 2, maxLength: 60 });
    fc.assert(
      fc.property(some, (values) => {
        const [plain, moved] = [ofSums(values), ofSums(values.map((value) => 3 * value + 10))];
        expect(moved?.mean).toBeCloseTo(3 * (plain?.mean ?? 9) + 10, 6);
        expect((moved?.high ?? 0) - (moved?.low ?? 0)).toBeCloseTo(3 * ((plain?.high ?? 0) - (plain?.low ?? 9)), 3);
      }),
    );
  });
});

describe('meanOfFew', () => {
  // By hand: 1 2 3 has s = 1, so 2 ± 4.3027/√3; of 0 and 1, s² = 1/2, so 0.5 ± 12.7062/2.
  test.each([
    ['three', [1, 2, 3], 2, 2.4842],
    ['two', [0, 1], 0.5, 6.3531],
    ['thirty-one', Array.from({ length: 31 }, (_, at) => at % 2), 15 / 31, 2.0423 * Math.sqrt(0.25806 / 31)],
  ] as const)('%s', (_name, values, mean, reach) => {
    const found = meanOfFew(values);
    expect(found?.mean).toBeCloseTo(mean, 9);
    expect((found?.high ?? 9) - mean).toBeCloseTo(reach, 3);
  });

  test('goes on behind the table without a jump', () => {
    // t(0.975) of 40 degrees is 2.0211.
    const values = Array.from({ length: 41 }, (_, at) => at);
    const found = meanOfFew(values);
    expect(((found?.high ?? 0) - 20) / Math.sqrt(143.5 / 41)).toBeCloseTo(2.021, 2);
  });

  test('nothing has no mean, and one value no interval', () => {
    expect(meanOfFew([])).toBeNull();
    expect(meanOfFew([3])).toEqual({ mean: 3, low: null, high: null });
  });
});
