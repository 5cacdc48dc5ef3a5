import { expect, test } from 'vitest';
import { readNumberList } from './number-list';

test.each([
  ['[1.5, 2]', [1.5, 2]],
  ['(1, 2)', [1, 2]],
  ['{1, 2}', [1, 2]],
  ['\\{1, 2\\}', [1, 2]],
  ['\\[1, 2\\]', [1, 2]],
  ['1, 2', [1, 2]],
  ['1,2', [1, 2]],
  ['1,234', undefined],
  ['1,234, 5', [1234, 5]],
  ['1,2345', [1, 2345]],
  ['1; 2', [1, 2]],
  ['1,5; 2', [1.5, 2]],
  ['1 and 2', [1, 2]],
  ['1, 2, and 3', [1, 2, 3]],
  ['1, and 2', [1, 2]],
  ['[1,2 and 3]', undefined],
  ['[1, and 2]', [1, 2]],
  ['x = 1, 2', [1, 2]],
  ['x1 = [1, 2]', [1, 2]],
  ['xyz = 1, 2', [1, 2]],
  ['[1, 2].', [1, 2]],
  ['1, 2。', [1, 2]],
  ['[1]', undefined],
  ['1', undefined],
  ['[1, x]', undefined],
  ['[]', undefined],
  ['1 or 2', undefined],
  ['[1,2,3', [1, 2, 3]],
  ['1,2)', [1, 2]],
  ['[1, 2]\u000a', [1, 2]],
  ['1,\u000a2', [1, 2]],
  ['[1234,5678]', [1234, 5678]],
])('%j', (text, numbers) => {
  expect(readNumberList(text)?.map(({ value }) => value)).toEqual(numbers);
});

test('up to 100 numbers in 2,000 characters', () => {
  expect(readNumberList(Array(100).fill('1').join(', '))?.length).toBe(100);
  expect(readNumberList(Array(101).fill('1').join(', '))).toBeUndefined();
  expect(readNumberList('1, 2'.padStart(2_000))?.length).toBe(2);
  expect(readNumberList('1, 2'.padStart(2_001))).toBeUndefined();
});

// Only in brackets is 1,234 two numbers.
test.each([
  ['x = [1,234]', [1, 234]],
  ['x=[1,234]', [1, 234]],
  ['x1 = [1,234]', [1, 234]],
  ['x  =  [1,234]. ', [1, 234]],
  ['[1,234] ', [1, 234]],
  ['2 [1,234]', undefined],
  ['[1,234] m', undefined],
  ['1,234 and 5', [1234, 5]],
  ['1,234  and  5', [1234, 5]],
  ['1,234,  5', [1234, 5]],
  ['1,234, and  5', [1234, 5]],
  ['[1,  and 234]', [1, 234]],
  ['[1,and 234]', [1, 234]],
])('%j as a list', (text, numbers) => {
  expect(readNumberList(text)?.map(({ value }) => value)).toEqual(numbers);
});
