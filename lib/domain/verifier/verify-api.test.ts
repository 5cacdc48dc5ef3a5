import { expect, test } from 'vitest';
import { createScorer } from './score-item';
import { defaultVerifierSettings } from './settings';
import { wholeVerdict, wholeVerdictSchema } from './verify-api';

const question = { kind: 'choice', prompt: 'Where to?', options: ['left', 'right'], truth: 'B' } as const;
const whole = (response: string, truth = 'B') => {
  const sample = { response, finishReason: 'stop', thinkTokens: 20 } as const;
  const scored = createScorer(defaultVerifierSettings)({ question: { ...question, truth }, sample });
  return wholeVerdictSchema.parse(wholeVerdict(scored, response));
};

test('a good response, whole', () => {
  expect(whole('<think>So the answer is B.</think><answer>B</answer>')).toEqual({
    reward: 1.5,
    accuracy: 1,
    correct: true,
    well_formed: true,
    cut_off: false,
    consistency: 'consistent',
    concluded: 'B',
    repetition: 0,
    repetitive: false,
    length: 'in_range',
    think_tokens: 20,
    token_source: 'trainer',
    answer: 'B',
    reasons: {
      format: 'One think block, then one answer block',
      accuracy: 'B is B',
      consistency: expect.any(String),
      repetition: 'No repeated passages',
      length: '20 tokens of thinking',
    },
    evidence: [
      { check: 'accuracy', role: 'answer', start: 42, end: 43, quote: 'B' },
      expect.objectContaining({ check: 'consistency', role: 'conclusion' }),
      { check: 'consistency', role: 'answer', start: 42, end: 43, quote: 'B' },
    ],
  });
});

test('without a truth there is neither reward nor accuracy', () => {
  const found = whole('<think>So the answer is B.</think><answer>B</answer>', ' ');
  expect([found.reward, found.accuracy, found.correct]).toEqual([null, null, null]);
});

test('what never ends is cut off, repetitive and quoted in part', () => {
  const found = whole(`<think>${'round and round we go '.repeat(200)}`);
  expect(found).toMatchObject({ cut_off: true, repetitive: true, length: 'cut_off', answer: null, correct: false });
  const quotes = found.evidence.map(({ start, end, quote }) => [Math.min(end - start, 300), quote.length]);
  expect(quotes.every(([wanted, length]) => wanted === length)).toBe(true);
  expect(found.evidence.some(({ start, end }) => end - start > 300)).toBe(true);
});
