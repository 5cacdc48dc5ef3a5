import { expect, test } from 'vitest';
import { withDigits } from './count-words';

test.each([
  ['there are two chairs', 'there are 2 chairs'],
  ['there is one', 'there is 1'],
  ['only no cups', 'only 0 cups'],
  ['两把椅子', '两把椅子'],
  ['一共有两把椅子', '一共有2把椅子'],
  ['有三把', '有3把'],
  ['是四个', '是4个'],
  ['about five', 'about 5'],
  ['Twenty', '20'],
  ['(seven', '(7'],
  ['one of them', 'one of them'],
  ['have eleven 3', 'have eleven 3'],
  ['三把', '三把'],
  ['it is three', 'it is three'],
  ['has just ten', 'has just 10'],
  ['no', 'no'],
  ['There Are ONLY Six', 'There Are ONLY 6'],
])('%s: %s', (text, digits) => {
  expect(withDigits(text)).toBe(digits);
});
