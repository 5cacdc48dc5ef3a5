import { describe, expect, test } from 'vitest';
import type { FinishReason } from '@/lib/domain/rollout';
import { measure } from './measure';
import { defaultVerifierSettings as settings } from './settings';

const question = { kind: 'choice', prompt: 'Where does it go?', options: ['left', 'right'], truth: 'B' } as const;

type Case = { readonly finishReason?: FinishReason; readonly thinkTokens?: number | null; readonly truth?: string };

const read = (response: string, { finishReason = 'stop', thinkTokens = null, truth = 'B' }: Case = {}) =>
  measure({ ...question, truth }, { response, finishReason, thinkTokens }, settings);

/** What each piece of evidence quotes: `check role: text`. */
const quotes = (response: string, given: Case = {}): string[] =>
  read(response, given).evidence.map(
    ({ check, role, start, end }) => `${check} ${role}: ${response.slice(start, end)}`,
  );

const good = '<think>It moves to the right. So the answer is B.</think>\n<answer>B</answer>';
const filler = 'The circle is red and the ground is grey, and nothing else can be seen in these frames. ';

describe('evidence quotes what it speaks of', () => {
  test('of a good response', () => {
    expect(quotes(good)).toEqual([
      'accuracy answer: B',
      expect.stringMatching(/^consistency conclusion: .*answer is B/),
      'consistency answer: B',
    ]);
  });

  test.each<readonly [name: string, response: string, given: Case, wanted: readonly string[]]>([
    ['no tags: the beginning', 'B', {}, ['format malformed: B']],
    ['no tags, long: its first 80 characters', filler, {}, [`format malformed: ${filler.slice(0, 80)}`]],
    [
      'words between the blocks',
      '<think>a</think> so <answer>B</answer>',
      {},
      ['format malformed: </think> so <answer>'],
    ],
    ['the answer first', '<answer>B</answer><think>a</think>', {}, ['format malformed: ']],
    ['no answer: the end of the thinking', '<think>a b c', {}, ['format malformed: a b c', 'length cut: <think>a b c']],
    [
      'no answer, long: the last 80 characters',
      `<think>${filler}`,
      {},
      [`format malformed: ${filler.slice(-80)}`, `length cut: ${filler.slice(-80)}`],
    ],
    ['stopped at the limit, though in form', good, { finishReason: 'length' }, [`length cut: ${good.slice(-80)}`]],
  ])('%s', (_name, response, given, wanted) => {
    expect(quotes(response, given)).toEqual(expect.arrayContaining([...wanted]));
  });

  test('a good response has none for form and length', () => {
    expect(quotes(good).some((quote) => /^(?:format|length)/.test(quote))).toBe(false);
  });

  test('without a truth, none for accuracy', () => {
    expect(quotes(good, { truth: ' ' }).some((quote) => quote.startsWith('accuracy'))).toBe(false);
  });

  test('repeats and the loop at the end', () => {
    const turn = 'it moves on and on ';
    const found = quotes(`<think>${filler}${turn.repeat(8)}`);
    expect(found).toContain(`repetition loop: ${turn.repeat(7).trim()}`);
    expect(found.filter((quote) => quote.startsWith('repetition repeat:'))).toHaveLength(1);
  });
});

describe('reasons say why', () => {
  test.each([
    ['in form', good, 'One think block, then one answer block'],
    ['neither block', 'B', 'There are no think and answer blocks'],
    ['no thinking', '<answer>B</answer>', 'There is no think block'],
    ['no answer', '<think>a</think> It is B', 'There is no answer block'],
    ['cut before the answer', '<think>a', 'The text ends before an answer'],
    ['the answer never closes', '<think>a</think><answer>B', 'The answer block never closes'],
    [
      'two answers',
      '<think>a</think><answer>B</answer><answer>B</answer>',
      'There is more, or in another order, than one think block and one answer block',
    ],
  ])('format: %s', (_name, response, reason) => {
    expect(read(response).reasons.format).toBe(reason);
  });

  test.each<readonly [name: string, response: string, given: Case, reason: string]>([
    ['counted by the trainer', good, { thinkTokens: 42 }, '42 tokens of thinking'],
    ['estimated', '<think>one two</think><answer>B</answer>', {}, 'About 3 tokens of thinking'],
    ['cut off', '<think>one two', { thinkTokens: 2 }, '2 tokens of thinking, cut off'],
    ['no thinking', '<answer>B</answer>', {}, 'About 0 tokens of thinking'],
  ])('length: %s', (_name, response, given, reason) => {
    expect(read(response, given).reasons.length).toBe(reason);
  });

  test('repetition: none, some, and a loop', () => {
    expect(read(good).reasons.repetition).toBe('No repeated passages');
    expect(read(`<think>${filler}${filler}</think><answer>B</answer>`).reasons.repetition).toMatch(
      /^4\d % of the words repeat earlier passages$/,
    );
    expect(read(`<think>${'no no '.repeat(40)}`).reasons.repetition).toMatch(
      /^9\d % of the words repeat earlier passages, and the text ends in a loop$/,
    );
  });

  test('accuracy: without a truth', () => {
    const { accuracy, reasons } = read(good, { truth: '' });
    expect([accuracy, reasons.accuracy]).toEqual([null, 'The question has no reference answer']);
  });
});

describe('the answer', () => {
  test.each<readonly [name: string, response: string, finishReason: FinishReason, answer: string | null]>([
    ['closed', good, 'length', 'B'],
    ['open, and sampling stopped by itself', '<think>a</think><answer>B', 'stop', 'B'],
    ['open, and cut: it may be half of a word', '<think>a</think><answer>B', 'length', null],
    ['open, and nobody knows', '<think>a</think><answer>B', 'unknown', null],
    ['none', '<think>a</think>', 'stop', null],
  ])('%s', (_name, response, finishReason, answer) => {
    const found = read(response, { finishReason });
    expect([found.answer, found.accuracy]).toEqual([answer, answer === null ? 0 : 1]);
  });
});

test.each<readonly [name: string, response: string, finishReason: FinishReason, cutOff: boolean]>([
  ['whole', good, 'stop', false],
  ['whole, nobody knows why it ended', good, 'unknown', false],
  ['whole, but at the token limit', good, 'length', true],
  ['never closed', '<think>a', 'stop', true],
])('cut off: %s', (_name, response, finishReason, cutOff) => {
  expect(read(response, { finishReason }).cutOff).toBe(cutOff);
});
