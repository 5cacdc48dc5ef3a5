import { describe, expect, test } from 'vitest';
import { inferKind, makeQuestion, type StatedQuestion, statedKind, unwrapAnswer } from './make-question';
import { splitOptions, stripLetters } from './options';

describe('letters of options', () => {
  test.each<[string, string[], string[]]>([
    ['dots', ['A. one', 'B. two'], ['one', 'two']],
    ['brackets and colons', ['(A) one', 'B: two'], ['one', 'two']],
    ['doubled', ['A. A. Apples.', 'B. B. Berries.'], ['Apples.', 'Berries.']],
    ['inner letters with gaps', ['A. A. x', 'B. B. y', 'C. D. z'], ['x', 'y', 'z']],
    ['initials stay', ['A. L. Pasteur', 'B. J. Watson', 'C. G. Mendel'], ['L. Pasteur', 'J. Watson', 'G. Mendel']],
    ['no letters', ['red', 'blue'], ['red', 'blue']],
    ['one without its letter: nothing is cut', ['A. one', 'two'], ['A. one', 'two']],
    ['letters out of order: nothing is cut', ['B. one', 'A. two'], ['B. one', 'A. two']],
    ['C. elegans is no letter', ['C. elegans', 'E. coli'], ['C. elegans', 'E. coli']],
    ['an option that is a picture keeps its place', ['A. ', 'B. ', 'C. '], ['', '', '']],
    ['none', [], []],
  ])('%s', (_name, options, texts) => {
    expect(stripLetters(options)).toEqual(texts);
  });
});

describe('options inside a text', () => {
  test.each<[string, string, { prompt: string; options: string[] } | undefined]>([
    ['brackets', 'Who?\n(A) x\n(B) y', { prompt: 'Who?', options: ['x', 'y'] }],
    [
      'instruction after',
      "Who?\nA. x\nB. y\nAnswer with the option's letter from the given choices directly.",
      { prompt: 'Who?', options: ['x', 'y'] },
    ],
    ['heading before', 'Who?Options:\nA. x\nB. y\n', { prompt: 'Who?', options: ['x', 'y'] }],
    [
      'other text after stays',
      'Who?\nA. x\nB. y\n\nThink of the end.',
      { prompt: 'Who?\nThink of the end.', options: ['x', 'y'] },
    ],
    ['an option of two lines', 'Who?\nA. x\nmore\nB. y', { prompt: 'Who?', options: ['x\nmore', 'y'] }],
    ['a prompt of two lines', 'Look.\nWho?\nA. x\nB. y', { prompt: 'Look.\nWho?', options: ['x', 'y'] }],
    ['one A is no list', 'Who?\nA. Lincoln did it.', undefined],
    ['B without A', 'Who?\nB. x\nC. y', undefined],
    ['no options', 'How many?', undefined],
  ])('%s', (_name, text, expected) => {
    expect(splitOptions(text)).toEqual(expected);
  });

  test('a megabyte of lone letters takes linear time', () => {
    const start = performance.now();
    splitOptions('A. x\n'.repeat(100_000));
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

const stated = (change: Partial<StatedQuestion>): StatedQuestion => ({
  id: '1',
  prompt: 'q',
  options: null,
  truth: '',
  kind: null,
  modality: null,
  mediaPath: null,
  ...change,
});
const abc = ['A. x', 'B. y', 'C. z'];

describe('questions', () => {
  test.each<[string, Partial<StatedQuestion>, object]>([
    ['letter', { options: abc, truth: '<answer>B</answer>' }, { kind: 'choice', truth: 'B', options: ['x', 'y', 'z'] }],
    ['small letter', { options: abc, truth: 'b' }, { truth: 'B' }],
    ['letter and text', { options: abc, truth: 'B. y' }, { truth: 'B' }],
    ['bracketed', { options: abc, truth: '(C)' }, { truth: 'C' }],
    ['the option itself', { options: abc, truth: 'z' }, { truth: 'C' }],
    ['a letter that is also an option text', { options: ['B', 'A'], truth: 'A' }, { truth: 'A' }],
    [
      'options in the text',
      { prompt: 'Q\nA. x\nB. y', truth: 'B' },
      { kind: 'choice', prompt: 'Q', options: ['x', 'y'] },
    ],
    [
      'a lettered list that is not the answer',
      { prompt: 'Sum\nA. 1\nB. 2', truth: '3' },
      { kind: 'number', options: [], prompt: 'Sum\nA. 1\nB. 2' },
    ],
    ['nobody knows', { options: abc, truth: ' ' }, { kind: 'choice', truth: '' }],
    ['letter without options', { truth: 'D' }, { kind: 'choice', options: [] }],
    ['number', { truth: '1,234.5' }, { kind: 'number', truth: '1,234.5' }],
    ['stated kind wins', { truth: '3', kind: 'regression' }, { kind: 'regression' }],
    ['fraction', { truth: '24/7' }, { kind: 'math' }],
    ['latex', { truth: '\\frac{1}{2}' }, { kind: 'math' }],
    ['words', { truth: 'a red car' }, { kind: 'text' }],
    ['image by its path', { truth: '1', mediaPath: './CLEVR/a.PNG' }, { modality: 'image', source: 'CLEVR' }],
    ['video by its path', { truth: '1', mediaPath: './Evaluation/MMVU/a.mp4' }, { modality: 'video', source: 'MMVU' }],
    ['nothing shown', { truth: '1' }, { modality: 'text', source: null }],
  ])('%s', (_name, change, expected) => {
    expect(makeQuestion(stated(change))).toMatchObject({ ok: true, question: expected });
  });

  test.each([
    ['together', 'AC'],
    ['with a comma', 'C,A'],
    ['in words', 'A and C'],
  ])('several letters %s are one truth', (_name, truth) => {
    expect(makeQuestion(stated({ options: abc, truth }))).toMatchObject({ ok: true, question: { truth: 'A, C' } });
  });

  test.each([
    ['letter beyond the options', 'F', 'names none of the 3 options (A to C)'],
    ['two letters, one beyond the options', 'AF', 'names none of the 3 options'],
    ['one letter or another', 'A or C', 'names none of the 3 options'],
    ['a word', 'Cat', 'names none of the 3 options'],
  ])('%s is refused', (_name, truth, why) => {
    expect(makeQuestion(stated({ options: abc, truth }))).toEqual({ ok: false, reason: expect.stringContaining(why) });
  });

  test('keys tell questions apart that share an id, and join equal ones', () => {
    const key = (change: Partial<StatedQuestion>) => {
      const made = makeQuestion(stated(change));
      return made.ok ? made.question.key : made.reason;
    };
    expect(key({ truth: 'A' })).toBe(key({ truth: 'B', mediaPath: 'elsewhere/x.mp4' }));
    expect(key({ prompt: 'q\nA. x\nB. y\nC. z', truth: 'A' })).toBe(key({ options: abc, truth: 'A' }));
    expect(key({})).toMatch(/^1~[0-9a-f]{12}$/);
    expect(
      new Set([key({}), key({ prompt: 'r' }), key({ options: abc, truth: 'A' }), key({ id: '2' }), key({ id: null })])
        .size,
    ).toBe(5);
    expect(key({ id: null, mediaPath: 'a.mp4' })).not.toBe(key({ id: null, mediaPath: 'b.mp4' }));
  });

  test.each([
    ['12', 'number'],
    ['-0.5', 'number'],
    ['$5,000', 'number'],
    ['45%', 'number'],
    ['1e-3', 'number'],
    ['2^3', 'math'],
    ['x = 3', 'text'],
    ['B', 'choice'],
  ])('%s is of kind %s', (answer, kind) => {
    expect(inferKind(answer, [])).toBe(kind);
  });

  test('words of problem_type', () => {
    expect(
      ['multiple choice', 'Numerical', 'OCR', 'free-form', 'regression', '__proto__', undefined].map(statedKind),
    ).toEqual(['choice', 'number', 'ocr', 'text', 'regression', null, null]);
  });

  test('answers are unwrapped', () => {
    expect([' <answer> B </answer> ', '<answer>B', 'plain', ''].map(unwrapAnswer)).toEqual(['B', 'B', 'plain', '']);
  });
});
