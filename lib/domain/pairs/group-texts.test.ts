import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PairCandidate } from './candidate';
import { decodeTexts, encodeTexts, groupTextsOf } from './group-texts';

const standing = {
  wellFormed: true,
  correct: true,
  consistency: 'consistent',
  repetitive: false,
  lengthClass: 'in_range',
  reward: 1.5,
} as const;
const candidate = (sample: number, thinking: string | null, answer: string | null): PairCandidate => ({
  rolloutId: `r${sample}`,
  sample,
  response: `${10 - sample} ${thinking} ${answer}`,
  thinking,
  answer,
  concluded: null,
  standing,
  thinkTokens: 10,
});
const question = { id: 'q', kind: 'choice', prompt: 'Which?', options: [], truth: 'B' } as const;
const textsOf = (...candidates: PairCandidate[]) => groupTextsOf({ groupId: 'g', question, candidates });

test('equal thinkings have one number, none and an empty one have 0, in the order of the draws', () => {
  const { distinct } = textsOf(
    candidate(1, 'left', 'B'),
    candidate(2, ' right\n', null),
    candidate(3, '\nleft ', ' '),
    candidate(4, null, 'B'),
    candidate(5, ' ', 'B'),
  );
  expect(distinct).toEqual([
    { sample: 5, thinking: 0, hasAnswer: true },
    { sample: 4, thinking: 0, hasAnswer: true },
    { sample: 3, thinking: 1, hasAnswer: false },
    { sample: 2, thinking: 2, hasAnswer: false },
    { sample: 1, thinking: 1, hasAnswer: true },
  ]);
});

test('no thinking is number 0 wherever it stands', () => {
  const { distinct } = textsOf(candidate(2, 'left', 'B'), candidate(1, null, 'B'));
  expect(distinct.map(({ thinking }) => thinking)).toEqual([1, 0]);
});

test('a text that is there already is left out, and the stream is that of the texts', () => {
  const [one, again] = [candidate(1, 'left', 'B'), { ...candidate(2, 'left', 'B'), response: '9 left B \n' }];
  expect(textsOf(one, again).distinct).toHaveLength(1);
  expect(textsOf(one, again).stream).toBe(textsOf(one).stream);
  expect(textsOf(candidate(1, 'right', 'B')).stream).not.toBe(textsOf(one).stream);
});

const kept = fc.record({
  sample: fc.integer({ min: 1, max: 0xffffffff }),
  thinking: fc.integer({ min: 0, max: 0x7fffffff }),
  hasAnswer: fc.boolean(),
});

test('what is written reads back', () => {
  fc.assert(
    fc.property(fc.array(kept, { maxLength: 20 }), (distinct) => {
      expect(decodeTexts(encodeTexts(distinct))).toEqual(distinct);
    }),
  );
});

test('as it is stored: eight bytes each, the lowest first', () => {
  const bytes = encodeTexts([
    { sample: 258, thinking: 3, hasAnswer: true },
    { sample: 1, thinking: 256, hasAnswer: false },
  ]);
  expect([...bytes]).toEqual([2, 1, 0, 0, 7, 0, 0, 0, 1, 0, 0, 0, 0, 2, 0, 0]);
});

test('a part of a larger buffer reads as well, and bytes that make no whole entry are left', () => {
  const larger = new Uint8Array([9, 9, 9, 9, ...encodeTexts([{ sample: 7, thinking: 2, hasAnswer: true }]), 5]);
  expect(decodeTexts(larger.subarray(4))).toEqual([{ sample: 7, thinking: 2, hasAnswer: true }]);
});
