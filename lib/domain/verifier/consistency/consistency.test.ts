import { describe, expect, test } from 'vitest';
import type { Kind } from '@/lib/domain/question';
import { prepareQuestion } from '@/lib/domain/verifier/prepared-question';
import { parseResponse } from '@/lib/domain/verifier/response';
import { checkConsistency } from './consistency';

const options = ['a red car', 'a blue car', '15 km', '$15,000', 'high bias, low variance', 'a red car'];

const check = (thinking: string, answer: string, kind: Kind = 'choice') => {
  const response = `<think>${thinking}</think>\n<answer>${answer}</answer>`;
  const question = prepareQuestion({ kind, prompt: '', options: kind === 'choice' ? options : [], truth: 'Q' });
  const { think, answer: span } = parseResponse(response);
  const reading = checkConsistency(response, think, span, question);
  const quoted = reading.evidence.map(({ role, start, end }) => [role, response.slice(start, end)]);
  return { ...reading, quoted };
};

describe('choice concludes', () => {
  test.each([
    ['plain', 'I see it. So the answer is B.', 'B'],
    ['with its text', 'Therefore, the correct answer is B. a blue car.', 'B'],
    ['option', 'The correct answer is Option B: a blue car', 'B'],
    ['in brackets and bold', 'Thus, the correct answer is **(B)**.', 'B'],
    ['boxed on its own line', 'The correct answer is:\n\\[ \\boxed{B} \\]\n\nThis is because it is blue.', 'B'],
    ['boxed, no words', 'It is blue. \\boxed{B}', 'B'],
    ['colon', 'Final Answer: B', 'B'],
    ['list mark', 'Thus, the correct option is:\n- **B. a blue car**.', 'B'],
    ['text only', 'So the answer is a blue car.', 'B'],
    ['price only', 'Thus, the total would be $15,000.', 'D'],
    ['number that an option states', 'Thus the answer is \\boxed{15}', 'C'],
    ['fit after a value', 'Therefore, the answer is about 14.8 km, which corresponds to option C.', 'C'],
    ['fit alone', 'It is blue, which matches option B.', 'B'],
    ['reversed', 'Looking again, B is the correct answer.', 'B'],
    ['so B', 'It might be A. Wait, no, the roof is blue, so B.', 'B'],
    ['wait, then again', 'The answer is A. Wait, the roof is blue. So the answer is B.', 'B'],
    ['a later one wins', 'The answer is A. Looking closer, the correct answer is B.', 'B'],
    ['hedge is no commitment', 'The answer is B. The answer might be A for someone else.', 'B'],
    ['negation is no commitment', 'The answer is B. The answer is not A.', 'B'],
    ['condition is no commitment', 'The answer is B. If the answer is A, the roof would be red.', 'B'],
    ['restated options', 'So the answer is B.\n- Option A: a red car\n- Option B: a blue car\n- Option C: 15 km', 'B'],
    ['dismissed options', 'The correct answer is B. The other options, such as A and C, are incorrect.', 'B'],
    ['A with a reason', 'The correct answer is A because the car is red.', 'A'],
    ['choosing', 'I am not sure. I will go with option B.', 'B'],
    ['Chinese', '车是蓝色的。因此答案是B。', 'B'],
    ['Chinese with colon', '所以正确答案为：B', 'B'],
    ['same letter twice', 'The answer is B. Therefore, B is the correct answer.', 'B'],
  ])('%s', (_name, thinking, letter) => {
    const same = check(thinking, letter);
    expect([same.consistency, same.concluded]).toEqual(['consistent', letter]);
    expect(check(thinking, 'E').consistency).toBe('inconsistent');
  });

  test('the same text under two letters is the same option', () => {
    expect(check('So the answer is A.', 'F').consistency).toBe('consistent');
  });
});

describe('choice stays undetermined', () => {
  test.each([
    ['no conclusion', 'The car drives along the road and stops.', 'B'],
    ['taken back', 'So the answer is B. Wait, that is wrong.', 'A'],
    ['none fits', 'The answer would be B. Therefore, the answer is not among the options.', 'B'],
    ['two letters, one of them answered', 'The correct answer is either B or C.', 'C'],
    ['letter and another text', 'The answer is A. 15 km', 'C'],
    ['article', 'The answer is a matter of taste. A dog runs.', 'B'],
    ['variable', 'The solution is E = 3.', 'B'],
    ['question', 'Is the answer B?', 'A'],
    ['answer names no option', 'So the answer is B.', 'who knows'],
    ['no answer', 'So the answer is B.', ''],
    ['no thinking', '', 'B'],
  ])('%s', (_name, thinking, answer) => {
    expect(check(thinking, answer).consistency).toBe('undetermined');
  });
});

test('an inconsistency quotes the sentence, the phrase and the answer', () => {
  const { quoted, reason } = check('The roof is blue. Therefore, the correct answer is B. a blue car.', ' A ');
  expect(reason).toBe('The thinking concludes B, the answer says A');
  expect(quoted).toEqual([
    ['conclusion', 'answer is B'],
    ['contradiction', 'Therefore, the correct answer is B. a blue car.'],
    ['answer', 'A'],
  ]);
});

describe('other kinds', () => {
  test.each([
    ['number', 'Therefore the answer is 3.5 m.', '3.5', 'number', 'consistent'],
    ['rounded on the way', 'So it moves at 3.429 ft/s. The answer is 3.429.', '3.43', 'number', 'consistent'],
    ['other number', 'Therefore the answer is 3.5 m.', '4', 'number', 'inconsistent'],
    ['boxed number', 'Hence \\boxed{484}', '484', 'number', 'consistent'],
    ['last sentence', 'In summary, the value is approximately 7.07 V.', '7.07', 'number', 'consistent'],
    ['scale word', 'So, the answer is 5.9 million.', '5.9', 'number', 'consistent'],
    ['counted in words', 'After verifying, I can confirm that there are two chairs.', '2', 'regression', 'consistent'],
    ['another count', 'So I can conclude that there are two tables in this room.', '3', 'number', 'inconsistent'],
    ['one as a pronoun', 'I can confirm the one near the bed.', '3', 'number', 'undetermined'],
    ['last number, no sign of a conclusion', 'The number of students is indeed 42.', '42', 'number', 'consistent'],
    ['another last number', 'The total is 49 students.', '42', 'number', 'undetermined'],
    ['perhaps another unit', 'So the answer is 0.5.', '500', 'number', 'undetermined'],
    ['several numbers', 'Therefore 3 and 4 remain.', '5', 'regression', 'undetermined'],
    ['no conclusion', 'There are chairs.', '5', 'regression', 'undetermined'],
    ['expression', 'So the answer is \\boxed{x^2+1}', 'x^2 + 1', 'math', 'consistent'],
    ['other expression', 'So the answer is \\boxed{x^2+1}', 'x^3', 'math', 'undetermined'],
    ['text', 'The sign says stop, so the answer is "stop here".', 'Stop here', 'text', 'consistent'],
    ['other text', 'So the answer is elephants.', 'giraffe', 'text', 'undetermined'],
    ['the opposite', 'So the answer is yes.', 'No', 'text', 'inconsistent'],
    ['other text that was read', 'So the sign reads "STOP".', 'YIELD', 'ocr', 'inconsistent'],
    ['ocr', 'So the answer is EXIT 12.', 'EXIT 12', 'ocr', 'consistent'],
  ] as const)('%s', (_name, thinking, answer, kind, expected) => {
    expect(check(thinking, answer, kind).consistency).toBe(expected);
  });
});

test('an empty box is no conclusion', () => {
  expect(check('It is \\boxed{}', '12', 'number').concluded).not.toBe('');
});

test('what is kept of a long conclusion never ends in half a character', () => {
  const { concluded } = check(`So the answer is ${'a'.repeat(199)}🎬 and more`, 'b', 'text');
  expect(concluded).toHaveLength(200);
  expect(concluded?.isWellFormed()).toBe(true);
});
