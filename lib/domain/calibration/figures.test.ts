import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Case } from './case';
import { populationFigures } from './population-figures';
import { sampleFigures } from './sample-figures';

const cases = (count: number, label: boolean | null, said: boolean | null, weight = 1): Case[] =>
  Array.from({ length: count }, () => ({ label, said, weight }));

/** True and false positives, false and true negatives, then the undecided: positive, negative. */
const table = ([tp, fp, fn, tn, up, un]: readonly [number, number, number, number, number, number]): Case[] => [
  ...cases(tp, true, true),
  ...cases(fp, false, true),
  ...cases(fn, true, false),
  ...cases(tn, false, false),
  ...cases(up, true, null),
  ...cases(un, false, null),
];

describe('figures of the sample', () => {
  // Hand-derived: 20 found of 30 called, 10 missed, 180 rightly passed, 5 and 15 not decided.
  const found = sampleFigures(table([20, 10, 10, 180, 5, 15]));

  test('count what they say they count', () => {
    expect(found).toMatchObject({
      n: 240,
      coverage: { count: 220, total: 240 },
      precision: { count: 20, total: 30 },
      recall: { count: 20, total: 30 },
      recallOfAll: { count: 20, total: 35 },
      agreement: { count: 200, total: 220 },
    });
    expect(found.f1.value).toBeCloseTo(40 / 60, 12);
    // Observed 200/220; expected (30·30 + 190·190)/220².
    expect(found.kappa.kappa).toBeCloseTo((200 / 220 - 37000 / 48400) / (1 - 37000 / 48400), 12);
  });

  test('give F1 the interval of its share', () => {
    // 20 of 40: Wilson 0.3520 to 0.6480, so F1 from 2·0.3520/1.3520 to 2·0.6480/1.6480.
    expect(found.f1.low).toBeCloseTo(0.5207, 3);
    expect(found.f1.high).toBeCloseTo(0.7864, 3);
  });

  test.each([
    ['no case', [0, 0, 0, 0, 0, 0], { n: 0, f1: { value: null }, precision: { share: null } }],
    ['none decided', [0, 0, 0, 0, 2, 3], { n: 5, coverage: { count: 0 }, recallOfAll: { count: 0, total: 2 } }],
    ['none called', [0, 0, 4, 9, 0, 0], { precision: { share: null }, recall: { share: 0 }, f1: { value: 0 } }],
  ] as const)('say when there is nothing to say: %s', (_name, counts, expected) => {
    expect(sampleFigures(table(counts))).toMatchObject(expected);
  });
});

describe('figures of the run', () => {
  // 60 rollouts called inconsistent, 15 labelled: 12 are. 1,200 called consistent, 20 labelled: 1 is not.
  const drawn = [...cases(12, true, true, 4), ...cases(3, false, true, 4), ...cases(1, true, false, 60), ...cases(19, false, false, 60)]; // biome-ignore format: one line a class

  test('weigh each item by what it stands for', () => {
    const found = populationFigures(drawn, 7);
    expect(found.rollouts).toBe(1260);
    expect(found.precision.value).toBeCloseTo(0.8, 12);
    // 48 found and 60 missed: the sample alone would say 12 of 13.
    expect(found.recall.value).toBeCloseTo(48 / 108, 12);
    expect(found.rate.value).toBeCloseTo(108 / 1260, 12);
    expect(found.saidRate).toBeCloseTo(60 / 1260, 12);
    // Jeffreys' interval of 12 of 15 is 0.5569 to 0.9361 (L. D. Brown, T. T. Cai and A. DasGupta, 2001, by their formula).
    expect(found.precision.low).toBeCloseTo(0.557, 1);
    expect(found.precision.high).toBeCloseTo(0.936, 1);
  });

  test('leave recall wide open where nothing was missed in a few of many', () => {
    const clean = [...cases(15, true, true, 4), ...cases(20, false, false, 100)];
    const found = populationFigures(clean, 7);
    expect(found.recall).toMatchObject({ value: 1, high: 1 });
    // Up to 12 of 100 of 2,000 may be missed beside 60 found.
    expect(found.recall.low).toBeLessThan(0.35);
  });

  test('leave out what people could not tell, and the rollouts that it stands for', () => {
    // Of 100 undetermined rollouts 10 are labelled: 1 is inconsistent, 1 is not, 8 have no answer to compare with.
    const open = [...cases(1, true, null, 10), ...cases(1, false, null, 10), ...cases(8, null, null, 10)];
    const found = populationFigures([...drawn, ...open], 7);
    expect(found.rollouts).toBe(1280);
    // 48 found of 48 + 60 + 10: the 8 do not hand their 80 rollouts to the other two.
    expect(found.recallOfAll.value).toBeCloseTo(48 / 118, 12);
    expect(found.coverage.value).toBeCloseTo(1260 / 1280, 12);
    expect(found.coverage.low).toBeLessThan(1260 / 1280);
    expect(sampleFigures([...drawn, ...open])).toMatchObject({ n: 37, coverage: { count: 35, total: 37 } });
  });

  test('know exactly what the source says of every rollout', () => {
    expect(populationFigures(drawn, 7).coverage).toEqual({ value: 1, low: 1, high: 1 });
  });

  test('stand still', () => {
    expect(populationFigures(drawn, 7)).toEqual(populationFigures(drawn, 7));
  });

  test('hold the truth about as often as they claim', () => {
    // A run of 1,000: 100 called, 80 rightly; 900 passed, 45 wrongly. 100 samples of 25 and 25.
    let held = 0;
    let state = 1;
    const next = (): number => {
      state = (state * 48271) % 2147483647;
      return state / 2147483647;
    };
    for (let turn = 0; turn < 100; turn += 1) {
      const sample: Case[] = Array.from({ length: 50 }, (_, at) =>
        at < 25 ? { label: next() < 0.8, said: true, weight: 4 } : { label: next() < 0.05, said: false, weight: 36 },
      );
      const { low, high } = populationFigures(sample, turn).recall;
      if (low <= 80 / 125 && 80 / 125 <= high) held += 1;
    }
    expect(held).toBeGreaterThanOrEqual(90);
  });
});

const anyCase = fc.record({
  label: fc.constantFrom(true, false, null),
  said: fc.constantFrom(true, false, null),
  weight: fc.constantFrom(1, 2.5, 40),
});

test('every figure lies in its interval, and the interval in its range', () => {
  fc.assert(
    fc.property(fc.array(anyCase, { maxLength: 40 }), fc.nat(), (all, seed) => {
      const run = populationFigures(all, seed);
      const sample = sampleFigures(all);
      for (const { value, low, high } of [run.rate, run.precision, run.recall, run.recallOfAll, run.f1, sample.f1]) {
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        if (value !== null) expect(low <= value + 1e-12 && value - 1e-12 <= high).toBe(true);
      }
      expect(run.kappa.low).toBeGreaterThanOrEqual(-1);
      expect(run.kappa.high).toBeLessThanOrEqual(1);
    }),
    { numRuns: 40 },
  );
});

test('where every item stands for as many, run and sample say the same', () => {
  fc.assert(
    fc.property(fc.array(anyCase, { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 50 }), (all, weight) => {
      const even = all.map((one) => ({ ...one, weight }));
      const run = populationFigures(even, 1);
      const sample = sampleFigures(even);
      const close = (a: number | null, b: number | null): void =>
        a === null || b === null ? expect(a).toBe(b) : expect(a).toBeCloseTo(b, 9);
      close(run.precision.value, sample.precision.share);
      close(run.recall.value, sample.recall.share);
      close(run.recallOfAll.value, sample.recallOfAll.share);
      close(run.f1.value, sample.f1.value);
      close(run.kappa.value, sample.kappa.kappa);
      expect(run.rollouts).toBe(weight * all.filter(({ label }) => label !== null).length);
      close(run.coverage.value, sample.coverage.share);
    }),
    { numRuns: 40 },
  );
});
