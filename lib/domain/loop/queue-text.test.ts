import { expect, test } from 'vitest';
import { queueText } from './queue-text';

test.each([
  ['running', null, null, null],
  ['queued', null, 0, null],
  ['queued', null, null, null],
  ['queued', 'Another job runs on cpu.', 0, 'Another job runs on cpu. This job is the next to start.'],
  ['queued', 'Another job runs on cpu.', 1, 'Another job runs on cpu. One job starts before this one.'],
  ['queued', 'Another job runs on cpu.', 1_200, 'Another job runs on cpu. 1,200 jobs start before it.'],
  ['queued', 'The disk is full.', null, 'The disk is full.'],
  ['queued', null, 2, 'Other jobs are before it in the trainer’s queue. 2 jobs start before it.'],
  ['running', 'A word that came late.', 0, null],
] as const)('%s, %j, place %j', (state, waitingFor, queuePosition, says) => {
  expect(queueText({ state, waitingFor, queuePosition })).toBe(says);
});

test('a reason without end is cut', () => {
  const says = queueText({ state: 'queued', waitingFor: 'x'.repeat(1_000_000), queuePosition: 0 });
  expect(says?.length).toBeLessThan(600);
});
