import { expect, test } from 'vitest';
import { questionsToDrop } from './curriculum';

const questions = (count: number) => Array.from({ length: count }, (_, at) => `question ${at}`);

test.each([
  ['none easy', 0, 0.8, 0],
  ['one of one', 1, 0.8, 1],
  ['two of two: 1.6', 2, 0.8, 2],
  ['two of three: 2.4', 3, 0.8, 2],
  ['four of five', 5, 0.8, 4],
  ['eighty of a hundred', 100, 0.8, 80],
  ['a half is rounded up', 5, 0.5, 3],
  ['also where the product falls short of it', 15, 0.7, 11],
  ['nothing', 10, 0, 0],
  ['everything', 10, 1, 10],
] as const)('%s', (_name, easy, share, dropped) => {
  const given = questions(easy);
  const gone = questionsToDrop(given, share, 5);
  expect(gone).toHaveLength(dropped);
  expect(new Set(gone).size).toBe(dropped);
  expect(gone.every((id) => given.includes(id))).toBe(true);
});

test('the seed decides, the order does not', () => {
  const given = questions(50);
  expect(questionsToDrop(given.toReversed(), 0.8, 5)).toEqual(questionsToDrop(given, 0.8, 5));
  const kept = (seed: number) => given.filter((id) => !questionsToDrop(given, 0.8, seed).includes(id));
  expect(kept(5)).not.toEqual(kept(6));
});

test('a question twice counts once', () => {
  expect(questionsToDrop(['a', 'a', 'a', 'a', 'a', 'b'], 0.5, 0)).toHaveLength(1);
});
