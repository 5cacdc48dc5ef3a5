import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { LabelCheck, LabelValue } from '@/lib/domain/calibration/label';
import { type ItemPlace, type LabelItem, type LabelSend, labelItemSchema } from '@/lib/domain/calibration/sample';
import { itemAfter, ownAfter } from './overlay';
import { nextOpen } from './use-labelling';

const sampleId = randomUUID();
const send = (check: LabelCheck, value: LabelValue | null, position = 1): LabelSend => ({
  id: randomUUID(),
  sampleId,
  position,
  label: { check, value },
});

/** Both checks are answered and shown. */
const answered: LabelItem = labelItemSchema.parse({
  sampleId,
  position: 1,
  asked: ['consistency', 'accuracy'],
  mine: { consistency: { value: 'consistent', changed: false }, accuracy: { value: 'correct', changed: false } },
  kind: 'choice',
  question: {
    id: randomUUID(),
    prompt: 'Which?',
    options: ['a', 'b'],
    truth: 'B',
    modality: 'text',
    mediaPath: null,
    media: null,
  },
  truthShown: true,
  response: 'x',
  frames: null,
  sampler: null,
  runId: randomUUID(),
  shown: {
    consistency: {
      said: 'consistent',
      by: 'rules',
      concluded: 'B',
      judges: [],
      agrees: true,
      reason: '',
      evidence: [],
    },
    accuracy: { said: true, score: 1, agrees: true, reason: '', evidence: [] },
    rolloutId: randomUUID(),
  },
});

test.each([
  ['nothing waits', [], { consistency: 'consistent' }],
  ['another label', [send('consistency', 'unsure')], { consistency: 'unsure' }],
  ['taken back', [send('consistency', null)], {}],
  ['a label of the other check', [send('accuracy', 'wrong')], { consistency: 'consistent', accuracy: 'wrong' }],
  [
    'the last act holds',
    [send('consistency', null), send('consistency', 'inconsistent')],
    { consistency: 'inconsistent' },
  ],
] as const)('own labels after: %s', (_name, waiting, expected) => {
  const mine = ownAfter({ consistency: { value: 'consistent', changed: false } }, waiting);
  expect(Object.fromEntries(Object.entries(mine).map(([check, { value }]) => [check, value]))).toEqual(expected);
});

describe('an item with an undo on its way', () => {
  test('hides what the label had shown, and with consistency the truth', () => {
    const after = itemAfter(answered, [send('consistency', null)]);
    expect(after).toMatchObject({
      truthShown: false,
      question: { truth: '' },
      shown: { consistency: null, rolloutId: null },
    });
    expect(after.shown.accuracy).not.toBeNull();
  });

  test('of accuracy keeps the truth, which was there before', () => {
    const after = itemAfter(answered, [send('accuracy', null)]);
    expect(after).toMatchObject({
      truthShown: true,
      question: { truth: 'B' },
      shown: { accuracy: null, rolloutId: null },
    });
  });

  test('of another item changes nothing', () => {
    expect(itemAfter(answered, [send('consistency', null, 2)])).toBe(answered);
  });
});

const place = (position: number, done: boolean): ItemPlace => ({
  position,
  asked: ['consistency'],
  mine: done ? { consistency: { value: 'unsure', changed: false } } : {},
});

test.each([
  ['the next one', [true, false, false], 2, 2],
  ['past the answered ones', [true, false, true, false], 3, 4],
  ['round to the start', [false, true, true], 2, 1],
  ['none', [true, true], 1, undefined],
] as const)('the next open item: %s', (_name, done, from, expected) => {
  expect(
    nextOpen(
      done.map((one, at) => place(at + 1, one)),
      from,
    ),
  ).toBe(expected);
});
