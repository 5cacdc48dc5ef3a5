import { expect, test } from 'vitest';
import { namesText, queueText, seenText } from './trainer-text';

test.each([
  [0, 0, 'no job runs'],
  [1, 0, '1 job runs'],
  [2, 1, '2 jobs run, 1 waits'],
  [0, 3, 'no job runs, 3 wait'],
])('%i running, %i queued', (running, queued, text) => {
  expect(queueText({ running, queued })).toBe(text);
});

test.each([
  [2, 'm0, m1'],
  [12, 'm0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11'],
  [14, 'm0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11 and 2 more'],
])('%i names', (count, text) => {
  expect(namesText(Array.from({ length: count }, (_, at) => `m${at}`))).toBe(text);
});

test('when it was seen', () => {
  expect(seenText('2026-01-05T10:07:33.120Z')).toBe('Last answered 2026-01-05 10:07 UTC');
  expect(seenText(null)).toBe('It has never answered');
});
