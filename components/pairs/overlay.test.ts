import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { PairRequest, PairView } from '@/lib/domain/pairs/pair-view';
import type { OutboxEntry } from './outbox';
import { overlay } from './overlay';

const [pairId, first, second, third] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];

const pair: PairView = {
  id: pairId,
  type: 'accuracy',
  rule: 'accuracy/good-over-wrong',
  why: 'Because.',
  state: 'proposed',
  edited: false,
  skips: 0,
  groupId: randomUUID(),
  question: {
    id: randomUUID(),
    prompt: 'Which?',
    options: [],
    truth: 'B',
    modality: 'text',
    mediaPath: null,
    media: null,
  },
  chosen: { rolloutId: first, text: 'good' },
  rejected: { rolloutId: second, text: 'bad' },
  seam: null,
  proposedChosen: null,
  samples: [],
  recentActs: [],
  frozenIn: [],
  stale: null,
};

const entry = (request: PairRequest, text?: string): OutboxEntry => ({
  kind: 'decide',
  id: randomUUID(),
  pairId,
  request,
  ...(text === undefined ? {} : { text }),
});

test.each<[string, OutboxEntry[], Partial<PairView>]>([
  ['nothing waits', [], {}],
  ['an approval', [entry({ action: 'approve' })], { state: 'approved' }],
  [
    'a swap and an approval',
    [entry({ action: 'swap' }), entry({ action: 'approve' })],
    { state: 'approved', chosen: pair.rejected, rejected: pair.chosen },
  ],
  [
    'another sample, with the text that waits with it',
    [entry({ action: 'replace_rejected', rolloutId: third }, 'worse')],
    { rejected: { rolloutId: third, text: 'worse' } },
  ],
  [
    'an edit',
    [entry({ action: 'edit', side: 'chosen', text: 'better' })],
    { edited: true, chosen: { rolloutId: null, text: 'better' } },
  ],
  ['what makes no sense changes nothing', [entry({ action: 'edit', side: 'chosen', text: 'bad' })], {}],
  ['skips add up', [entry({ action: 'skip' }), entry({ action: 'skip' })], { skips: 2 }],
])('%s', (_name, waiting, changed) => {
  expect(overlay(pair, waiting, new Map())).toEqual({ ...pair, ...changed });
});

test('acts of other pairs do not count', () => {
  const other: OutboxEntry = { kind: 'decide', id: randomUUID(), pairId: randomUUID(), request: { action: 'reject' } };
  expect(overlay(pair, [other], new Map())).toEqual(pair);
});

test('an act that the server has taken already is not applied twice', () => {
  const swap = entry({ action: 'swap' });
  const taken = { ...pair, chosen: pair.rejected, rejected: pair.chosen, recentActs: [swap.id] };
  expect(overlay(taken, [swap], new Map())).toEqual(taken);
});

test('an undo shows the pair as it was, and acts after it build on that', () => {
  const undo: OutboxEntry = { kind: 'undo', id: randomUUID(), iterationId: randomUUID() };
  const approved: PairView = { ...pair, state: 'approved' };
  const waiting = [undo, entry({ action: 'reject' })];
  expect(overlay(approved, waiting, new Map([[undo.id, pair]]))).toEqual({ ...pair, state: 'rejected' });
});
