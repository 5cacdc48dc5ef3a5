import { expect, test } from 'vitest';
import { identifyProcess, isRunning, parseProcStat } from './process-identity';

const rest = 'S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 4242 20';

test.each([
  ['a plain name', `17 (node) ${rest}`, '4242'],
  ['a name with brackets and spaces', `17 (a) b (c) ${rest}`, '4242'],
  ['a zombie is dead', `17 (node) ${rest.replace('S', 'Z')}`, undefined],
])('%s', (_name, stat, started) => {
  expect(parseProcStat(stat)).toBe(started);
});

test('this process runs; another start time under the same id is another process', () => {
  const self = identifyProcess(process.pid);
  expect(self && isRunning(self)).toBe(true);
  expect(isRunning({ pid: process.pid, started: 'before' })).toBe(false);
});
