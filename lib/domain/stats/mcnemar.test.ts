import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mcnemar } from './mcnemar';

// 2 · P(X ≤ fewer) of Bin(n, ½), by hand.
test.each([
  ['nothing changed', 0, 0, 1],
  ['one', 1, 0, 1],
  ['five of five', 5, 0, 2 / 32],
  ['one of ten', 1, 9, (2 * 11) / 1024],
  ['as many back', 7, 7, 1],
  ['Agresti’s ratings of the prime minister: 150 and 86', 150, 86, 3.716e-5],
])('%s', (_name, there, back, p) => expect(mcnemar(there, back)).toBeCloseTo(p, 7));

test('tens of thousands are counted, too', () => {
  expect(mcnemar(12_500, 12_500)).toBe(1);
  expect(mcnemar(13_000, 12_000)).toBeLessThan(1e-9);
});

test('is a probability, and does not care for the direction', () => {
  fc.assert(
    fc.property(fc.nat(300), fc.nat(300), (there, back) => {
      const p = mcnemar(there, back);
      expect(p).toBeGreaterThanOrEqual(0);
      expect(p).toBeLessThanOrEqual(1);
      expect(p).toBe(mcnemar(back, there));
      expect(mcnemar(Math.max(there, back) + 1, Math.min(there, back))).toBeLessThanOrEqual(p + 1e-12);
    }),
  );
});
