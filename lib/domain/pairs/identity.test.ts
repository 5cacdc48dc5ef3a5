import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pairFingerprint, textHash, textIdentity } from './identity';
import { createDraw, shuffled } from './random';

// Written down, so that a change of the functions is seen: stored fingerprints and proposals depend on them.
test('the hash and the draws never change', () => {
  expect(textHash('')).toMatchInlineSnapshot(`"ae4a6be885a5df7a9904862a0db3d6e8"`);
  expect(textHash('So the answer is B.')).toMatchInlineSnapshot(`"38b2282d8ca6e7f373b7729242923f59"`);
  const draw = createDraw(42);
  expect(Array.from({ length: 8 }, () => draw(100))).toMatchInlineSnapshot(`
    [
      21,
      91,
      7,
      77,
      12,
      62,
      13,
      49,
    ]
  `);
});

test('space around a text does not change its identity, anything else does', () => {
  expect(textIdentity(' a b\n')).toBe(textIdentity('a b'));
  expect(textIdentity('a  b')).not.toBe(textIdentity('a b'));
  expect(pairFingerprint('q', 'accuracy', 'a', 'b')).not.toBe(pairFingerprint('q', 'accuracy', 'b', 'a'));
  expect(pairFingerprint('q', 'accuracy', 'a', 'b')).not.toBe(pairFingerprint('q', 'penalty', 'a', 'b'));
  expect(pairFingerprint('q', 'accuracy', 'a', 'b')).not.toBe(pairFingerprint('r', 'accuracy', 'a', 'b'));
});

test('200,000 near-equal texts have distinct hashes', () => {
  const hashes = new Set(Array.from({ length: 200_000 }, (_, at) => textHash(`sample ${at}`)));
  expect(hashes.size).toBe(200_000);
});

test('each half of the hash is free of collisions too', () => {
  for (const [from, to] of [
    [0, 16],
    [16, 32],
  ] as const) {
    const halves = new Set(Array.from({ length: 200_000 }, (_, at) => textHash(`${at * 7919}`).slice(from, to)));
    expect(halves.size).toBe(200_000);
  }
});

test('draws cover their range evenly', () => {
  const draw = createDraw(1);
  const counts = Array.from({ length: 10 }, () => 0);
  for (let n = 0; n < 100_000; n++) {
    const at = draw(10);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
});

test('a shuffle keeps every item', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer(), (items, seed) => {
      const order = (a: number, b: number): number => a - b;
      expect(shuffled(items, createDraw(seed)).sort(order)).toEqual([...items].sort(order));
    }),
  );
});
