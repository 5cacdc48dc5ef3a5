import { describe, expect, test } from 'vitest';
import { forEachMetric, type Metric } from '@/lib/domain/comparison/metrics';
import type { CellChange, ComparedSlice, Difference, SideChange } from '@/lib/domain/comparison/schema';
import { parseSlices } from '@/lib/domain/slices/slice';
import { composeFindings, type Step } from './compose';
import { findingsSchema, findingTopics } from './finding';

const RUN = '0b0f5a52-54a2-4f0e-8f4c-0d9c5f3a7a11';
const PARTNER = '0b0f5a52-54a2-4f0e-8f4c-0d9c5f3a7a12';
const ITERATION = '0b0f5a52-54a2-4f0e-8f4c-0d9c5f3a7a13';

const slice = (k: number, runId = RUN, runName = 'mine'): ComparedSlice => ({
  runId,
  k,
  stage: 'eval',
  runName,
  iterationId: ITERATION,
  rollouts: 640,
  estimated: 0,
  figures: forEachMetric(() => ({ value: 0.5, low: 0.4, high: 0.6, n: 600, count: 300 })),
});

const by = (base: number, difference: number, reach: number): Difference => ({
  base,
  other: base + difference,
  interval: { difference, low: difference - reach, high: difference + reach },
});
const none: Difference = { base: null, other: null, interval: null };

const change = (over: Partial<Record<Metric, Difference>>, parts: Partial<SideChange> = {}): SideChange => ({
  pairing: { paired: true, shared: 160, base: 160, other: 160 },
  differences: { ...forEachMetric(() => by(0.5, 0, 0.1)), ...over },
  flips: { accuracy: { counts: [], p: 1 }, consistency: { counts: [], p: 1 } },
  cells: [],
  ...parts,
});
const step = (over: Partial<Record<Metric, Difference>>, parts: Partial<SideChange> = {}): Step => ({
  base: slice(0),
  other: slice(2),
  change: change(over, parts),
});

const of = (topic: (typeof findingTopics)[number], one: Step | null, dpo: readonly Step[] = []) =>
  composeFindings({ step: one, dpo }).find((finding) => finding.topic === topic);

test('every question is answered, in order, and an answer passes its own schema', () => {
  const findings = composeFindings({ step: step({}), dpo: [] });
  expect(findings.map(({ topic }) => topic)).toEqual([...findingTopics]);
  expect(findingsSchema.parse(findings)).toEqual(findings);
});

describe('what one metric says', () => {
  test.each([
    ['learning', 'accuracy', 0.25, 'good', 'Yes'],
    ['learning', 'accuracy', -0.25, 'bad', 'No, it falls'],
    ['learning', 'accuracy', 0.05, 'plain', 'Not clearly'],
    ['longer', 'tokens', 5, 'plain', 'Yes'],
    ['longer', 'tokens', -5, 'plain', 'No, shorter'],
    ['consistent', 'inconsistent', -0.3, 'good', 'Yes, more and more'],
    ['consistent', 'inconsistent', 0.3, 'bad', 'No, less and less'],
    ['consistent', 'inconsistent', -0.09, 'plain', 'Not clearly'],
  ] as const)('%s: %s moves by %d: %s, %s', (topic, metric, difference, tone, word) => {
    expect(of(topic, step({ [metric]: by(0.5, difference, 0.1) }))).toMatchObject({ tone, word });
  });

  test('the figures stand in the sentence with interval and unit', () => {
    const says = of('learning', step({ accuracy: by(0.545, 0.258, 0.03) }))?.says;
    expect(says).toBe(
      'Accuracy 54.5 % in Eval 0, 80.3 % in Eval 2: +25.8 points (+22.8 to +28.8). Over 160 questions that both answered.',
    );
    expect(of('longer', step({ tokens: by(20, -1.5, 0.2) }))?.says).toContain('−1.5 tokens (−1.7 to −1.3)');
  });

  test('different questions are said to be different', () => {
    const apart = { pairing: { paired: false, shared: 0, base: 1_200, other: 90 } };
    expect(of('learning', step({}, apart))?.says).toContain('Over different questions, 1,200 and 90.');
  });

  test('without an interval nothing is claimed', () => {
    expect(of('learning', step({ accuracy: none }))).toMatchObject({ tone: 'unknown', word: 'Cannot tell' });
  });

  test('its comparison is the address of both slices', () => {
    const { comparison } = of('learning', step({})) ?? {};
    expect(parseSlices(new URLSearchParams(comparison ?? '')).map(({ k }) => k)).toEqual([0, 2]);
  });
});

test('with one slice there is nothing to hold it against', () => {
  for (const topic of ['learning', 'longer', 'consistent', 'worse'] as const) {
    expect(of(topic, null)).toMatchObject({ tone: 'unknown', comparison: null });
  }
});

describe('what DPO changed', () => {
  const against = (over: Partial<Record<Metric, Difference>>): Step => ({
    base: slice(1, PARTNER, 'grpo-alone'),
    other: slice(1),
    change: change(over),
  });
  test.each([
    ['nothing to hold it against', [], 'unknown', 'Cannot tell'],
    ['more consistent', [against({ inconsistent: by(0.3, -0.2, 0.1) })], 'good', 'Better'],
    ['less accurate', [against({ accuracy: by(0.7, -0.2, 0.1) })], 'bad', 'Worse'],
    [
      'more consistent and less accurate',
      [against({ inconsistent: by(0.3, -0.2, 0.1), accuracy: by(0.7, -0.2, 0.1) })],
      'plain',
      'Better and worse',
    ],
    ['neither', [against({})], 'plain', 'Nothing clearly'],
  ] as const)('%s', (_, steps, tone, word) => expect(of('dpo', null, steps)).toMatchObject({ tone, word }));

  test('names the run without it', () => {
    expect(of('dpo', null, [against({})])?.says).toContain('Eval 1 against that of “grpo-alone”');
  });
});

describe('where it got worse', () => {
  const cell = (set: string, accuracy: Difference, inconsistent = by(0.5, 0, 0.1)): CellChange => ({
    setId: ITERATION,
    set,
    kind: 'number',
    pairing: { paired: true, shared: 9, base: 9, other: 9 },
    accuracy,
    inconsistent,
  });
  const flips = {
    accuracy: {
      counts: [
        { from: 'holds', to: 'fails', questions: 3 },
        { from: 'fails', to: 'holds', questions: 41 },
      ],
      p: 0,
    },
    consistency: { counts: [], p: 1 },
  } satisfies SideChange['flips'];

  test('nowhere, and the flips are told all the same', () => {
    const finding = of('worse', step({}, { flips, cells: [cell('a', by(0.5, 0.3, 0.1))] }));
    expect(finding).toMatchObject({ tone: 'good', word: 'Nowhere clearly' });
    expect(finding?.says).toContain('3 questions went from right to wrong, 41 from wrong to right.');
  });

  test('in the places whose interval leaves out zero, three of them by name', () => {
    const cells = ['a', 'b', 'c', 'd'].map((set) => cell(set, by(0.5, -0.3, 0.1)));
    const finding = of('worse', step({}, { cells: [...cells, cell('e', by(0.5, -0.05, 0.1))] }));
    expect(finding).toMatchObject({ tone: 'bad', word: 'In 4 places' });
    expect(finding?.says).toContain('number of “a”: accuracy −30.0 points');
    expect(finding?.says).toContain('and 1 more');
    expect(finding?.says).not.toContain('“d”');
  });

  test('inconsistency counts too', () => {
    const finding = of('worse', step({}, { cells: [cell('a', by(0.5, 0.2, 0.1), by(0.1, 0.2, 0.1))] }));
    expect(finding?.says).toContain('inconsistency +20.0 points');
  });
});
