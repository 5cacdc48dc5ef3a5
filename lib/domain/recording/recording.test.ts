import { describe, expect, test } from 'vitest';
import { planSchema } from '@/lib/domain/loop/plan';
import { dataDigest } from './data-digest';
import { renameQuestion } from './events';
import { localPlan, portablePlan } from './plan-sets';
import { questionName, recordingSchema } from './recording';

const train = '00000000-0000-4000-8000-000000000001';
const heldOut = '00000000-0000-4000-8000-000000000002';
const names = new Map([
  [train, 'train'],
  [heldOut, 'held-out'],
]);
const ids = new Map([...names].map(([id, name]) => [name, id]));
const find = (map: ReadonlyMap<string, string>) => (key: string) => map.get(key) ?? 'none';

describe('a plan', () => {
  const plan = planSchema.parse({
    seed: 3,
    explore: { questionSets: [train], settings: { maxSteps: 5 } },
    sample: { questionSets: [train, heldOut], settings: {} },
    curate: { gate: { policy: 'auto_approve' } },
    align: { settings: {} },
    evaluate: { questionSets: [heldOut], settings: {} },
    curriculum: {},
  });

  test('comes back with the sets of another project', () => {
    const portable = portablePlan(plan, find(names));
    expect(JSON.stringify(portable)).not.toContain(train);
    expect(portable).toMatchObject({ sample: { questionSets: ['train', 'held-out'] } });
    expect(localPlan(portable, find(ids))).toEqual(plan);
  });

  test('an unknown field is refused', () => {
    expect(() => localPlan({ ...portablePlan(plan, find(names)), colour: 'blue' }, find(ids))).toThrow(/colour/);
  });
});

describe('what a job was given', () => {
  const line = (id: string, more: object = {}) =>
    JSON.stringify({ id, turn: 'Where?', prompt: 'Where?', kind: 'number', truth: '3', ...more });
  const nameOf = (id: string) => questionName('train', id.replace(/^other /, ''));
  const digestOf = (...lines: string[]) => dataDigest(`${lines.join('\n')}\n`, nameOf);

  test.each([
    ['another order', [line('b'), line('a')], true],
    ['other ids for the same keys', [line('other a'), line('other b')], true],
    ['one question less', [line('a')], false],
    ['another truth', [line('a'), line('b', { truth: '4' })], false],
    ['another clip', [line('a'), line('b', { modality: 'video', media: 'ab'.repeat(32) })], false],
  ] as const)('%s: the same? %#', (_name, lines, same) => {
    expect(digestOf(...lines) === digestOf(line('a'), line('b'))).toBe(same);
  });

  test('for pairs both sides count, the name of the pair does not', () => {
    const pair = (pairId: string, chosen: string, rejected = 'no') => line('a', { pairId, chosen, rejected });
    expect(digestOf(pair('1', 'yes'))).toBe(digestOf(pair('2', 'yes')));
    expect(digestOf(pair('1', 'yes'))).not.toBe(digestOf(pair('1', 'yes', 'never')));
    expect(digestOf(pair('1', 'yes'))).not.toBe(digestOf(pair('1', 'yes!')));
  });
});

test('events name questions by set and key; lines about no question stay', () => {
  const stamp = { seq: 1, time: '2026-01-05T10:00:00.000Z', level: 'info', message: 'x' } as const;
  const about = { ...stamp, type: 'log', questionId: train } as const;
  expect(renameQuestion(about, find(names))).toEqual({ ...about, questionId: 'train' });
  expect(renameQuestion({ ...about, questionId: null }, find(names))).toEqual({ ...about, questionId: null });
  expect(renameQuestion(about, () => undefined)).toEqual(about);
});

test.each(['../secret', '/etc/passwd', 'a/../b', 'a//b', '.hidden', 'a\\b', ''])(
  'no file of a recording: %j',
  (file) => {
    const { questionSets } = recordingSchema.shape;
    expect(questionSets.safeParse([{ name: 'x', file }]).success).toBe(false);
    expect(questionSets.safeParse([{ name: 'x', file: 'questions/a.ndjson' }]).success).toBe(true);
  },
);
