import { describe, expect, test } from 'vitest';
import type { Kind } from '@/lib/domain/question';
import { prepareQuestion } from '@/lib/domain/verifier/prepared-question';
import { parseResponse } from '@/lib/domain/verifier/response';
import { concludeValue } from './concluded-value';
import { checkConsistency } from './consistency';

const check = (thinking: string, answer: string, kind: Kind) => {
  const response = `<think>${thinking}</think>\n<answer>${answer}</answer>`;
  const question = prepareQuestion({ kind, prompt: '', options: [], truth: '1' });
  const { think, answer: span } = parseResponse(response);
  return checkConsistency(response, think, span, question).consistency;
};

describe('numbers', () => {
  test.each([
    ['a unit against its name', 'Therefore 3.5 m.', '3.5 meters', 'consistent'],
    ['another unit', 'Therefore 3.5 m.', '350 cm', 'consistent'],
    ['another unit the other way', 'So the answer is 350 cm.', '3.5 m', 'consistent'],
    ['another length', 'Therefore 3.5 m.', '4 m', 'inconsistent'],
    ['another length in another unit', 'So the answer is 350 cm.', '4.2 m', 'inconsistent'],
    ['about', 'So the answer is about 3.5.', '3.5', 'consistent'],
    ['about, more digits', 'So the answer is about 3.5.', '3.52', 'consistent'],
    ['about, another', 'So the answer is about 3.5.', '5', 'inconsistent'],
    ['approximately equal sign', 'Thus $d \\approx 3.43$', '24/7', 'consistent'],
    ['fraction', 'The answer is 1/2.', '0.5', 'consistent'],
    ['LaTeX fraction', 'The answer is \\frac{1}{2}.', '0.5', 'consistent'],
    ['percent', 'The answer is 50%.', '0.5', 'consistent'],
    ['percent in words', 'The answer is 50 percent.', '50', 'consistent'],
    ['scientific', 'The answer is 3.5 × 10^2.', '350', 'consistent'],
    ['thousands', 'The answer is 1,234.', '1234', 'consistent'],
    ['boxed', 'Adding up, \\boxed{7}', '7', 'consistent'],
    ['boxed with a unit', 'Adding up, \\boxed{7\\ \\text{m}}', '7 m', 'consistent'],
    ['boxed other', 'Adding up, \\boxed{7}', '9', 'inconsistent'],
    ['two boxes, the last counts', '\\boxed{3} is the first, \\boxed{7} in all', '7', 'consistent'],
    ['negative', 'So the answer is -3.', '3', 'inconsistent'],
    ['equation', 'So x = 3.', '3', 'consistent'],
    ['sum', 'The answer is 3 + 4 = 7.', '7', 'consistent'],
    ['a summand is not the sum', 'The answer is 7, since 3 + 4 = 7.', '3', 'undetermined'],
    ['word', 'So there are three cups.', '3', 'consistent'],
    ['other word', 'So there are three cups.', '4', 'inconsistent'],
    ['word after the cue', 'The answer is three.', '3', 'consistent'],
    ['other word after the cue', 'The answer is three.', '4', 'inconsistent'],
    ['word with a noun', 'So the answer is three cups.', '3', 'consistent'],
    ['none', 'In conclusion, there are no cups.', '0', 'consistent'],
    ['Chinese', '所以答案是7。', '7', 'consistent'],
    ['Chinese, other', '所以答案是7。', '9', 'inconsistent'],
    ['Chinese with a unit', '因此，答案为3.5米。', '3.5', 'consistent'],
    ['full-width digits', '答案：７', '7', 'consistent'],
    ['Japanese', '答えは7です。', '7', 'consistent'],
    ['Korean', '정답은 7입니다.', '7', 'consistent'],
    ['Spanish', 'La respuesta es 7.', '7', 'consistent'],
    ['German', 'Die Antwort ist 7.', '9', 'inconsistent'],
  ] as const)('%s: %s, answered %s', (_name, thinking, answer, expected) => {
    expect(check(thinking, answer, 'number')).toBe(expected);
  });
});

describe('several numbers: the last commitment counts', () => {
  test.each([
    [
      'steps, then the total',
      'So the first distance is 3 m. The second is 4 m. In total, the answer is 7 m.',
      '7',
      'consistent',
    ],
    ['a step is not the total', 'So the first distance is 3 m. The second is 4 m, 7 m in total.', '7', 'consistent'],
    ['a step, and the answer goes on', 'So the first distance is 3 m. The second is 4 m.', '7', 'undetermined'],
    ['corrected', 'It might be 3. Wait, no, there is one more, so it is 4.', '4', 'consistent'],
    ['corrected answer', 'The answer is 3. Wait, no. The answer is 4.', '4', 'consistent'],
    ['corrected answer, the old one answered', 'The answer is 3. Wait, no. The answer is 4.', '3', 'inconsistent'],
    ['taken back', 'The answer is 3. Wait, that is wrong.', '4', 'undetermined'],
    ['denied', 'The answer is not 3.', '4', 'undetermined'],
    ['denied, answered', 'The answer is not 3.', '3', 'undetermined'],
    ['guessed', 'The answer might be 3.', '4', 'undetermined'],
    ['guessed behind a commitment', 'The answer is 4. It could be that the answer is 3.', '3', 'undetermined'],
    ['conditional', 'If one is hidden, the answer is 3.', '4', 'undetermined'],
    ['asked', 'Is the answer 3?', '4', 'undetermined'],
    ['between', 'The answer is between 3 and 5.', '4', 'undetermined'],
    ['between, an end answered', 'The answer is between 3 and 5.', '3', 'undetermined'],
    ['or', 'The answer is 3 or 4.', '4', 'undetermined'],
    ['or, another', 'The answer is 3 or 4.', '5', 'undetermined'],
    ['a range', 'The answer is 3-5.', '4', 'undetermined'],
    ['at least', 'The answer is at least 3.', '5', 'undetermined'],
    ['more than', 'So there are more than 3 cups.', '5', 'undetermined'],
    ['unknown', 'The answer cannot be determined from 3 frames.', '4', 'undetermined'],
    ['frames counted on the way', 'So I looked at 8 frames and saw cups.', '3', 'undetermined'],
    ['a plan', 'So, let us look at frame 5 again.', '3', 'undetermined'],
    ['two kinds of things', 'The answer is 3 apples and 4 oranges.', '7', 'undetermined'],
    ['two units', 'The answer is 2 m 50 cm.', '2.5 m', 'undetermined'],
    ['times another', 'The answer is 10 times larger than 5.', '50', 'undetermined'],
    ['a unit that the question asks for', 'So the answer is 12 minutes.', '720', 'undetermined'],
    ['nearly', 'So the answer is approximately 2.5 meters.', '2.4', 'undetermined'],
    ['not nearly', 'So the answer is approximately 2.5 meters.', '3.5', 'inconsistent'],
    ['two sides before the area', 'So it is 4.2 m by 3.1 m. The area is 13 square meters.', '15', 'undetermined'],
    ['parts in brackets', 'So the total is 4 (2 on the left and 2 on the right).', '4', 'consistent'],
    ['a part answered', 'So the total is 4 (2 on the left and 2 on the right).', '2', 'undetermined'],
    ['a sum', 'So, 2 + 2 = 4.', '4', 'consistent'],
    ['a year', 'So in 2019 there were 5 of them.', '7', 'undetermined'],
    ['a clock', 'Therefore, at 12:30 we see 5 people.', '6', 'undetermined'],
    ['Chinese count', '所以一共有3把椅子。', '3', 'consistent'],
    ['Chinese count in words', '所以一共有三把椅子。', '3', 'consistent'],
    ['another Chinese count', '所以一共有三把椅子。', '4', 'inconsistent'],
    ['a time', 'So the answer is seen at 3 seconds.', '4', 'undetermined'],
  ] as const)('%s: %s, answered %s', (_name, thinking, answer, expected) => {
    expect(check(thinking, answer, 'regression')).toBe(expected);
  });
});

describe('expressions and words', () => {
  test.each([
    ['same expression', 'So the answer is \\boxed{x^2+1}', 'x^2 + 1', 'math', 'consistent'],
    ['fraction against decimal', 'Hence $x = \\boxed{\\frac{1}{2}}$.', '0.5', 'math', 'consistent'],
    ['in dollars', 'The answer is $\\sqrt{2}$.', '\\sqrt{2}', 'math', 'consistent'],
    ['other number', 'Hence \\boxed{7}', '9', 'math', 'inconsistent'],
    ['same words', 'So the sign says: the answer is "Stop".', 'stop', 'text', 'consistent'],
    ['other words', 'So the answer is elephants.', 'giraffe', 'text', 'undetermined'],
    ['yes and no', 'So the answer is yes.', 'No', 'text', 'inconsistent'],
    ['a longer yes', 'So the answer is yes.', 'Yes, it is', 'text', 'consistent'],
    ['two roots', 'So the answer is 5 or -5.', '5', 'math', 'undetermined'],
    ['a root is no whole number', 'So the answer is $\\sqrt{2}$.', '2', 'math', 'undetermined'],
    ['named variable', 'So \\boxed{x = 5}.', '6', 'math', 'inconsistent'],
    ['a bound', 'So \\boxed{x > 5}.', '6', 'math', 'undetermined'],
    ['words denied', 'The answer is not elephants.', 'giraffe', 'text', 'undetermined'],
    ['words guessed', 'The answer might be elephants.', 'giraffe', 'text', 'undetermined'],
    ['words in part', 'So the answer is the big red elephant.', 'red elephant', 'text', 'consistent'],
    ['Chinese words', '所以答案是大象。', '大象', 'text', 'consistent'],
    ['other Chinese words', '所以答案是大象。', '长颈鹿', 'text', 'undetermined'],
    ['no conclusion', 'There is an animal.', 'giraffe', 'text', 'undetermined'],
  ] as const)('%s: %s, answered %s', (_name, thinking, answer, kind, expected) => {
    expect(check(thinking, answer, kind)).toBe(expected);
  });
});

test.each<[string, string, string, string, boolean, string[]]>([
  ['I add. The answer is 7.', '7.', 'answer is 7.', 'The answer is 7.', false, []],
  ['I add. The answer is: "7".', '7".', 'answer is: "7".', 'The answer is: "7".', false, []],
  [
    'I add. The answer is \\[ 7 \\] since 3+4. Yes.',
    '\\[ 7 \\]',
    'answer is \\[ 7 \\]',
    'The answer is \\[ 7 \\]',
    false,
    [],
  ],
  [
    'The answer is \\[ 7 since. Yes.',
    '\\[ 7 since.',
    'answer is \\[ 7 since.',
    'The answer is \\[ 7 since.',
    false,
    [],
  ],
  ['The answer is **7** cups. Yes.', '7** cups.', 'answer is **7** cups.', 'The answer is **7** cups.', false, []],
  [
    'The answer is 7 . Then so. It could be that the answer is 8.',
    '7 .',
    'answer is 7 .',
    'The answer is 7 .',
    false,
    ['8.'],
  ],
  ['It could be that the answer is 6. The answer is 7.', '7.', 'answer is 7.', 'The answer is 7.', false, []],
  ['So \\boxed{7} cups.', '7', '\\boxed{7', 'So \\boxed{7', false, []],
  ['\\boxed{\\frac{1}{2}} it is', '\\frac{1}{2}', '\\boxed{\\frac{1}{2}', '\\boxed{\\frac{1}{2}', false, []],
  ['\\boxed{7', '7', '\\boxed{7', '\\boxed{7', false, []],
  ['The answer is:', 'The answer is:', 'The answer is:', 'The answer is:', true, []],
  [
    'So there are 3 cups. They are red.',
    'So there are 3 cups.',
    'So there are 3 cups.',
    'So there are 3 cups.',
    false,
    [],
  ],
  ['So there are 3 cups. They are red. They stand.', 'They stand.', 'They stand.', 'They stand.', true, []],
  [
    'So there are 3 cups. There are 4 plates.',
    'There are 4 plates.',
    'There are 4 plates.',
    'There are 4 plates.',
    true,
    [],
  ],
  ['There are 3 cups.', 'There are 3 cups.', 'There are 3 cups.', 'There are 3 cups.', true, []],
  ['I see. There are not 3 cups.', 'I see.', 'I see.', 'I see.', true, []],
  [
    'There are 3. Wait, no, so 4 cups.',
    'Wait, no, so 4 cups.',
    'Wait, no, so 4 cups.',
    'Wait, no, so 4 cups.',
    false,
    [],
  ],
  ['So 3 cups. Wait, that is wrong', 'that is wrong', 'that is wrong', 'that is wrong', true, []],
  ['So 3 cups. Wait, no, it is 4.', 'no, it is 4.', 'no, it is 4.', 'no, it is 4.', true, []],
  ['So maybe 3.', 'So maybe 3.', 'So maybe 3.', 'So maybe 3.', true, []],
  ['If so, 3.', 'If so, 3.', 'If so, 3.', 'If so, 3.', true, []],
  ['The answer is {7}.', '{7}.', 'answer is {7}.', 'The answer is {7}.', false, []],
  ['f{7} is', 'f{7} is', 'f{7} is', 'f{7} is', true, []],
  [
    'the answer is                     7.',
    '7.',
    'answer is                     7.',
    'the answer is                     7.',
    false,
    [],
  ],
  [
    'the answer is                        7.',
    '7.',
    'answer is                        7.',
    'the answer is                        7.',
    false,
    [],
  ],
  [
    'The answer is  7.\nThe answer might be 8.\nPerhaps the answer is 9.',
    '7.',
    'answer is  7.',
    'The answer is  7.',
    false,
    ['8.', '9.'],
  ],
  ['答案是7。', '7。', '答案是7。', '答案是7。', false, []],
  ['７ is it', '7 is it', '７ is it', '７ is it', true, []],
  ['The answer is ７.', '7.', 'answer is ７.', 'The answer is ７.', false, []],
])('%j: what is concluded and where', (text, value, phrase, sentence, isTentative, guesses) => {
  const found = concludeValue(text) ?? expect.unreachable(text);
  expect({ ...found, span: undefined, sentence: undefined }).toEqual({ value, isTentative, guesses });
  expect(text.slice(found.span.start, found.span.end)).toBe(phrase);
  expect(text.slice(found.sentence.start, found.sentence.end)).toBe(sentence);
});

test.each([
  ['The answer is 7. Wait, no.'],
  ['The answer is not 7.'],
  ['There are not 3 cups.'],
  ['Not so. There are 3? Yes 4?'],
  [''],
  ['   '],
  ['答案不是7。'],
  ['答案不等于 7'],
])('%j concludes nothing', (text) => {
  expect(concludeValue(text)).toBeNull();
});
