import { describe, expect, test } from 'vitest';
import { foldLabels, type LabelAct, type LabelValue, labelRequestSchema, settleLabels } from './label';

const act = (value: LabelValue | null, person: string | null = 'ada', rolloutId = 'r'): LabelAct => ({
  rolloutId,
  person,
  check: 'consistency',
  value,
});

describe('foldLabels', () => {
  test.each([
    ['nothing said', [], []],
    ['said once', [act('consistent')], [['consistent', false]]],
    ['sent twice', [act('consistent'), act('consistent')], [['consistent', false]]],
    ['taken back', [act('consistent'), act(null)], []],
    ['taken back and said again', [act('consistent'), act(null), act('consistent')], [['consistent', false]]],
    ['changed after the verdict was shown', [act('consistent'), act(null), act('unsure')], [['unsure', true]]],
    [
      'two people',
      [act('consistent'), act('inconsistent', 'bo')],
      [
        ['consistent', false],
        ['inconsistent', false],
      ],
    ],
    ['someone who is gone', [act('consistent', null)], [['consistent', false]]],
  ] as const)('%s', (_name, acts, expected) => {
    // biome-ignore format: a row a case
    expect(foldLabels(acts).map(({ value, changed }) => [value, changed])).toEqual(expected);
  });

  test('keeps checks and rollouts apart', () => {
    const acts = [
      act('consistent'),
      act('inconsistent', 'ada', 's'),
      { ...act('correct'), check: 'accuracy' as const },
    ];
    expect(foldLabels([...acts, act(null)]).map(({ value }) => value)).toEqual(['inconsistent', 'correct']);
  });
});

test.each([
  ['one', ['inconsistent'], true],
  ['most', ['consistent', 'inconsistent', 'consistent'], false],
  ['as many for as against', ['consistent', 'inconsistent'], 'split'],
  ['unsure is no vote', ['unsure', 'inconsistent', 'unsure'], true],
  ['nobody sure', ['unsure', 'unsure'], 'open'],
  ['nobody', [], 'open'],
] as const)('together people say: %s', (_name, values, expected) => {
  expect(settleLabels('consistency', values)).toBe(expected);
});

test.each([
  ['its own value', { check: 'accuracy', value: 'wrong' }, true],
  ['taken back', { check: 'accuracy', value: null }, true],
  ['the other check’s value', { check: 'accuracy', value: 'consistent' }, false],
  ['another check', { check: 'format', value: 'unsure' }, false],
] as const)('a request with %s', (_name, request, fits) => {
  expect(labelRequestSchema.safeParse(request).success).toBe(fits);
});
