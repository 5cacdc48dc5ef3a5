import { describe, expect, test } from 'vitest';
import { kinds } from '@/lib/domain/question';
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

/** Milliseconds of this thread: what others do on the machine does not count. */
const cpuMs = (work: () => unknown): number => {
  const began = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(began);
  return (user + system) / 1000;
};

// Two parts of a pattern that may both take a space share a long run of them in as many ways as it has places.
describe('words that open a pattern, and then one thing without end', () => {
  const opening = [
    ...['so the answer would', 'option', 'I choose', 'not', 'if', 'wait', 'no,', 'B is', 'B,', 'only', 'there are'],
    ...[
      '所以',
      '应该选',
      '选',
      '答案',
      '不是A',
      '正解',
      'La respuesta es',
      'Antwort: die',
      '\\boxed',
      '1',
      '1 /',
      '(1)/(',
      '1,',
    ],
  ];
  test.each(opening.map((word) => [word]))('%j', { timeout: 60_000 }, (word) => {
    for (const unit of [' ', '\n', '\u3000', 'A ', ',']) {
      const text = word + fill(unit, 60_000);
      for (const kind of ['choice', 'number'] as const) {
        const question = prepareQuestion({ kind, prompt: '', options, truth: 'B' });
        const long = `<think>${text}</think><answer>${kind === 'choice' ? 'B' : '12'}</answer>`;
        const answered = `<think>so B</think><answer>${text.slice(0, 2_000)}</answer>`;
        for (const response of [long, answered]) {
          const sample = { response, finishReason: 'unknown', thinkTokens: null } as const;
          expect(cpuMs(() => measure(question, sample, settings))).toBeLessThan(500);
        }
      }
    }
  });
});

// Questions are imported: they are as hostile as answers.
describe('a question as hostile as an answer', () => {
  const thinking = 'So the answer is a and b, maybe. '.repeat(2_000);
  const response = `<think>${thinking}</think><answer>a and b word</answer>`;
  const sample = { response, finishReason: 'unknown', thinkTokens: null } as const;
  test.each(['x', 'a and b ', '1,', '{', '\\frac{', ' '])('26 options of 250 kB of %j', { timeout: 60_000 }, (unit) => {
    const long = Array.from({ length: 26 }, (_, i) => `${fill(unit, 250_000)}${i}`);
    const question = prepareQuestion({ kind: 'choice', prompt: '', options: long, truth: 'B' });
    expect(cpuMs(() => measure(question, sample, settings))).toBeLessThan(500);
  });

  test('the text of an option that no answer can be read as far as still tells the truth its letter', () => {
    const [one, other] = [`${'word '.repeat(1_000)}one`, `${'word '.repeat(1_000)}two`];
    const question = prepareQuestion({ kind: 'choice', prompt: '', options: [one, other], truth: other });
    expect(question.truthLetters).toEqual(['B']);
    expect(question.optionWords).toEqual(['', '']);
  });

  const truths = ['x', 'word ', '{', '\\boxed{', '1', '1,', '\\frac{'];
  test.each(truths.map((unit) => [unit]))('a truth of 1 MB of %j', { timeout: 60_000 }, (unit) => {
    for (const kind of kinds) {
      const question = { kind, prompt: '', options: kind === 'choice' ? options : [], truth: fill(unit, 1_000_000) };
      expect(cpuMs(() => measure(question, sample, settings))).toBeLessThan(1_000);
    }
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
