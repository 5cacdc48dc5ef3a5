import { describe, expect, test } from 'vitest';
import { drawIds } from './draw';

const ids = Array.from({ length: 200 }, (_, at) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`);

describe('drawIds', () => {
  test.each([
    ['none of none', [], 3, []],
    ['none wanted', ids, 0, []],
    ['less than none wanted', ids, -2, []],
    ['one of one, said twice', ['a', 'a'], 2, ['a']],
  ] as const)('%s', (_name, from, count, drawn) => {
    expect(drawIds(from, count, 7)).toEqual(drawn);
  });

  test('more wanted than there are: all of them', () => {
    expect([...drawIds(ids, 1000, 7)].sort()).toEqual(ids);
  });

  test('the order of the ids does not matter', () => {
    const drawn = drawIds(ids, 20, 7);
    expect(drawIds(ids.toReversed(), 20, 7)).toEqual(drawn);
    expect(drawIds([...ids.slice(90), ...ids.slice(0, 90)], 20, 7)).toEqual(drawn);
  });

  test('the seed does', () => {
    const shared = drawIds(ids, 20, 7).filter((id) => drawIds(ids, 20, 8).includes(id));
    expect(shared.length).toBeLessThan(10);
  });

  test('a smaller draw is the beginning of a larger one, and one more id changes at most one', () => {
    const twenty = drawIds(ids, 20, 7);
    expect(drawIds(ids, 5, 7)).toEqual(twenty.slice(0, 5));
    const grown = drawIds([...ids, 'one more'], 20, 7);
    expect(grown.filter((id) => !twenty.includes(id)).length).toBeLessThanOrEqual(1);
  });

  test('neighbouring seeds reach every id about equally often', () => {
    const hits = new Map(ids.map((id) => [id, 0]));
    for (let seed = 0; seed < 500; seed++) {
      for (const id of drawIds(ids, 20, seed)) hits.set(id, (hits.get(id) ?? 0) + 1);
    }
    // 500 draws of 20 out of 200: 50 each, standard deviation 6.7.
    expect(Math.min(...hits.values())).toBeGreaterThan(20);
    expect(Math.max(...hits.values())).toBeLessThan(80);
  });
});
