import { expect, test } from 'vitest';
import { agreeNumber } from './number-agreement';

test.each([
  ['no number in the answer', '3', 'no number', 'unclear'],
  ['no number concluded', 'no number', '4', 'unclear'],
  ['a plain statement', 'so 3 are left', '4', 'different'],
  ['a number that is only mentioned', 'the box at 3', '4', 'unclear'],
  ['behind a Chinese verb', '有3把', '4', 'different'],
  ['behind a Chinese verb, the same', '有3把', '3', 'same'],
  ['behind another Chinese word', '甲3', '4', 'unclear'],
  ['an exclamation', 'just 3!', '4', 'different'],
  ['behind the last sign of equality', '7 = 3', '4', 'different'],

  // Words of scale.
  ['millions asked for', '5.9 million', '5.9', 'same'],
  ['millions written out', '5.9 million', '5900000', 'same'],
  ['other millions', '5.9 million', '6.9', 'different'],
  ['about thousands', 'about 3 thousand', '3', 'same'],
  ['no number of them', 'million', '5', 'unclear'],
  ['the word first', 'thousand of 3', '3', 'same'],

  // What keeps it open.
  ['asked', '3?', '4', 'unclear'],
  ['on a condition', 'if 3', '4', 'unclear'],
  ['denied', 'not 3', '4', 'unclear'],
  ['either', 'either 3', '4', 'unclear'],
  ['between', 'between 3', '4', 'unclear'],
  ['a range', '3 to 5', '4', 'unclear'],
  ['a range of names', 'a is 3 to b 5', '6', 'unclear'],
  ['two of them', '3 or 4', '3', 'unclear'],
  ['compared', '3 more than', '4', 'unclear'],
  ['a multiple', '3 fold', '4', 'unclear'],
  ['a part', '3 of 7', '4', 'unclear'],
  ['a multiple of a variable', '3 x = 5', '4', 'unclear'],

  // Units.
  ['a unit that the answer leaves out', '12 minutes', '720', 'unclear'],
  ['a larger unit that it leaves out', '12 minutes', '0.2', 'unclear'],
  ['no unit makes them equal', '12 minutes', '13', 'different'],
  ['what is no unit', '12 apples', '0.2', 'different'],
  ['both with units', '12 minutes', '720 s', 'same'],
  ['both with units, other', '12 minutes', '13 s', 'different'],
  ['a unit of the answer only', '12', '720 s', 'different'],
  ['a unit of another system', '5 mi', '8.04672', 'unclear'],
  ['a power of ten', '0.5', '500', 'unclear'],
  ['a power of ten, other sign', '-0.5', '500', 'different'],
  ['nearly a power of ten', '3 widgets', '3300', 'different'],
  ['nothing against something', '0', '5', 'different'],
  ['something against nothing', '5', '0', 'different'],
  ['nothing', '0', '0', 'same'],

  // Rounding: half a percent, or half of the last digit within five percent.
  ['within half a percent', '2.5', '2.499', 'same'],
  ['half a percent', '199', '200', 'same'],
  ['over half a percent', '198.9', '200', 'different'],
  ['its last digit rounded', '3.4', '3.43', 'same'],
  ['half of the last digit', '20', '20.5', 'same'],
  ['over half of the last digit', '20', '20.6', 'different'],
  ['the finer one concluded', '20.5', '20', 'same'],
  ['over five percent', '3', '3.2', 'different'],
  ['five percent', '10.5', '10', 'same'],
  ['five percent and more', '9.5', '9', 'different'],

  // Said to be about so much: a tenth.
  ['about a tenth more', 'about 11', '10', 'unclear'],
  ['about a tenth less', 'about 9', '10', 'unclear'],
  ['about more than a tenth', 'about 11.2', '10', 'different'],
  ['not about', '11', '10', 'different'],
  ['the sign of it', 'd ≈ 11', '10', 'unclear'],
  ['the command of it', 'd \\approx 11', '10', 'unclear'],
  ['in Chinese', '约11', '10', 'unclear'],
])('%s: %s against %s', (_name, concluded, answer, agreement) => {
  expect(agreeNumber(concluded, answer)).toBe(agreement);
});
