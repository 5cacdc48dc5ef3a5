/** How long the consistency check takes for a thinking of megabytes. */
import { describe, expect, test } from 'vitest';
import type { Kind } from '@/lib/domain/question';
import { prepareQuestion } from '@/lib/domain/verifier/prepared-question';
import { parseResponse } from '@/lib/domain/verifier/response';
import { checkConsistency } from './consistency';

const options = ['the cat sleeps', 'the dog barks', 'a bird sings', 'nobody moves'];

/** Longest of three runs is not what is asked: the shortest says what the work costs on a busy machine. */
const timed = (thinking: string, kind: Kind): number => {
  const response = `<think>${thinking}</think><answer>${kind === 'choice' ? 'B' : '12'}</answer>`;
  const question = prepareQuestion({ kind, prompt: 'Which?', options: kind === 'choice' ? options : [], truth: 'A' });
  const times = [0, 1, 2].map(() => {
    const start = performance.now();
    const { think, answer } = parseResponse(response);
    checkConsistency(response, think, answer, question);
    return performance.now() - start;
  });
  return Math.min(...times);
};

// Of the text's end 60,000 characters are read at most, so the bound is one for all lengths: an idle core needs below
// 60 ms, and 5 MB below 100 ms with the parsing of the tags. The tests allow many times that, for busy machines.
describe('time stays bounded', () => {
  const units = [
    'so the answer is ',
    'so the answer is B. ',
    'The answer might be A. ',
    'option A ',
    'A ',
    'A, ',
    'A. ',
    'so A, ',
    'not A but ',
    'eliminating A leaves ',
    'is the ',
    'if ',
    'wait, ',
    'wait, no. so A. ',
    'but ',
    'correct answer ',
    'B is the correct ',
    'the only most best ',
    '答案',
    '答案不是A，而是',
    '因此选B。',
    'La respuesta ',
    '答えは',
    '\\boxed{',
    '\\boxed{A} ',
    '3 or ',
    '3.5 m ',
    '"*(',
    '?',
    '\n',
    ' ',
    'a',
    'Ａ',
    '\ud800',
  ];
  test.each(units.map((unit) => [unit]))('5 MB of %j', { timeout: 60_000 }, (unit) => {
    const thinking = unit.repeat(Math.ceil(5_000_000 / unit.length));
    expect(timed(thinking, 'choice')).toBeLessThan(2_000);
    expect(timed(thinking, 'number')).toBeLessThan(2_000);
  });

  test('50,000 tokens of prose without a conclusion', () => {
    const prose = 'The cat walks over the wall and the light changes again, which we see in the next frame. '.repeat(
      2_800,
    );
    expect(timed(prose, 'choice')).toBeLessThan(500);
    expect(timed(prose, 'number')).toBeLessThan(500);
  });
});
