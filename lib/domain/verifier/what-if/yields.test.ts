import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pairTypes } from '@/lib/domain/pair';
import { proposePairs } from '@/lib/domain/pairs/build';
import type { PairCandidate, PairGroup } from '@/lib/domain/pairs/candidate';
import { decodeTexts, encodeTexts, groupTextsOf } from '@/lib/domain/pairs/group-texts';
import { defaultPairSettings, type PairSettings, pairSettingsSchema } from '@/lib/domain/pairs/settings';
import { snapshotFixture } from './fixture';
import { TYPES } from './pair-turns';
import { pairingOf } from './pairing';
import { codeOf } from './standing-code';
import { createYieldCounter, yieldAll } from './yields';

const candidates = fc.record({
  thinkTokens: fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.constantFrom(0, 100, 150)),
  answer: fc.constantFrom('A', 'B', ' ', null),
  thinking: fc.constantFrom('x', 'y ', ' y', ' ', null, 'long thought'),
  space: fc.constantFrom('', ' ', '\n'),
  // Few numbers, so that some texts come twice.
  number: fc.nat(9),
  standing: fc.record({
    wellFormed: fc.constantFrom(true, true, true, false),
    correct: fc.constantFrom(true, true, false, null),
    consistency: fc.constantFrom('consistent', 'consistent', 'inconsistent', 'undetermined'),
    repetitive: fc.constantFrom(false, false, true),
    lengthClass: fc.constantFrom('in_range', 'in_range', 'cut_off', 'too_long', 'too_short'),
    reward: fc.constant(null),
  }),
});

const groupOf = (
  parts: readonly (typeof candidates extends fc.Arbitrary<infer T> ? T : never)[],
  at = 0,
): PairGroup => ({
  groupId: `g${at}`,
  question: { id: `q${at}`, kind: 'choice', prompt: `Which ${at}?`, options: ['a', 'b'], truth: 'B' },
  candidates: parts.map(
    ({ number, space, ...part }, index): PairCandidate => ({
      ...part,
      rolloutId: `${at}-${index}`,
      sample: index + 1,
      response: `${space}${number} <think>${part.thinking}</think>${part.answer}${space}`,
      concluded: null,
    }),
  ),
});

const settings = fc
  .record({
    maxPerQuestion: fc.integer({ min: 1, max: 8 }),
    maxPerTypePerQuestion: fc.integer({ min: 1, max: 4 }),
    minLengthRatio: fc.constantFrom(1.1, 1.5, 4),
    maxReflectionTokens: fc.constantFrom(200, 4096),
    types: fc.record(Object.fromEntries(pairTypes.map((type) => [type, fc.boolean().map((off) => !off)] as const))),
  })
  .map((part) => pairSettingsSchema.parse(part));

/** Pairs of each type, in the order of `pairTypes`, as the what-if counts them: group by group. */
const countedOf = (groups: readonly PairGroup[], pairSettings: PairSettings, seed: number): number[] => {
  const rows = groups.flatMap(({ candidates: own }) => own);
  const firsts = groups.map((_, at) => groups.slice(0, at).reduce((sum, group) => sum + group.candidates.length, 0));
  const pairing = pairingOf(
    groups.map((group, at) => {
      const { stream, distinct } = groupTextsOf(group);
      const texts = { stream, distinct: decodeTexts(encodeTexts(distinct)) };
      return { texts, rowOf: (sample) => (firsts[at] ?? 0) + sample - 1 };
    }),
  );
  const snapshot = snapshotFixture(
    rows.map(({ thinkTokens }) => ({ thinkTokens })),
    { pairing },
  );
  const codes = Uint8Array.from(rows, ({ standing }) => codeOf(standing));
  return [...yieldAll(snapshot, codes, createYieldCounter(snapshot, pairSettings, seed))];
};

const proposedOf = (groups: readonly PairGroup[], pairSettings: PairSettings, seed: number): number[] =>
  groups.flatMap((group) => {
    const pairs = proposePairs(group, pairSettings, seed);
    return pairTypes.map((type) => pairs.filter((pair) => pair.type === type).length);
  });

test('counts what the pair builder proposes, for every group, settings and seed', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(candidates, { maxLength: 12 }), { maxLength: 4 }),
      settings,
      fc.integer({ min: 0, max: 0xffff_ffff }),
      (parts, pairSettings, seed) => {
        const groups = parts.map(groupOf);
        expect(countedOf(groups, pairSettings, seed)).toEqual(proposedOf(groups, pairSettings, seed));
      },
    ),
    { numRuns: 1_000 },
  );
});

test('and so for a crowd, of which the draw looks at a part', () => {
  const crowds = fc.array(candidates, { minLength: 129, maxLength: 300 });
  fc.assert(
    fc.property(crowds, fc.nat(99), (parts, seed) => {
      const crowd = groupOf(parts.map((part, at) => ({ ...part, number: at })));
      expect(countedOf([crowd], defaultPairSettings, seed)).toEqual(proposedOf([crowd], defaultPairSettings, seed));
    }),
    { numRuns: 20 },
  );
});

test('a group of an evaluation yields nothing', () => {
  const pairing = pairingOf([null]);
  const snapshot = snapshotFixture([{}, {}], { pairing });
  const counted = yieldAll(snapshot, new Uint8Array(2), createYieldCounter(snapshot, defaultPairSettings, 0));
  expect([...counted]).toEqual(new Array(TYPES).fill(0));
});
