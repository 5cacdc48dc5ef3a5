import { expect, test } from 'vitest';
import { emptyQueue, moveQueue, type QueueMove, type QueueState } from './queue-state';

const page = (ids: string[], next: string | null = null): QueueMove => ({ type: 'read', page: { ids, next } });
const after = (...moves: QueueMove[]): QueueState => moves.reduce(moveQueue, emptyQueue);
const abc = page(['a', 'b', 'c']);

test.each<[string, QueueMove[], string[], string | undefined]>([
  ['starts at the first', [abc], ['a', 'b', 'c'], 'a'],
  ['a decision moves on', [abc, { type: 'decided', id: 'a' }], ['a', 'b', 'c'], 'b'],
  [
    'from the last, back to one passed by',
    [abc, { type: 'step', by: 1 }, { type: 'decided', id: 'b' }, { type: 'decided', id: 'c' }],
    ['a', 'b', 'c'],
    'a',
  ],
  [
    'all decided is the end',
    [page(['a', 'b']), { type: 'decided', id: 'a' }, { type: 'decided', id: 'b' }],
    ['a', 'b'],
    undefined,
  ],
  ['a skip goes to the end', [abc, { type: 'skipped', id: 'a' }], ['b', 'c', 'a'], 'b'],
  ['skipping the only one keeps it', [page(['a']), { type: 'skipped', id: 'a' }], ['a'], 'a'],
  ['a skip with pages left leaves it to them', [page(['a', 'b'], 'x'), { type: 'skipped', id: 'a' }], ['b'], 'b'],
  [
    'and comes back with the page',
    [page(['a', 'b'], 'x'), { type: 'skipped', id: 'a' }, page(['c', 'a'])],
    ['b', 'c', 'a'],
    'b',
  ],
  ['steps stay inside', [abc, { type: 'step', by: -1 }], ['a', 'b', 'c'], 'a'],
  [
    'undo shows the decided pair again',
    [abc, { type: 'decided', id: 'a' }, { type: 'show', id: 'a' }],
    ['a', 'b', 'c'],
    'a',
  ],
  ['undo after a reload brings a pair in', [abc, { type: 'show', id: 'z' }], ['z', 'a', 'b', 'c'], 'z'],
  ['a page read at the end continues', [page(['a'], 'x'), { type: 'decided', id: 'a' }, page(['b'])], ['a', 'b'], 'b'],
])('%s', (_name, moves, order, at) => {
  const state = after(...moves);
  expect(state.order).toEqual(order);
  expect(state.order[state.at]).toBe(at);
});
