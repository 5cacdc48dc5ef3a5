import { expect, test } from 'vitest';
import { sentenceEnd, sentenceStart, trimmedEnd } from './sentence-borders';

test.each([
  ['One. T|wo. Three.', 'Two.'],
  ['One! T|wo! Three!', 'Two!'],
  ['One? T|wo? Three?', 'Two?'],
  ['One\nT|wo\nThree', 'Two'],
  ['一。二|二。三', '二二。'],
  ['一！二|二！三', '二二！'],
  ['一？二|二？三', '二二？'],
  ['At 3.5 m| it is.', 'At 3.5 m it is.'],
  ['So A. 1|20 V. Then', 'So A. 120 V. Then'],
  ['(B. 1|20 V. Then', '(B. 120 V. Then'],
  ['see fig. 3| now. Then', 'see fig. 3 now.'],
  ['approx. 3| m. Then', 'approx. 3 m. Then'],
  ['e.g. t|his. Then', 'e.g. this.'],
  ['i.e. t|his. Then', 'i.e. this.'],
  ['etc. t|his. Then', 'etc. this.'],
  ['no. 3| is. Then', 'no. 3 is.'],
  ['A vs. B|b. Then', 'A vs. Bb.'],
  ['piano. T|hen', 'Then'],
  ['x.) T|hen. y', 'x.) Then.'],
  ['Yes.</p> T|wo.</p>', '</p> Two.'],
  ['|One. Two', 'One.'],
  ['One.| Two', ' Two'],
  ['One. Two|', 'Two'],
  ['One. | Two', ' Two'],
  ['  T|wo', 'Two'],
  ['One.\u0009T|wo.\u0009Three', 'Two.'],
])('%j', (marked, sentence) => {
  const at = marked.indexOf('|');
  const text = marked.replace('|', '');
  expect(text.slice(sentenceStart(text, at, 0), sentenceEnd(text, at, text.length))).toBe(sentence);
});

test('a sentence is looked for 600 characters far, and within bounds', () => {
  const long = 'y'.repeat(2_000);
  expect([sentenceStart(long, 1_000, 0), sentenceEnd(long, 1_000, 2_000)]).toEqual([400, 1_600]);
  expect([sentenceStart(long, 1_000, 900), sentenceEnd(long, 1_000, 1_100)]).toEqual([900, 1_100]);
  expect(sentenceStart(long, 100, 0)).toBe(0);
});

test.each([
  ['ab \n\u3000', 2],
  ['ab', 2],
  ['   ', 0],
  ['ab\u0001', 2],
  ['a b c', 5],
  ['a b ', 3],
])('%j ends at %d without its white space', (text, end) => {
  expect(trimmedEnd(text, text.length)).toBe(end);
});
