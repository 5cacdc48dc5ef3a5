import { expect, test } from 'vitest';
import { encodeArray, encodeRow, storableText } from './copy';

test.each([
  ['plain', ['a', 1, true, null], 'a\t1\tt\t\\N\n'],
  ['what the format escapes', ['a\tb\nc\rd\\e'], 'a\\tb\\nc\\rd\\\\e\n'],
  ['text that looks like null', ['\\N'], '\\\\N\n'],
  ['text that looks like the end', ['\\.'], '\\\\.\n'],
  ['empty is not null', [''], '\n'],
])('%s', (_name, values, row) => {
  expect(encodeRow(values)).toBe(row);
});

test.each([
  ['whole text stays the same', 'naïve 😀', 'naïve 😀'],
  ['NUL, one for one', 'a\0b', 'a\ufffdb'],
  ['half a pair, one for one', 'a\ud83db', 'a\ufffdb'],
])('%s', (_name, text, stored) => {
  expect(storableText(text)).toBe(stored);
  expect(storableText(text)).toHaveLength(text.length);
});

test('arrays of integers', () => {
  expect(encodeArray([1, 2])).toBe('{1,2}');
  expect(encodeArray([])).toBe('{}');
  expect(encodeArray(null)).toBeNull();
});
