import { describe, expect, test } from 'vitest';
import { compareAnswer } from './accuracy';
import { compareChoice, readChoice } from './choice';
import { prepareQuestion } from './prepared-question';

const options = [
  'a red car',
  'a blue car',
  'a dog',
  'vitamin C',
  '120 V',
  '-1.86',
  '1.86',
  'none of these',
  'cats',
  'dogs and cats',
];
const question = prepareQuestion({ kind: 'choice', prompt: 'What?', options, truth: 'B' });
const unknown = prepareQuestion({ kind: 'choice', prompt: 'What?', options: [], truth: 'b' });

describe('letter of', () => {
  test.each([
    ['bare', 'B', 'B'],
    ['lower case', 'b', 'B'],
    ['full stop', 'B.', 'B'],
    ['brackets', '(B)', 'B'],
    ['one bracket', 'B)', 'B'],
    ['square brackets', '[B]', 'B'],
    ['dollars', '$B$', 'B'],
    ['spaced dollars', ' $ B $ ', 'B'],
    ['boxed', '\\boxed{B}', 'B'],
    ['boxed in dollars', '$\\boxed{\\text{B}}$', 'B'],
    ['bold', '**B**', 'B'],
    ['bold with stop', '**B.** a blue car', 'B'],
    ['Option', 'Option B', 'B'],
    ['option and text', 'Option B: a blue car', 'B'],
    ['letter and text', 'B. a blue car', 'B'],
    ['lower letter and text', 'b. a blue car', 'B'],
    ['letter and a text that is not listed', 'B. something else', 'B'],
    ['sentence', 'The answer is B.', 'B'],
    ['sentence with marks', 'The correct answer is **(B)**', 'B'],
    ['Chinese', '答案是B', 'B'],
    ['full width', '（Ｂ）', 'B'],
    ['tenth', 'J', 'J'],
    ['text alone', 'a blue car', 'B'],
    ['text in other case', 'A Blue Car.', 'B'],
    ['article, not a letter', 'A dog', 'C'],
    ['text in a sentence', 'It shows a blue car on a road', 'B'],
    ['text with a capital letter', 'vitamin C', 'D'],
    ['number with unit', '120 V', 'E'],
    ['negative number', '-1.86', 'F'],
    ['positive number', '1.86', 'G'],
    ['longer text wins', 'dogs and cats', 'J'],
    ['own text that holds another letter', 'D. vitamin C', 'D'],
    ['emphasis', '_B_', 'B'],
    ['HTML', '<b>B</b>', 'B'],
    ['heading', '#### B', 'B'],
    ['quotes', '“B”', 'B'],
    ['corner brackets', '「B」', 'B'],
    ['heavy brackets', '【B】', 'B'],
    ['full width alone', 'Ｂ', 'B'],
    ['circled', 'Ⓑ', 'B'],
    ['zero width around', '\u200bB\ufeff', 'B'],
    ['exclamation', 'B!', 'B'],
    ['answer with a colon', 'Answer: (B)', 'B'],
    ['answer with a small letter', 'the answer is b', 'B'],
    ['small letter in brackets', 'The answer is option (b).', 'B'],
    ['small letter with a colon and its text', 'b: a blue car', 'B'],
    ['letter and text without a mark', 'B a blue car', 'B'],
    ['dash and text', 'B – a blue car', 'B'],
    ['text, then letter', 'a blue car (B)', 'B'],
    ['letter without space before its text', 'B.a blue car', 'B'],
    ['boxed with its text', '\\boxed{\\text{B. a blue car}}', 'B'],
    ['Letter', 'Letter B', 'B'],
    ['first person', 'I would choose B', 'B'],
    ['is correct', 'A is correct', 'A'],
    ['is the answer', 'A is the answer.', 'A'],
    ['reason behind', 'The answer is (C) because A is wrong', 'C'],
    ['reason on the next line', 'A\nbecause it is red', 'A'],
    ['reason that says no to another', 'B. Option A is wrong', 'B'],
    ['not another', 'B, not A', 'B'],
    ['not another option', 'Option B, not option C', 'B'],
    ['not another, in brackets', 'B (not A)', 'B'],
    ['another is denied first', 'Not A but B', 'B'],
    ['another is wrong', 'C is wrong, so B', 'B'],
    ['neither of two others', 'Neither A nor C, so B', 'B'],
    ['Chinese choice', '选择B', 'B'],
    ['Chinese with colon', '正确答案为：B', 'B'],
    ['Chinese with brackets', '答案是（B）。', 'B'],
    ['other article', 'the blue car', 'B'],
    ['no article', 'Blue car', 'B'],
    ['text announced', 'Answer: A dog', 'C'],
    ['text in quotes', '"a blue car"', 'B'],
    ['text in LaTeX', '$\\text{a blue car}$', 'B'],
    ['text with an exclamation', 'A BLUE CAR!', 'B'],
    ['ninth, not the pronoun', 'I', 'I'],
    ['ninth with a stop', 'I.', 'I'],
  ])('%s', (_name, answer, letter) => {
    expect(readChoice(answer, question).letter).toBe(letter);
  });
});

describe('no letter from', () => {
  test.each([
    ['two letters', 'A, B'],
    ['two words', 'A and B'],
    ['either', 'B or C'],
    ['letter with another text', 'B. a red car'],
    ['two marked', 'Option B, or option C'],
    ['two texts', 'a red car or a blue car'],
    ['beyond the options', 'K'],
    ['article in other words', 'A bird'],
    ['pronoun', 'I think so'],
    ['letters in words', 'because'],
    ['abbreviation', 'e.g. this'],
    ['nothing', '...'],
    ['number', '7'],
    ['variable', 'B = 3'],
    ['two letters without a mark', 'AB'],
    ['two letters with a space', 'A B'],
    ['two letters with a slash', 'A/B'],
    ['two letters with a plus', 'A+B'],
    ['two in brackets', '(A)(B)'],
    ['two lines', 'A\nB'],
    ['two with words around', 'Both A and B'],
    ['three', 'A, B and C'],
    ['two letters with their texts', 'A. a red car B. a blue car'],
    ['Chinese two', 'A和B'],
    ['not applicable', 'N/A'],
    ['denied', 'not B'],
    ['denied at the end', 'The answer is not B'],
    ['both denied', 'neither A nor B'],
    ['a name', 'Bob'],
    ['a code', 'B2'],
    ['a word in capitals', 'BAD'],
    ['a small word', 'cab'],
    ['a difference', 'A-B'],
  ])('%s', (_name, answer) => {
    expect(readChoice(answer, question).letter).toBeNull();
  });
});

test.each([
  ['lower-case truth', unknown, 'B', 1],
  ['unknown options take any letter', unknown, 'Z', 0],
  ['right', question, '(b)', 1],
  ['wrong', question, 'C', 0],
  ['empty', question, '  ', 0],
] as const)('score: %s', (_name, prepared, answer, score) => {
  expect(compareAnswer(prepared, answer).score).toBe(score);
});

test('a truth given as the text of an option counts as its letter', () => {
  const prepared = prepareQuestion({ kind: 'choice', prompt: '', options: ['red', 'blue'], truth: 'blue' });
  expect(prepared.truthLetters).toEqual(['B']);
});

describe('letters of the truth', () => {
  test.each([
    ['capital', 'B', ['B']],
    ['small', 'b', ['B']],
    ['with its text', 'B. a blue car', ['B']],
    ['in brackets', '(B)', ['B']],
    ['text', 'A blue car.', ['B']],
    ['text that begins like a letter', 'a dog', ['C']],
    ['list', 'A, C', ['A', 'C']],
    ['list in another order', 'C and A', ['A', 'C']],
    ['together', 'AC', ['A', 'C']],
    ['beyond the options', 'K', []],
    ['words', 'something else', []],
    ['nothing', '', []],
  ])('%s', (_name, truth, letters) => {
    const prepared = prepareQuestion({ kind: 'choice', prompt: '', options, truth });
    expect(prepared.truthLetters).toEqual(letters);
  });
});

describe('where A and C are right together', () => {
  const both = prepareQuestion({ kind: 'choice', prompt: 'Which?', options, truth: 'A, C' });
  test.each([
    ['as the truth is written', 'A, C', 1],
    ['together', 'AC', 1],
    ['in another order', 'C and A', 1],
    ['boxed', '$\\boxed{A, C}$', 1],
    ['announced', 'The answers are A and C', 1],
    ['options', 'Options A and C', 1],
    ['in brackets', '(A) and (C)', 1],
    ['with texts', 'A. a red car; C. a dog', 1],
    ['texts alone', 'a red car and a dog', 1],
    ['lines', 'A\nC', 1],
    ['Chinese', 'A、C', 1],
    ['one of them', 'A', 0],
    ['one of them and another', 'A, B', 0],
    ['all and one more', 'A, B, C', 0],
    ['another', 'D', 0],
    ['none', 'nothing', 0],
  ])('%s', (_name, answer, score) => {
    expect(compareAnswer(both, answer).score).toBe(score);
  });
});

describe('26 options', () => {
  const many = Array.from({ length: 26 }, (_, at) => `thing ${at}`);
  const alphabet = prepareQuestion({ kind: 'choice', prompt: '', options: many, truth: 'Z' });
  test.each([
    ['last letter', 'Z', 'Z'],
    ['last text', 'thing 25', 'Z'],
    ['text that another one begins with', 'thing 2', 'C'],
    ['small letter', '(z)', 'Z'],
  ])('%s', (_name, answer, letter) => {
    expect(readChoice(answer, alphabet).letter).toBe(letter);
  });
});

const cars = ['a red car', 'a blue car', 'a dog', 'the dog'];
const none = 'The answer names no option';
const several = 'The answer names several options';
const different = 'The letter and the text name different options';

describe('why an answer names one option or none', () => {
  test.each([
    ['B', 'B'],
    ['E', none],
    ['e', none],
    ['@', none],
    ['[', none],
    ['A, B', several],
    ['B. a red car', different],
    ['B. nothing like it', 'B'],
    ['b. nothing', none],
    ['b) nothing', 'B'],
    ['b] nothing', 'B'],
    ['b, a', several],
    ['a.b', several],
    ['B: option C', several],
    ['B: not C', 'B'],
    ['B. A', several],
    ['B. (B)', 'B'],
    ['B. B', 'B'],
    ['B. option B', 'B'],
    ['A. a red car B. a blue car', several],
    ['A. a red car A. a red car', 'A'],
    ['red car', 'A'],
    ['dog', none],
    ['x <b>a blue car</b>', 'B'],
    ['a<br>blue<br>car', 'B'],
    ['**a** __blue__ c*ar', 'B'],
    ['C.5', 'C'],
    ['answer: a dog', 'C'],
    ['a dog and a red car', several],
    ['I mean D', 'D'],
    ['the', none],
    ['an', none],
  ])('%s: %s', (answer, expected) => {
    const isLetter = expected.length === 1;
    const { letter, reason } = readChoice(
      answer,
      prepareQuestion({ kind: 'choice', prompt: '', options: cars, truth: 'B' }),
    );
    expect([letter, reason]).toEqual(isLetter ? [expected, 'One option named'] : [null, expected]);
  });

  test.each([
    ['an option without a text', 'B. ', ['', 'x'], 'B'],
    ['a text beside an empty one', 'A. x', ['x', '', 'y'], 'A'],
    ['other words beside an empty one', 'A. something', ['', 'x'], 'A'],
    ['an empty one named again', 'A. something A. b', ['', 'x'], 'A'],
    ['the text of two options', 'x', ['x', 'x'], null],
    ['the text of two options, with an article', 'the x', ['x', 'y', 'x'], null],
    ['the text of one, with another article', 'the x', ['a x', 'the y', 'x z'], 'A'],
    ['the end of another text', 'z car here', ['z car', 'here z car'], 'A'],
    ['no options at all', 'a', [], 'A'],
  ])('%s', (_name, answer, options, letter) => {
    const prepared = prepareQuestion({ kind: 'choice', prompt: '', options, truth: 'B' });
    expect(readChoice(answer, prepared).letter).toBe(letter);
  });

  test('the last 2,000 characters are read', () => {
    const prepared = prepareQuestion({ kind: 'choice', prompt: '', options: cars, truth: 'B' });
    expect(readChoice(`A. ${'x'.repeat(1_997)}`, prepared).letter).toBe('A');
    expect(readChoice(`A. ${'x'.repeat(1_998)}`, prepared).letter).toBeNull();
    expect(readChoice(`A and ${'x'.repeat(1_998)} B`, prepared).letter).toBe('B');
  });
});

test.each([
  ['B', 'K', 0, 'The reference answer names no option'],
  ['B', '', 0, 'The reference answer names no option'],
  ['B', 'B', 1, 'B is B'],
  ['C', 'B', 0, 'C is not B'],
  ['who', 'B', 0, none],
  ['A, B', 'A, B', 1, 'A, B is A, B'],
  ['B) and (A)', 'A, B', 1, 'A, B is A, B'],
  ['a blue car and a red car', 'A, B', 1, 'A, B is A, B'],
  ['A', 'A, B', 0, 'A is not A, B'],
  ['the blue car', 'A, B', 0, 'B is not A, B'],
  ['A and C', 'A, B', 0, 'A, C is not A, B'],
  ['', 'A, B', 0, none],
])('%s where %s is right', (answer, truth, score, reason) => {
  const prepared = prepareQuestion({ kind: 'choice', prompt: '', options: cars, truth });
  expect(compareChoice(answer, prepared)).toEqual({ score, reason });
});
