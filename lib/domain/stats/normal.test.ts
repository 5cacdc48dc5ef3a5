import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalCdf, normalQuantile } from './normal';

// Table 26.1 of Abramowitz and Stegun.
test.each([
  [0, 0.5],
  [1, 0.841344746068543],
  [-1, 0.158655253931457],
  [2, 0.977249868051821],
  [3.9, 0.99995190365598241],
  [5, 0.99999971334842808],
  [-6, 9.8658764503769e-10],
])('Φ(%d) = %d', (z, p) => expect(normalCdf(z)).toBeCloseTo(p, 13));

test.each([
  [0.975, 1.959963984540054],
  [0.5, 0],
  [0.001, -3.090232306167813],
  [0.9, 1.2815515655446004],
])('Φ⁻¹(%d) = %d', (p, z) => expect(normalQuantile(p)).toBeCloseTo(z, 10));

test.each([
  [0, -Infinity],
  [1, Infinity],
  [-1, -Infinity],
  [Number.NaN, -Infinity],
])('at %d there is no finite one', (p, z) => expect(normalQuantile(p)).toBe(z));

test('one undoes the other', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-8, max: 1 - 1e-8, noNaN: true }), (p) => {
      expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 11);
    }),
  );
});
