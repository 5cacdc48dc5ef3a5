import { expect, test } from 'vitest';
import { onlyRun, reportFileName, reportTitle } from './names';

const at = (runId: string, runName: string, k: number, stage: 'eval' | 'grpo') => ({ runId, runName, k, stage });
const before = at('a', 'shapes', 0, 'eval');

test.each([
  ['one run', [before, at('a', 'shapes', 2, 'eval')], 'shapes', 'Eval 2 against Eval 0', 'shapes Eval 0 vs Eval 2'],
  [
    'three slices',
    [before, at('a', 'shapes', 1, 'grpo'), at('a', 'shapes', 2, 'eval')],
    'shapes',
    'GRPO 1, Eval 2 against Eval 0',
    'shapes Eval 0 vs GRPO 1 vs Eval 2',
  ],
  [
    'two runs',
    [before, at('b', 'balls', 0, 'eval')],
    null,
    'Eval 0 of balls against Eval 0 of shapes',
    'shapes Eval 0 vs balls Eval 0',
  ],
] as const)('%s', (_name, slices, run, title, fileName) => {
  expect(onlyRun(slices)).toBe(run);
  expect(reportTitle(slices)).toBe(title);
  expect(reportFileName(slices)).toBe(fileName);
});
