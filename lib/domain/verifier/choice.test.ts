import { describe, expect, test } from 'vitest';
import { compareAnswer } from './accuracy';
import { readChoice } from './choice';
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
    ['two marked', 'Option B, not option C'],
    ['two texts', 'a red car or a blue car'],
    ['beyond the options', 'K'],
    ['article in other words', 'A bird'],
    ['pronoun', 'I think so'],
    ['letters in words', 'because'],
    ['abbreviation', 'e.g. this'],
    ['nothing', '...'],
    ['number', '7'],
    ['variable', 'B = 3'],
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
  expect(prepared.truthLetter).toBe('B');
});
