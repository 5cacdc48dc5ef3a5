import { expect, test } from 'vitest';
import { letterList } from './letter-list';

test.each([
  ['commas', 'A, C', 10, ['A', 'C']],
  ['no space', 'A,C,D', 10, ['A', 'C', 'D']],
  ['words', 'Both A and C', 10, ['A', 'C']],
  ['brackets', '(A)(C)', 10, ['A', 'C']],
  ['a list as Python writes it', "['A', 'C']", 10, ['A', 'C']],
  ['small letters', 'a, c', 10, ['A', 'C']],
  ['capitals without marks', 'ACD', 10, ['A', 'C', 'D']],
  ['Chinese', 'A、C和D', 10, ['A', 'C', 'D']],
  ['another order, twice', 'C; A; C', 10, ['A', 'C']],
  ['beyond the options', 'A, K', 10, undefined],
  ['one letter', 'A', 10, undefined],
  ['the same letter twice', 'A A', 10, undefined],
  ['a choice between two', 'A or C', 10, undefined],
  ['a word in capitals', 'CAB', 10, undefined],
  ['a small word', 'ac', 10, undefined],
  ['letters with text', 'A. red, C. blue', 10, undefined],
  ['nothing', '', 10, undefined],
])('%s', (_name, text, count, letters) => {
  expect(letterList(text, count)).toEqual(letters);
});
