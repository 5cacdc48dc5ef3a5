import { expect, test } from 'vitest';
import { aspects, outcomes } from '@/lib/domain/comparison/outcome';
import { flipText, formatFlip, parseFlip } from './flip';

const every = aspects.flatMap((aspect) => outcomes.flatMap((from) => outcomes.map((to) => ({ aspect, from, to }))));

test('every flip comes back as it went, each under its own name', () => {
  expect(every.map((flip) => parseFlip(formatFlip(flip)))).toEqual(every);
  expect(new Set(every.map(formatFlip)).size).toBe(every.length);
});

test.each([
  ['wrong-right', { aspect: 'accuracy', from: 'fails', to: 'holds' }, 'wrong → right'],
  ['consistent-inconsistent', { aspect: 'consistency', from: 'holds', to: 'fails' }, 'consistent → inconsistent'],
  ['right-not_judged', { aspect: 'accuracy', from: 'holds', to: 'unknown' }, 'right → not judged'],
] as const)('%s', (name, flip, text) => {
  expect(parseFlip(name)).toEqual(flip);
  expect(flipText(flip)).toBe(text);
});

test.each([null, '', 'right', 'right-consistent', '<b>', '__proto__'])('%s is none', (name) => {
  expect(parseFlip(name)).toBeNull();
});
