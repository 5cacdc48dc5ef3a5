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

test('names and shuffles never change', () => {
  expect(pairFingerprint('q', 'accuracy', ' a', 'b\n')).toMatchInlineSnapshot(
    `"accuracy-4a0255ff8e122a0a154bfc9b6a428124"`,
  );
  expect(shuffled(['a', 'b', 'c', 'd', 'e', 'f'], createDraw(7)).join('')).toMatchInlineSnapshot(`"acdbfe"`);
});

test.each([
  ['beyond 32 bits', 2 ** 32 + 42, 42],
  ['negative', -1, 0xffffffff],
])('of a seed the low 32 bits count: %s', (_name, seed, same) => {
  const [draw, other] = [createDraw(seed), createDraw(same)];
  for (let n = 0; n < 8; n++) expect(draw(1_000_000)).toBe(other(1_000_000));
});

test.each([
  ['nothing', 0, 0],
  ['one', 1, 0],
  ['two', 2, 1],
  ['nine', 9, 8],
])('a shuffle of %s takes as many draws as stored proposals reckon with', (_name, length, draws) => {
  const bounds: number[] = [];
  const items = Array.from({ length }, (_, at) => at);
  shuffled(items, (bound) => bounds.push(bound) * 0);
  expect(bounds).toHaveLength(draws);
  expect(bounds).toEqual(
    items
      .slice(1)
      .reverse()
      .map((at) => at + 1),
  );
});

test('a shuffle leaves the list it was given', () => {
  const items = [1, 2, 3, 4];
  shuffled(items, createDraw(3));
  expect(items).toEqual([1, 2, 3, 4]);
});

test('space around a text does not change its identity, anything else does', () => {
  expect(textIdentity(' a b\n')).toBe(textIdentity('a b'));
  expect(textIdentity('a  b')).not.toBe(textIdentity('a b'));
  expect(pairFingerprint('q', 'accuracy', 'a', 'b')).not.toBe(pairFingerprint('q', 'accuracy', 'b', 'a'));
  expect(pairFingerprint('q', 'accuracy', 'a', 'b')).not.toBe(pairFingerprint('q', 'penalty', 'a', 'b'));
  expect(pairFingerprint('q', 'accuracy', 'a', 'b')).not.toBe(pairFingerprint('r', 'accuracy', 'a', 'b'));
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
