import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isGood, type Standing } from '@/lib/domain/verdict';
import { groundOf, proposePairs } from './build';
import type { PairCandidate, PairGroup } from './candidate';
import { pairFingerprint } from './identity';
import { type Holds, pickCouples } from './pick';
import { createDraw } from './random';
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

test('a pair names its question, its rule and both its rollouts', () => {
  const [good, bad] = [candidate(1), candidate(2, wrong)];
  expect(proposePairs(groupOf(good, bad), only('accuracy'), 0)).toEqual([
    {
      fingerprint: pairFingerprint('q1', 'accuracy', good.response, bad.response),
      groupId: 'g1',
      questionId: 'q1',
      type: 'accuracy',
      rule: 'accuracy/good-over-wrong',
      why: 'Sample 1 answers B, which is correct, and sample 2 answers D.',
      chosen: { rolloutId: good.rolloutId, text: good.response },
      rejected: { rolloutId: bad.rolloutId, text: bad.response },
      goodRolloutId: good.rolloutId,
      badRolloutId: bad.rolloutId,
      seam: null,
    },
  ]);
});

describe('a reflection needs two thinkings and an answer', () => {
  const bad = candidate(2, wrong);
  test.each([
    ['both', candidate(1), bad, 1],
    ['nothing to end with', { ...candidate(1), thinking: null }, bad, 0],
    ['only space to end with', candidate(1, { thinking: ' \n' }), bad, 0],
    ['nothing to begin with', candidate(1), { ...bad, thinking: null }, 0],
    ['no answer to end with', { ...candidate(1), answer: null }, bad, 0],
    ['only space for an answer', candidate(1, { answer: ' ' }), bad, 0],
    [
      'one thinking on both sides',
      candidate(1, { thinking: 'So.' }),
      candidate(2, { ...wrong, thinking: ' So.\n' }),
      0,
    ],
    [
      'one thinking, the other way round',
      candidate(1, { thinking: '\nSo. ' }),
      candidate(2, { ...wrong, thinking: 'So.' }),
      0,
    ],
    ['as many tokens as may be', candidate(1, { thinkTokens: 3_996 }), bad, 1],
    ['a token more', candidate(1, { thinkTokens: 3_997 }), bad, 0],
  ] as const)('%s', (_name, good, opening, count) => {
    expect(proposePairs(groupOf(good, opening), only('reflection'), 0)).toHaveLength(count);
  });

  test('a rollout that cannot end one never takes the turn of another', () => {
    const group = groupOf({ ...candidate(1), answer: null }, { ...candidate(3), thinking: null }, candidate(4), bad);
    for (let seed = 0; seed < 20; seed++) {
      const pairs = proposePairs(group, only('reflection', { maxPerTypePerQuestion: 1 }), seed);
      expect(pairs.map(({ goodRolloutId }) => goodRolloutId)).toEqual([candidate(4).rolloutId]);
    }
  });

  test('every bridge gets its turn', () => {
    const settings = only('reflection', { bridges: ['One.', 'Two.', 'Three.'] });
    const texts = Array.from({ length: 40 }, (_, seed) => proposePairs(groupOf(candidate(1), bad), settings, seed));
    const bridges = texts.map(([pair]) => pair?.chosen.text.slice(pair.seam?.bridgeStart, pair.seam?.bridgeEnd));
    expect(new Set(bridges)).toEqual(new Set(settings.bridges));
  });
});

describe('the ground of a proposal', () => {
  const texts = (...candidates: PairCandidate[]) =>
    groundOf(groupOf(...candidates)).distinct.map(({ sample }) => sample);
  const saying = (sample: number, response: string): PairCandidate => ({ ...candidate(sample), response });

  test.each([
    ['by their texts', [saying(1, 'b'), saying(2, 'a'), saying(3, 'c')], [2, 1, 3]],
    ['of one text the first sample', [saying(3, 'a'), saying(1, 'a'), saying(2, 'a')], [1]],
    ['the same but for the space around', [saying(1, 'b'), saying(2, 'b\n'), saying(3, ' b')], [3]],
    [
      'a rollout that stands twice',
      [
        { ...saying(2, 'b'), rolloutId: 'r' },
        { ...saying(1, 'a'), rolloutId: 'r' },
      ],
      [1],
    ],
    ['none', [], []],
  ] as const)('%s', (_name, candidates, samples) => {
    expect(texts(...candidates)).toEqual(samples);
  });

  test('equal numbers under one text go by their ids', () => {
    const [later, sooner] = [
      { ...saying(1, 'a'), rolloutId: 'r2' },
      { ...saying(1, 'a'), rolloutId: 'r1' },
    ];
    expect(groundOf(groupOf(later, sooner)).distinct.map(({ rolloutId }) => rolloutId)).toEqual(['r1']);
  });

  test('the stream never changes, and is one of its own for other words', () => {
    const group = groupOf(saying(1, 'a'), saying(2, 'b'));
    const { question } = group;
    const streams = [
      group,
      { ...group, question: { ...question, prompt: 'What?' } },
      { ...group, question: { ...question, options: ['a', 'b', 'c'] } },
      { ...group, question: { ...question, truth: 'C' } },
      groupOf(saying(1, 'a'), saying(2, 'c')),
      groupOf(saying(1, 'ab')),
    ].map((each) => groundOf(each).stream);
    expect(streams[0]).toMatchInlineSnapshot(`903207506`);
    expect(new Set(streams).size).toBe(streams.length);
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

  test.each([0, 1, 2, 3, 4, 5, 6, 7])('rollouts take turns, by seed %i', (seed) => {
    const pairs = proposePairs(many, only('accuracy', { maxPerQuestion: 3, maxPerTypePerQuestion: 3 }), seed);
    expect(new Set(pairs.map(({ goodRolloutId }) => goodRolloutId)).size).toBe(3);
    expect(new Set(pairs.map(({ badRolloutId }) => badRolloutId)).size).toBe(3);
  });

  test('a rollout that is wrong and looping is paired once with the same good one', () => {
    const group = groupOf(candidate(1), candidate(2, { standing: { correct: false, repetitive: true } }));
    expect(proposePairs(group, defaultPairSettings, 0)).toHaveLength(1);
  });

  test('types of equal length keep their order, and a type that is off has no turn', () => {
    const group = groupOf(
      candidate(1),
      candidate(2, wrong),
      candidate(3, { standing: { repetitive: true } }),
      candidate(4, inconsistent),
    );
    const types = proposePairs(group, settingsOf({ maxPerQuestion: 8 }), 0).map(({ type }) => type);
    expect(types).toEqual(['accuracy', 'consistency', 'penalty', 'reflection']);
    const less = settingsOf({ maxPerQuestion: 8, types: { consistency: false } });
    expect(proposePairs(group, less, 0).map(({ type }) => type)).toEqual(['accuracy', 'penalty', 'reflection']);
  });

  test.each([
    [1, 1, 1],
    [2, 1, 1],
    [2, 2, 2],
    [4, 3, 3],
    [4, 64, 4],
    [20, 64, 12],
  ])('at most %i, and %i of one type: %i', (maxPerQuestion, maxPerTypePerQuestion, count) => {
    expect(proposePairs(many, only('accuracy', { maxPerQuestion, maxPerTypePerQuestion }), 3)).toHaveLength(count);
  });

  test('all couples of a type are used before it has no turn, each once', () => {
    const pairs = proposePairs(many, only('accuracy', { maxPerQuestion: 20, maxPerTypePerQuestion: 64 }), 5);
    expect(new Set(pairs.map(({ goodRolloutId, badRolloutId }) => `${goodRolloutId} ${badRolloutId}`)).size).toBe(12);
  });

  test('a seed draws other couples', () => {
    const drawn = Array.from({ length: 20 }, (_, seed) => proposePairs(many, only('accuracy'), seed)[0]?.fingerprint);
    expect(new Set(drawn).size).toBeGreaterThan(4);
  });

  test('what is drawn never changes', () => {
    const [first] = proposePairs(many, only('accuracy'), 11);
    const samples = [first?.goodRolloutId, first?.badRolloutId].map((id) => Number(id?.slice(-4)));
    expect(samples).toMatchInlineSnapshot(`
      [
        4,
        6,
      ]
    `);
  });

  test.each([127, 128, 129, 300])('of %i candidates 128 at most are looked at', (count) => {
    const crowd = Array.from({ length: count }, (_, at) => candidate(at, at % 2 ? wrong : {}));
    const seen = new Set<string>();
    const look: Holds = (_type, good, bad) => {
      seen.add(good.rolloutId).add(bad.rolloutId);
      return false;
    };
    let draws = 0;
    const draw = createDraw(1);
    const counted = (bound: number) => {
      draws += 1;
      return draw(bound);
    };
    expect(pickCouples(crowd, look, only('accuracy'), counted)).toEqual([]);
    expect([seen.size, draws]).toEqual([Math.min(count, 128), count > 128 ? count - 1 : 0]);
  });

  test('thousands of candidates stay bounded', () => {
    const crowd = Array.from({ length: 4000 }, (_, at) => candidate(at, at % 2 ? wrong : {}));
    expect(proposePairs(groupOf(...crowd), defaultPairSettings, 0)).toHaveLength(4);
  });

  test.each([
    ['no bridge', { bridges: [] }],
    ['a bridge with tags', { bridges: ['</think> Wait'] }],
    ['a ratio of one', { minLengthRatio: 1 }],
    ['no pairs of a question', { maxPerQuestion: 0 }],
    ['no pairs of a type', { maxPerTypePerQuestion: 0 }],
    ['half a pair', { maxPerQuestion: 1.5 }],
    ['a bridge of space alone', { bridges: [' '] }],
    ['a bridge with a tag in capitals', { bridges: ['Wait. <ANSWER>'] }],
    ['a bridge that never ends', { bridges: ['x'.repeat(1_001)] }],
    ['no tokens for a reflection', { maxReflectionTokens: 0 }],
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
