import { expect, test } from 'vitest';
import type { Check, Standing } from './verdict';
import { correctedChecks, historyOf, type VerdictAct } from './verdict-correction';

const decided: Standing = {
  wellFormed: true,
  correct: false,
  consistency: 'undetermined',
  repetitive: false,
  lengthClass: 'in_range',
  reward: 0.5,
};
const act = (check: Check, value: VerdictAct['value']): VerdictAct => ({
  id: crypto.randomUUID(),
  check,
  action: value === null ? 'withdraw' : 'correct',
  value,
  reason: null,
  author: 'Owner',
  at: '2026-11-20T10:00:00Z',
});

test.each([
  ['one', [act('accuracy', true)], [[false, true]], ['accuracy']],
  [
    'twice, newest first',
    [act('consistency', 'inconsistent'), act('consistency', 'consistent')],
    [
      ['inconsistent', 'consistent'],
      ['undetermined', 'inconsistent'],
    ],
    ['consistency'],
  ],
  [
    'withdrawn: the verifier decides again',
    [act('consistency', 'inconsistent'), act('consistency', null)],
    [
      ['inconsistent', 'undetermined'],
      ['undetermined', 'inconsistent'],
    ],
    [],
  ],
  [
    'checks do not mix',
    [act('format', false), act('length', 'cut_off')],
    [
      ['in_range', 'cut_off'],
      [true, false],
    ],
    ['format', 'length'],
  ],
  ['none', [], [], []],
] as const)('%s', (_name, acts, changes, corrected) => {
  expect(historyOf(decided, acts).map(({ before, after }) => [before, after])).toEqual(changes);
  expect([...correctedChecks(acts)]).toEqual(corrected);
});
