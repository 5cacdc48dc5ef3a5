import { expect, test } from 'vitest';
import { diffTexts } from '@/lib/domain/text/word-diff';
import { countDiffWords } from './diff-words';

test.each([
  ['the same', 'it is red', 'it is red', { shared: 3, onlyLeft: 0, onlyRight: 0 }],
  ['a changed word', 'the answer is B now', 'the answer is D now', { shared: 4, onlyLeft: 1, onlyRight: 1 }],
  ['nothing against something', '', 'two words', { shared: 0, onlyLeft: 0, onlyRight: 2 }],
  ['signs are no words', 'it is (D).', 'it is (B).', { shared: 2, onlyLeft: 1, onlyRight: 1 }],
  ['letters of any script', 'ответ верен', 'ответ', { shared: 1, onlyLeft: 1, onlyRight: 0 }],
])('%s', (_, left, right, expected) => {
  expect(countDiffWords(diffTexts(left, right))).toEqual(expected);
});
