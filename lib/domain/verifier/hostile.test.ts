import { describe, expect, test } from 'vitest';
import { measure } from './measure';
import { prepareQuestion } from './prepared-question';
import { defaultVerifierSettings as settings } from './settings';

const options = ['a red car', '12', 'B'];
const fill = (unit: string, size: number): string => unit.repeat(Math.ceil(size / unit.length));

/** Longest time in milliseconds that any check of a text of one repeated unit takes, over shapes and kinds. */
const slowest = (unit: string, size: number): number => {
  const text = fill(unit, size);
  const cases = [
    [text, 'choice'],
    [`<think>${text}</think><answer>B</answer>`, 'choice'],
    [`<think>${text}</think><answer>12</answer>`, 'number'],
    [`<think>so B</think><answer>${text}</answer>`, 'choice'],
    [`<think>so B</think><answer>${text}</answer>`, 'math'],
    [`<think>so B</think><answer>${text}</answer>`, 'text'],
  ] as const;
  const times = cases.map(([response, kind]) => {
    const question = prepareQuestion({ kind, prompt: '', options, truth: kind === 'choice' ? 'B' : '12' });
    const start = performance.now();
    measure(question, { response, finishReason: 'unknown', thinkTokens: null }, settings);
    return performance.now() - start;
  });
  return Math.max(...times);
};

// Bounds are many times what an idle core needs: they catch quadratic time, not a busy machine.
describe('one thing repeated stays linear', () => {
  const big = ['<think>', '(', '1', ' ', 'so the answer is ', '答案'];
  test.each(big.map((unit) => [unit]))('5 MB of %j', { timeout: 120_000 }, (unit) => {
    expect(slowest(unit, 5_000_000)).toBeLessThan(6_000);
  });

  const units = [
    ...[
      '</think>',
      '<answer>',
      '<think></think><answer>',
      '{',
      '\\boxed{',
      '\\frac{',
      '1,',
      '1 ',
      '1/',
      '.',
      '-',
      '\n',
      'a',
    ],
    ...[
      'yyyyy',
      'A ',
      'A, ',
      'the answer is B. ',
      'Option A ',
      'the correct option ',
      'is the ',
      'wait ',
      '视频',
      '"*(',
    ],
  ];
  test.each(units.map((unit) => [unit]))('300 kB of %j', { timeout: 60_000 }, (unit) => {
    expect(slowest(unit, 300_000)).toBeLessThan(2_000);
  });
});

// What repeats nothing: each word once, so that every table by word is as large as it can be.
describe('a million characters of different words stay affordable', () => {
  const words = (count: number): string => Array.from({ length: count }, (_, i) => `w${i.toString(36)}`).join(' ');
  const [long, longer] = [words(150_000), words(200_000)];
  test.each([
    ['text, against a short truth', 'text', 'w1 w2', long],
    ['text, against as long a truth', 'text', longer, long],
    ['ocr, against as long a truth', 'ocr', long.split(' ').toReversed().join(' '), long],
  ] as const)('%s', { timeout: 60_000 }, (_name, kind, truth, answer) => {
    const question = prepareQuestion({ kind, prompt: '', options: [], truth });
    const other = longer.replaceAll('w', 'other');
    const response = `<think>So the answer is ${other}</think><answer>${answer}</answer>`;
    const start = performance.now();
    measure(question, { response, finishReason: 'unknown', thinkTokens: null }, settings);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
