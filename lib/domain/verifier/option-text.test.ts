import { expect, test } from 'vitest';
import { optionsIn, optionWords, withoutArticles } from './option-text';

test.each([
  ['1.30 dollars', ' 1.30 dollars '],
  ['$1,299', ' 1,299 '],
  ['A "big" (dog)', ' a big dog '],
  ['大象big', ' 大 象 big '],
  ['ＡＢ', ' ab '],
  ['x-5', ' x - 5 '],
  ['x -5', ' x -5 '],
  ['(3)-5', ' 3 - 5 '],
  ['a+b=c', ' a + b = c '],
  ['50% 30°', ' 50 % 30 ° '],
  ['!?', ''],
  ['', ''],
])('words of %j', (text, words) => {
  expect(optionWords(text)).toBe(words);
});

test.each([
  ['one', ' a dog ', [' dog ', ' cat '], [0]],
  ['one inside another', ' dogs and cats ', [' cats ', ' dogs and cats '], [1]],
  ['one inside another and alone', ' cats dogs and cats ', [' cats ', ' dogs and cats '], [0, 1]],
  ['two', ' a b ', [' a ', ' b '], [0, 1]],
  ['three inside each other', ' a b c ', [' a ', ' a b ', ' a b c '], [2]],
  ['one inside two others', ' a b a c ', [' a ', ' a b ', ' a c '], [1, 2]],
  ['one at both ends of another', ' b a b ', [' b ', ' b a b '], [1]],
  ['one in front of another', ' new new york ', [' new ', ' new york ', ' york '], [0, 1]],
  ['words that only meet where a longer one is taken out', ' a x b ', [' a b ', ' x '], [1]],
  ['the same text twice', ' x ', [' x ', ' x '], [0, 1]],
  ['an empty one', ' a ', ['', ' a '], [1]],
  ['only an empty one', '', [''], []],
])('options in a text: %s', (_name, words, options, found) => {
  expect(optionsIn(words, options)).toEqual(found);
});

test.each([
  [' a dog ', ' dog '],
  [' an ant ', ' ant '],
  [' the a dog ', ' dog '],
  [' dog a ', ' dog '],
  [' than a', ' than a'],
  [' the ', ' the '],
  [' a the ', ' a the '],
  ['', ''],
])('%j without articles', (words, expected) => {
  expect(withoutArticles(words)).toBe(expected);
});
