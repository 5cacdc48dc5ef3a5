import { expect, test } from 'vitest';
import { parseBenchmarkChoices, withBenchmarkChoices } from './choices';

const plain = { by: 'set', published: true, kind: null } as const;

test.each([
  ['', plain],
  ['by=stage&published=0&kind=regression', { by: 'stage', published: false, kind: 'regression' }],
  ['by=model&published=no&kind=essay', plain],
  ['by=&published=&kind=', plain],
] as const)('%s is read', (query, choices) =>
  expect(parseBenchmarkChoices(new URLSearchParams(query))).toEqual(choices),
);

test.each([
  ['', { by: 'stage' }, 'by=stage'],
  ['by=stage&with=x&with=y', { by: 'set' }, 'with=x&with=y'],
  ['kind=ocr', { published: false }, 'kind=ocr&published=0'],
  ['kind=ocr&published=0', { kind: null, published: true }, ''],
  ['by=nonsense', {}, ''],
] as const)('%s with %o', (query, change, expected) => {
  const next = withBenchmarkChoices(new URLSearchParams(query), change);
  expect(next.toString()).toBe(expected);
  expect(parseBenchmarkChoices(next)).toEqual({ ...parseBenchmarkChoices(new URLSearchParams(query)), ...change });
});
