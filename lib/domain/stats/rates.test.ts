import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { proportion } from './proportion';
import { countConsistencies, inconsistencyRate } from './rates';

describe('proportion', () => {
  // The first four are the worked examples of Newcombe 1998, table I, method 3.
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
    [5, 10, 0.2366, 0.7634],
    [10, 10, 0.7225, 1],
  ] as const)('%d of %d', (count, total, low, high) => {
    expect(proportion(count, total).low).toBeCloseTo(low, 4);
    expect(proportion(count, total).high).toBeCloseTo(high, 4);
  });

  test('holds the share, mirrors, and narrows with more cases', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.nat(10_000), (a, b) => {
        const [count, total] = [Math.min(a, b), Math.max(a, b, 1)];
        const { low, high } = proportion(count, total);
        expect(low).toBeLessThanOrEqual(count / total + 1e-12);
        expect(high).toBeGreaterThanOrEqual(count / total - 1e-12);
        expect(low).toBeCloseTo(1 - proportion(total - count, total).high, 9);
        const more = proportion(count * 4, total * 4);
        expect(more.high - more.low).toBeLessThan(high - low);
      }),
    );
  });
});

describe('inconsistencyRate', () => {
  test('leaves the undetermined out of the rate and says how many they are', () => {
    const counts = countConsistencies(['consistent', 'inconsistent', 'undetermined', 'consistent', 'consistent']);
    expect(inconsistencyRate(counts)).toMatchObject({
      rate: { count: 1, total: 4, share: 0.25 },
      undetermined: { count: 1, total: 5, share: 0.2 },
    });
  });

  test.each([
    ['no rollout', [], { rate: { total: 0, share: null }, undetermined: { share: null } }],
    ['all undetermined', ['undetermined'], { rate: { share: null }, undetermined: { share: 1 } }],
    ['none inconsistent', ['consistent'], { rate: { share: 0, low: 0 }, undetermined: { share: 0 } }],
  ] as const)('%s', (_name, verdicts, expected) => {
    expect(inconsistencyRate(countConsistencies(verdicts))).toMatchObject(expected);
  });
});
