import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { groupTextsOf } from '@/lib/domain/pairs/group-texts';
import { defaultPairSettings } from '@/lib/domain/pairs/settings';
import { type Kind, kinds } from '@/lib/domain/question';
import { countConsistencies } from '@/lib/domain/stats/rates';
import { type Consistency, consistencies, isGood, lengthClasses, type Standing } from '@/lib/domain/verdict';
import { applyCorrections, type Correction } from '@/lib/domain/verifier/corrections';
import { decide } from '@/lib/domain/verifier/decide';
import { defaultVerifierSettings, type VerifierSettings } from '@/lib/domain/verifier/settings';
import { type FixtureRow, snapshotFixture } from './fixture';
import { countFlipped, flipsOf, MOST_EXAMPLES } from './flips';
import { TYPES } from './pair-turns';
import { pairingOf } from './pairing';
import { sensitivityOf } from './sensitivity';
import { standAll } from './stand';
import { codeOf, STANDING_CODES, standings } from './standing-code';
import { summaryOf } from './summary';
import { moveThresholds, pointsOf, thresholdNames } from './thresholds';
import { createYieldCounter, yieldAll, yieldFrom } from './yields';

const share = fc.oneof(fc.constantFrom(0, 0.3, 0.5, 0.9, 1), fc.double({ min: 0, max: 1, noNaN: true }));
const settings: fc.Arbitrary<VerifierSettings> = fc
  .record({
    minAccuracy: share,
    minAccuracyGraded: share,
    maxRepetition: share,
    minThinkTokens: fc.integer({ min: 0, max: 400 }),
    maxThinkTokens: fc.integer({ min: 401, max: 9_000 }),
    formatReward: share,
  })
  .map((part) => ({ ...defaultVerifierSettings, ...part }));

const row = fc.record({
  kind: fc.constantFrom<Kind>(...kinds),
  wellFormed: fc.boolean(),
  cutOff: fc.boolean(),
  accuracy: fc.oneof(fc.constant(null), share),
  consistency: fc.constantFrom<Consistency>(...consistencies),
  judged: fc.constantFrom<Consistency | null>(null, ...consistencies),
  repetition: share,
  thinkTokens: fc.oneof(fc.integer({ min: 0, max: 9_000 }), fc.constantFrom(16, 4096, 0)),
});
const correction: fc.Arbitrary<Correction> = fc.oneof(
  fc.record({ check: fc.constantFrom('format', 'accuracy', 'repetition'), value: fc.boolean() }),
  fc.record({ check: fc.constant('consistency'), value: fc.constantFrom(...consistencies) }),
  fc.record({ check: fc.constant('length'), value: fc.constantFrom(...lengthClasses) }),
);
type Row = typeof row extends fc.Arbitrary<infer T> ? T : never;
type Acted = readonly [Row, readonly Correction[]];
const rows = fc.array(fc.tuple(row, fc.oneof(fc.constant([]), fc.array(correction, { maxLength: 2 }))), {
  maxLength: 40,
});

/** Groups of five, the last one short; every response has a text of its own but each fifth. */
const snapshotOf = (acted: readonly Acted[]) => {
  const groups = Array.from({ length: Math.ceil(acted.length / 5) }, (_, group) => {
    const own = acted.slice(group * 5, group * 5 + 5);
    const question = { id: `q${group}`, kind: 'choice', prompt: 'Which?', options: [], truth: 'B' } as const;
    const texts = groupTextsOf({
      groupId: `g${group}`,
      question,
      candidates: own.map(([{ thinkTokens }], at) => ({
        rolloutId: `${group}-${at}`,
        sample: at + 1,
        response: `text ${at % 4} of ${group}`,
        thinking: `thinking ${at % 3}`,
        answer: 'B',
        concluded: null,
        thinkTokens,
        standing: standings[0] ?? expect.unreachable(),
      })),
    });
    return { texts, rowOf: (sample: number) => group * 5 + sample - 1 };
  });
  const columns = acted.map(([scores], at): FixtureRow => ({ ...scores, group: Math.floor(at / 5) }));
  return snapshotFixture(columns, {
    corrections: new Map(acted.flatMap(([, corrections], at) => (corrections.length > 0 ? [[at, corrections]] : []))),
    pairing: pairingOf(groups),
  });
};

const standingsOf = (acted: readonly Acted[], under: VerifierSettings): Standing[] =>
  acted.map(([scores, corrections]) => applyCorrections(decide(scores, scores.kind, under), corrections, under));

test('every standing has a number of its own', () => {
  expect(new Set(standings.map(codeOf)).size).toBe(STANDING_CODES);
  expect(standings.map(codeOf)).toEqual(standings.map((_, code) => code));
});

describe('for all rows and settings', () => {
  test('standings, counts and the mean reward are those of decide and the corrections', () => {
    fc.assert(
      fc.property(rows, settings, (acted, under) => {
        const expected = standingsOf(acted, under);
        const stood = standAll(snapshotOf(acted), under);
        expect([...stood.codes]).toEqual(expected.map(codeOf));
        const rewards = expected.flatMap(({ reward }) => reward ?? []);
        const right = expected.filter(({ correct }) => correct === true).map(({ consistency }) => consistency);
        const rights = countConsistencies(right);
        const summary = summaryOf(stood);
        expect(summary).toMatchObject({
          rollouts: expected.length,
          judged: expected.filter(({ correct }) => correct !== null).length,
          correct: right.length,
          ...countConsistencies(expected.map(({ consistency }) => consistency)),
          rightConsistent: rights.consistent,
          rightInconsistent: rights.inconsistent,
          rightUndetermined: rights.undetermined,
          malformed: expected.filter(({ wellFormed }) => !wellFormed).length,
          repetitive: expected.filter(({ repetitive }) => repetitive).length,
          good: expected.filter(isGood).length,
        });
        for (const length of lengthClasses) {
          expect(summary.lengths[length]).toBe(expected.filter(({ lengthClass }) => lengthClass === length).length);
        }
        if (rewards.length === 0) expect(summary.meanReward).toBeNull();
        else expect(summary.meanReward).toBeCloseTo(rewards.reduce((a, b) => a + b, 0) / rewards.length, 9);
      }),
    );
  });

  test('flips are the rows whose outcome differs, the nearest first', () => {
    fc.assert(
      fc.property(rows, settings, settings, (acted, before, after) => {
        const snapshot = snapshotOf(acted);
        const [now, then] = [standAll(snapshot, before).codes, standAll(snapshot, after).codes];
        const [was, becomes] = [standingsOf(acted, before), standingsOf(acted, after)];
        const flips = flipsOf(snapshot, now, then, after);
        const repetitive = flips.find(({ check, to }) => check === 'repetition' && to === 'repetitive');
        const expected = acted.flatMap((_, at) => (!was[at]?.repetitive && becomes[at]?.repetitive ? [at] : []));
        expect(repetitive?.rollouts ?? 0).toBe(expected.length);
        expect(repetitive?.lost ?? 0).toBe(
          expected.filter((at) => was[at] && becomes[at] && isGood(was[at]) && !isGood(becomes[at])).length,
        );
        for (const flip of flips) {
          expect(flip.examples.length).toBe(Math.min(flip.rollouts, MOST_EXAMPLES));
          expect(new Set(flip.examples.map(({ row: at }) => at)).size).toBe(flip.examples.length);
        }
        const distances = (repetitive?.examples ?? []).map(({ score }) => Math.abs(score - after.maxRepetition));
        expect(distances).toEqual([...distances].sort((a, b) => a - b));
        const differs = acted.filter((_, at) => now[at] !== then[at]).length;
        expect(countFlipped(now, then)).toBe(differs);
        expect(flips.length > 0).toBe(differs > 0);
      }),
    );
  });

  test('pairs are counted anew where something changed, and are as if all were', () => {
    fc.assert(
      fc.property(rows, settings, settings, (acted, before, after) => {
        const snapshot = snapshotOf(acted);
        const counter = createYieldCounter(snapshot, defaultPairSettings, 0);
        const { codes } = standAll(snapshot, before);
        const known = { codes, counts: yieldAll(snapshot, codes, counter) };
        const moved = standAll(snapshot, after).codes;
        expect([...yieldFrom(snapshot, known, moved, counter)]).toEqual([...yieldAll(snapshot, moved, counter)]);
      }),
    );
  });

  test.each(thresholdNames)('the curve of %s is a full decision at each of its values', (name) => {
    fc.assert(
      fc.property(rows, settings, (acted, base) => {
        const snapshot = snapshotOf(acted);
        const counter = createYieldCounter(snapshot, defaultPairSettings, 0);
        const { points, bins, scored } = sensitivityOf(snapshot, base, name, counter);
        expect(points.map(({ value }) => value)).toEqual(pointsOf(name));
        expect(bins.reduce((sum, bin) => sum + bin, 0)).toBe(name === 'formatReward' ? 0 : scored);
        for (const { value, good, pairs, own, meanReward } of points) {
          const stood = standAll(snapshot, { ...base, [name]: value });
          const full = summaryOf(stood);
          const counts = yieldAll(snapshot, stood.codes, counter);
          expect({ good, pairs }).toEqual({ good: full.good, pairs: counts.reduce((sum, count) => sum + count, 0) });
          const owns: Record<typeof name, number | null> = {
            minAccuracy: full.correct,
            minAccuracyGraded: full.correct,
            maxRepetition: full.repetitive,
            minThinkTokens: full.lengths.too_short,
            maxThinkTokens: full.lengths.too_long,
            formatReward: null,
          };
          expect(own).toBe(owns[name]);
          if (name !== 'formatReward' || full.meanReward === null) expect(meanReward).toBeNull();
          else expect(meanReward).toBeCloseTo(full.meanReward, 9);
        }
        expect(counter.differ(0, 0)).toBe(false);
        expect(yieldAll(snapshot, standAll(snapshot, base).codes, counter).length).toBe(
          Math.ceil(acted.length / 5) * TYPES,
        );
      }),
      { numRuns: 40 },
    );
  });
});

test.each([
  ['a share above one', { maxRepetition: 1.2 }],
  ['no number', { maxRepetition: Number.NaN }],
  ['a range that runs backwards', { minThinkTokens: 5000 }],
  ['half a token', { minThinkTokens: 1.5 }],
] as const)('thresholds refuse %s', (_name, moved) => {
  expect(moveThresholds(defaultVerifierSettings, moved).success).toBe(false);
});
