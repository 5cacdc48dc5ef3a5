import { expect, test } from 'vitest';
import { foldCorrections } from './fold-corrections';

const correct = (check: string, value: unknown) => ({ check, action: 'correct', payload: { value } });
const withdraw = (check: string) => ({ check, action: 'withdraw', payload: {} });

test.each([
  ['none', [], []],
  [
    'the last one holds',
    [correct('accuracy', true), correct('accuracy', false)],
    [{ check: 'accuracy', value: false }],
  ],
  ['withdrawn', [correct('accuracy', true), withdraw('accuracy')], []],
  [
    'made again',
    [correct('format', true), withdraw('format'), correct('format', false)],
    [{ check: 'format', value: false }],
  ],
  [
    'checks do not mix',
    [correct('length', 'cut_off'), correct('consistency', 'consistent'), withdraw('length')],
    [{ check: 'consistency', value: 'consistent' }],
  ],
])('%s', (_name, rows, corrections) => {
  expect(foldCorrections(rows)).toEqual(corrections);
});
