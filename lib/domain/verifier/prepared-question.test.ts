import { describe, expect, test } from 'vitest';
import type { Kind } from '@/lib/domain/question';
import { asPrepared, prepareQuestion } from './prepared-question';

const prepared = (options: readonly string[], truth: string, kind: Kind = 'choice') =>
  prepareQuestion({ kind, prompt: 'Which?', options, truth });

test('a choice: words, names without articles, and numbers of its options', () => {
  const question = prepared(['A red car', '12 m', 'The dog'], 'B');
  expect(question).toMatchObject({
    kind: 'choice',
    prompt: 'Which?',
    truth: 'B',
    prepared: true,
    letters: 3,
    optionWords: [' a red car ', ' 12 m ', ' the dog '],
    optionNames: [' red car ', ' 12 m ', ' dog '],
    truthLetters: ['B'],
  });
  expect(question.optionNumbers.map((number) => number?.value)).toEqual([undefined, 12, undefined]);
});

test('another kind has no options to prepare', () => {
  expect(prepared(['1', '2'], 'B', 'number')).toMatchObject({
    optionWords: [],
    optionNames: [],
    optionNumbers: [],
    truthLetters: [],
  });
});

test('a prepared question is given back, another is prepared', () => {
  const question = prepared(['left', 'right'], 'B');
  expect(asPrepared(question)).toBe(question);
  expect(asPrepared({ kind: 'choice', prompt: 'Which?', options: ['left', 'right'], truth: 'B' })).toEqual(question);
});

test.each([
  ['unknown options', 0, 26],
  ['one', 1, 1],
  ['26', 26, 26],
  ['more than there are letters', 30, 26],
])('letters that name an option: %s', (_name, count, letters) => {
  expect(prepared(Array(count).fill('x'), 'A').letters).toBe(letters);
});

describe('letters before the options', () => {
  test.each([
    ['with a stop', 'B. left', ' left '],
    ['with a bracket', '(b) left', ' left '],
    ['with space around', '  B)  left', ' left '],
    ['without space behind: a name', 'B.left', ' b left '],
    ['nothing behind', 'B. ', ' b '],
    ['no mark', 'B left', ' b left '],
    ['inside the text', 'vitamin B. left', ' vitamin b left '],
    ['two letters', 'AB. left', ' ab left '],
  ])('%s', (_name, option, words) => {
    expect(prepared([option], 'A').optionWords).toEqual([words]);
  });

  test('a number behind one is read', () => {
    expect(prepared(['A. 12'], 'A').optionNumbers[0]?.value).toBe(12);
  });
});

describe('letters of the truth', () => {
  const options = ['left', 'right', 'A', 'up'];
  test.each([
    ['in quotes', "'b'", ['B']],
    ['in dollars', '$B$', ['B']],
    ['with marks behind', '(B):', ['B']],
    ['the last option', 'D', ['D']],
    ['one behind the last', 'E', []],
    ['the letter before the text', 'C', ['C']],
    ['a letter that is an option as well', 'A', ['A']],
    ['the text', 'up', ['D']],
    ['a letter and something else', 'B: on the right side', ['B']],
    ['a small letter and something else', '(b) on the right side', ['B']],
    ['a letter beyond the options and something else', 'E: elsewhere', []],
    ['a word', 'Elsewhere', []],
    ['a word behind space', ' Because', []],
    ['a letter behind words', 'It is B', []],
    ['a list', 'B and D', ['B', 'D']],
    ['a list with one beyond the options', 'D and E', ['D']],
    ['only marks', '...', []],
  ])('%s', (_name, truth, letters) => {
    expect(prepared(options, truth).truthLetters).toEqual(letters);
  });

  test('an option without words is no truth', () => {
    expect(prepared(['...', 'left'], '...').truthLetters).toEqual([]);
  });
});
