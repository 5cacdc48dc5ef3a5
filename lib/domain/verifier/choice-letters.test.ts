import { expect, test } from 'vitest';
import { deniedLetters, markedLetters, mentionedCapitals } from './choice-letters';

test.each([
  ['A, B and C', 4, 'ABC', 'BC', ''],
  ['A; B、C和D', 4, 'ABCD', 'B', ''],
  ['A/B', 4, 'AB', 'B', ''],
  ['A & B', 4, 'AB', 'B', ''],
  ['A or D', 4, 'AD', 'D', ''],
  ['A or E', 4, '', '', ''],
  ['A or Z', 26, 'AZ', 'Z', ''],
  ['N/A', 26, '', '', ''],
  ['A/N', 26, 'AN', 'N', ''],
  ['option d', 4, 'D', '', ''],
  ['option e', 4, '', '', ''],
  ['letter b', 4, 'B', '', ''],
  ['(D) (E)', 4, 'D', 'D', ''],
  ['B is correct', 4, 'B', 'B', ''],
  ['D is wrong', 4, '', 'D', 'D'],
  ['not E, not D', 4, '', 'D', 'ED'],
  ['neither A nor B', 4, '', 'B', 'AB'],
  ["A seems wrong. B looks wrong. C wasn't", 4, '', 'BC', 'ABC'],
  ['不是A 不选B', 4, 'B', '', 'AB'],
  ['选B 答案C', 4, 'BC', '', ''],
  ['choose B C', 4, '', 'BC', ''],
  ['x^B B2 AB B', 4, '', 'B', ''],
  ['B: yes\nC: no', 4, 'BC', 'BC', ''],
])('%j of %d', (text, count, marked, mentioned, denied) => {
  expect(markedLetters(text, count).join('')).toBe(marked);
  expect(mentionedCapitals(text, count).join('')).toBe(mentioned);
  expect([...deniedLetters(text)].join('')).toBe(denied);
});
