import { expect, test } from 'vitest';
import { contrast, difference, labOf, linearOf, seenBy, sights } from './color-sight';

// Sharma, Wu, Dalal 2005, table 1: the pairs that tell faulty formulas.
test.each([
  ['small blue differences', [50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
  ['a grey beside a colour', [50, 0, 0], [50, -1, 2], 2.3669],
  ['hues across the turn', [50, 2.49, -0.001], [50, -2.49, 0.0009], 7.1792],
  ['hues across the turn, the other way', [50, 2.49, -0.001], [50, -2.49, 0.0011], 7.2195],
  ['large lightness', [50, 2.5, 0], [73, 25, -18], 27.1492],
  ['blue', [6.7747, -0.2908, -2.4247], [5.8714, -0.0985, -2.2286], 0.6377],
  ['black', [2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082],
] as const)('CIEDE2000 of %s', (_name, one, other, expected) => {
  expect(difference(one, other)).toBeCloseTo(expected, 4);
  expect(difference(other, one)).toBeCloseTo(expected, 4);
});

test('white is white to every eye, and to CIELAB', () => {
  for (const sight of sights) for (const part of seenBy(sight, [1, 1, 1])) expect(part).toBeCloseTo(1, 5);
  const [l, a, b] = labOf(linearOf('#ffffff'));
  expect(l).toBeCloseTo(100, 3);
  expect(a).toBeCloseTo(0, 2);
  expect(b).toBeCloseTo(0, 2);
});

test('red and green that are far apart come close without green cones', () => {
  const apart = (sight: 'normal' | 'deuteranopia') =>
    difference(labOf(seenBy(sight, linearOf('#b0502a'))), labOf(seenBy(sight, linearOf('#6f6b1f'))));
  expect(apart('normal')).toBeGreaterThan(25);
  expect(apart('deuteranopia')).toBeLessThan(10);
});

test('contrast is that of WCAG', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 1);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});

test('what is no colour is refused', () => {
  expect(() => linearOf('var(--ink)')).toThrow(RangeError);
});
