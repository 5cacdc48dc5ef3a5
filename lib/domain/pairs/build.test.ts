import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isGood, type Standing } from '@/lib/domain/verdict';
import { proposePairs } from './build';
import type { PairCandidate, PairGroup } from './candidate';
import { defaultPairSettings, type PairSettings, pairSettingsSchema } from './settings';

const goodStanding: Standing = {
  wellFormed: true,
  correct: true,
  consistency: 'consistent',
  repetitive: false,
  lengthClass: 'in_range',
  reward: 1.5,
};

type Part = Partial<Omit<PairCandidate, 'standing'>> & { readonly standing?: Partial<Standing> };

const candidate = (sample: number, { standing, ...part }: Part = {}): PairCandidate => {
  const answer = part.answer ?? (standing?.correct === false ? 'D' : 'B');
  const thinking = part.thinking ?? `Thought ${sample}. So the answer is ${answer}.`;
  return {
    rolloutId: `00000000-0000-4000-8000-${String(sample).padStart(12, '0')}`,
    sample,
    response: `<think>${thinking}</think><answer>${answer}</answer>`,
    concluded: answer,
    thinkTokens: 100,
    ...part,
    thinking,
    answer,
    standing: { ...goodStanding, ...standing },
  };
};

const groupOf = (...candidates: PairCandidate[]): PairGroup => ({
  groupId: 'g1',
  question: { id: 'q1', kind: 'choice', prompt: 'Which?', options: ['a', 'b', 'c', 'd'], truth: 'B' },
  candidates,
});

const settingsOf = (part: unknown): PairSettings => pairSettingsSchema.parse(part);
const only = (type: string, part: Record<string, unknown> = {}): PairSettings => {
  const off = { accuracy: false, consistency: false, penalty: false, reflection: false, length: false };
  return settingsOf({ ...part, types: { ...off, [type]: true } });
};

const wrong = { standing: { correct: false, reward: 0.5 } } as const;
const inconsistent = { concluded: 'D', standing: { consistency: 'inconsistent' } } as const;

describe('each type', () => {
  test.each([
    ['wrong answer', 'accuracy', wrong, 'Sample 1 answers B, which is correct, and sample 2 answers D.'],
    ['wrong thinking', 'consistency', inconsistent, "Both answer B correctly, but sample 2's thinking concludes D."],
    [
      'repetitive',
      'penalty',
      { standing: { repetitive: true } },
      'Sample 1 is good in every check, but sample 2 repeats itself.',
    ],
    [
      'malformed',
      'penalty',
      { standing: { wellFormed: false } },
      'Sample 1 is good in every check, but sample 2 does not keep the think and answer form.',
    ],
    [
      'cut off, wrong and looping',
      'penalty',
      { standing: { correct: false, wellFormed: false, repetitive: true, lengthClass: 'cut_off' } },
      'Sample 1 is good in every check, but sample 2 was cut off and repeats itself.',
    ],
    [
      'much shorter',
      'length',
      { thinkTokens: 40 },
      'Both are good, but sample 1 thinks for 100 tokens and sample 2 for 40, 2.5 times as many.',
    ],
  ] as const)('%s: %s', (_name, type, part, why) => {
    const [pair, ...rest] = proposePairs(groupOf(candidate(1), candidate(2, part)), only(type), 0);
    expect(rest).toEqual([]);
    expect(pair).toMatchObject({ type, why, seam: null, chosen: { rolloutId: candidate(1).rolloutId } });
    expect(pair?.rejected).toEqual({ rolloutId: candidate(2).rolloutId, text: candidate(2, part).response });
  });

  test.each([
    ['nothing good', 'accuracy', [candidate(1, inconsistent), candidate(2, wrong)]],
    [
      'no truth',
      'accuracy',
      [candidate(1, { standing: { correct: null } }), candidate(2, { standing: { correct: null } })],
    ],
    [
      'undetermined is not inconsistent',
      'consistency',
      [candidate(1), candidate(2, { standing: { consistency: 'undetermined' } })],
    ],
    [
      'wrong and inconsistent is no right answer',
      'consistency',
      [candidate(1), candidate(2, { standing: { correct: false, consistency: 'inconsistent' } })],
    ],
    ['ratio below the threshold', 'length', [candidate(1, { thinkTokens: 149 }), candidate(2)]],
    [
      'longer is too long',
      'length',
      [candidate(1, { thinkTokens: 900, standing: { lengthClass: 'too_long' } }), candidate(2)],
    ],
    ['equal lengths of zero', 'length', [candidate(1, { thinkTokens: 0 }), candidate(2, { thinkTokens: 0 })]],
    [
      'the same text but for space',
      'accuracy',
      [candidate(1), candidate(2, { ...wrong, response: `\n${candidate(1).response} ` })],
    ],
    [
      'one rollout twice',
      'accuracy',
      [candidate(1), { ...candidate(1), ...candidate(2, wrong), rolloutId: candidate(1).rolloutId }],
    ],
    [
      'reflection on thinking that may be right',
      'reflection',
      [candidate(1), candidate(2, { standing: { correct: false, consistency: 'inconsistent' } })],
    ],
    [
      'reflection on a loop',
      'reflection',
      [candidate(1), candidate(2, { standing: { correct: false, repetitive: true } })],
    ],
    ['reflection too long', 'reflection', [candidate(1, { thinkTokens: 4000 }), candidate(2, wrong)]],
    ['reflection without thinking', 'reflection', [candidate(1), candidate(2, { ...wrong, thinking: ' ' })]],
  ] as const)('none: %s', (_name, type, candidates) => {
    expect(proposePairs(groupOf(...candidates), only(type), 0)).toEqual([]);
  });

  test('the ratio itself is enough', () => {
    expect(proposePairs(groupOf(candidate(1, { thinkTokens: 150 }), candidate(2)), only('length'), 0)).toHaveLength(1);
  });

  test('a reflection is wrong thinking, bridge, right thinking and right answer', () => {
    const [good, bad] = [candidate(1, { thinking: '\nLeft. B.\n' }), candidate(2, { ...wrong, thinking: 'Right. D.' })];
    const settings = only('reflection', { bridges: ['Wait.'] });
    const [pair] = proposePairs(groupOf(good, bad), settings, 0);
    expect(pair?.chosen).toEqual({
      rolloutId: null,
      text: '<think>\nRight. D.\n\nWait.\n\nLeft. B.\n</think>\n<answer>B</answer>',
    });
    expect(pair?.rejected.rolloutId).toBe(bad.rolloutId);
    expect(pair?.chosen.text.slice(pair.seam?.bridgeStart, pair.seam?.bridgeEnd)).toBe('Wait.');
    expect(pair?.why).toBe(
      'The chosen text starts with the thinking of sample 2, which leads to D, doubts it, and goes on with the thinking of sample 1 to the correct B.',
    );
  });

  test('long and hostile answers are one short line in the sentence', () => {
    const bad = candidate(2, { ...wrong, answer: `<img src=x>\n\n${'9'.repeat(100_000)}` });
    const [pair] = proposePairs(groupOf(candidate(1), bad), only('accuracy'), 0);
    expect(pair?.why).toMatch(/^Sample 1 answers B, which is correct, and sample 2 answers <img src=x> 9+…\.$/);
    expect(pair?.why.length).toBeLessThan(120);
  });
});

describe('limits and balance', () => {
  const four = [candidate(1), candidate(2), candidate(3), candidate(4)];
  const many = groupOf(
    ...four,
    candidate(5, wrong),
    candidate(6, wrong),
    candidate(7, wrong),
    candidate(8, inconsistent),
  );

  test('the rarest type comes first and each type gets its turn', () => {
    const types = proposePairs(many, defaultPairSettings, 7).map(({ type }) => type);
    // 4 consistency couples, 12 of accuracy, 12 of reflection, none of penalty and length.
    expect(types).toEqual(['consistency', 'accuracy', 'reflection', 'consistency']);
  });

  test('rollouts take turns', () => {
    const pairs = proposePairs(many, only('accuracy', { maxPerQuestion: 3, maxPerTypePerQuestion: 3 }), 1);
    expect(new Set(pairs.map(({ goodRolloutId }) => goodRolloutId)).size).toBe(3);
    expect(new Set(pairs.map(({ badRolloutId }) => badRolloutId)).size).toBe(3);
  });

  test('a rollout that is wrong and looping is paired once with the same good one', () => {
    const group = groupOf(candidate(1), candidate(2, { standing: { correct: false, repetitive: true } }));
    expect(proposePairs(group, defaultPairSettings, 0)).toHaveLength(1);
  });

  test('thousands of candidates stay bounded', () => {
    const crowd = Array.from({ length: 4000 }, (_, at) => candidate(at, at % 2 ? wrong : {}));
    expect(proposePairs(groupOf(...crowd), defaultPairSettings, 0)).toHaveLength(4);
  });

  test.each([
    ['no bridge', { bridges: [] }],
    ['a bridge with tags', { bridges: ['</think> Wait'] }],
    ['a ratio of one', { minLengthRatio: 1 }],
  ] as const)('settings refuse %s', (_name, part) => {
    expect(pairSettingsSchema.safeParse(part).success).toBe(false);
  });
});

describe('for every group', () => {
  const part = fc.record({
    thinkTokens: fc.integer({ min: 0, max: 5000 }),
    answer: fc.constantFrom('A', 'B', 'D'),
    thinking: fc.constantFrom('x', 'y', ' ', 'long thought'),
    standing: fc.record({
      wellFormed: fc.boolean(),
      correct: fc.constantFrom(true, true, false, null),
      consistency: fc.constantFrom('consistent', 'consistent', 'inconsistent', 'undetermined'),
      repetitive: fc.boolean(),
      lengthClass: fc.constantFrom('in_range', 'cut_off', 'too_long'),
    }),
  });
  const groups = fc
    .array(part, { maxLength: 12 })
    .map((parts) => groupOf(...parts.map((each, at) => candidate(at, each))));
  const settings = fc
    .record({ maxPerQuestion: fc.integer({ min: 1, max: 8 }), maxPerTypePerQuestion: fc.integer({ min: 1, max: 4 }) })
    .map(settingsOf);

  test('limits, good chains, distinct texts and unique fingerprints hold', () => {
    fc.assert(
      fc.property(groups, settings, fc.integer(), (group, limits, seed) => {
        const pairs = proposePairs(group, limits, seed);
        const byId = new Map(group.candidates.map((each) => [each.rolloutId, each]));
        expect(pairs.length).toBeLessThanOrEqual(limits.maxPerQuestion);
        for (const type of new Set(pairs.map((pair) => pair.type)))
          expect(pairs.filter((pair) => pair.type === type).length).toBeLessThanOrEqual(limits.maxPerTypePerQuestion);
        expect(new Set(pairs.map(({ fingerprint }) => fingerprint)).size).toBe(pairs.length);
        expect(new Set(pairs.map((pair) => `${pair.chosen.text}\0${pair.rejected.text}`)).size).toBe(pairs.length);
        for (const pair of pairs) {
          const good = byId.get(pair.goodRolloutId);
          expect(good && isGood(good.standing)).toBe(true);
          expect(pair.chosen.text.trim()).not.toBe(pair.rejected.text.trim());
          expect(pair.goodRolloutId).not.toBe(pair.badRolloutId);
          expect(pair.why).toMatch(/^[A-Z].*\.$/);
        }
      }),
    );
  });

  test('the order of the candidates does not matter, and the same seed gives the same pairs', () => {
    fc.assert(
      fc.property(
        groups.chain((group) =>
          fc.tuple(
            fc.constant(group),
            fc.shuffledSubarray([...group.candidates], { minLength: group.candidates.length }),
          ),
        ),
        fc.integer(),
        ([group, reordered], seed) => {
          const again = proposePairs({ ...group, candidates: reordered }, defaultPairSettings, seed);
          expect(again).toEqual(proposePairs(group, defaultPairSettings, seed));
        },
      ),
    );
  });

  test('ids do not matter: the same texts give the same pairs in another project', () => {
    const textsOf = (group: PairGroup, seed: number) =>
      proposePairs(group, defaultPairSettings, seed).map(({ type, chosen, rejected }) => [
        type,
        chosen.text,
        rejected.text,
      ]);
    fc.assert(
      fc.property(groups, fc.integer(), (group, seed) => {
        const candidates = group.candidates.map((each) => ({ ...each, rolloutId: `other ${100 - each.sample}` }));
        const elsewhere = { groupId: 'g2', question: { ...group.question, id: 'q2' }, candidates };
        expect(textsOf(elsewhere, seed)).toEqual(textsOf(group, seed));
      }),
    );
  });
});
