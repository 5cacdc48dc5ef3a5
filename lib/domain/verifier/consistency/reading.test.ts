import { describe, expect, test } from 'vitest';
import { prepareQuestion } from '@/lib/domain/verifier/prepared-question';
import { parseResponse } from '@/lib/domain/verifier/response';
import { checkConsistency } from './consistency';

const english = ['the cat sleeps', 'the dog barks', 'a bird sings', 'nobody moves'];
const numbers = ['3', '5', '-7', '12.5'];

/** What a reading says, and the texts that it quotes. */
const read = (thinking: string, answer: string, options: readonly string[] = english) => {
  const response = `<think>${thinking}</think>\n<answer>${answer}</answer>`;
  const question = prepareQuestion({ kind: 'choice', prompt: '', options, truth: 'Q' });
  const { think, answer: span } = parseResponse(response);
  const { evidence, ...reading } = checkConsistency(response, think, span, question);
  expect(evidence.every(({ check }) => check === 'consistency')).toBe(true);
  return { ...reading, quoted: evidence.map(({ start, end }) => response.slice(start, end)) };
};

describe('why a choice stays undetermined', () => {
  test.each([
    ['The answer is A or B.', 'D', null, 'The thinking leaves open A or B'],
    ['The answer is A or B.', 'A', null, 'The thinking leaves open A or B'],
    ['The answer is A. a bird sings', 'C', null, 'The thinking leaves open A or C'],
    ['The answer is B, which matches option C.', 'C', null, 'The thinking leaves open B or C'],
    ['It might be A.', 'B', null, 'The thinking only guesses'],
    ['It matches option B. It fits option C.', 'C', null, 'The thinking only guesses'],
    ['A is correct. B is correct.', 'B', null, 'The thinking only guesses'],
    ['The answer is A. Wait, no.', 'B', null, 'The last conclusion is taken back'],
    ['The answer is A. Wait, no. It might be B.', 'B', null, 'The last conclusion is taken back'],
    [
      'The answer is A. Wait, no. It matches option B. It fits option C.',
      'B',
      null,
      'The last conclusion is taken back',
    ],
    [
      'Is it B, the dog barks? The answer is not among the options.',
      'B',
      null,
      'The thinking concludes that no option fits',
    ],
    ['The dog ran.', 'B', null, 'The thinking states no conclusion'],
    ['In the end the dog barks (C).', 'B', null, 'The thinking states no conclusion'],
    ['So the dog barks (C).', 'B', null, 'The thinking states no conclusion'],
    ['So the answer is B.', '', null, 'There is no answer to compare with'],
    ['', 'B', null, 'There is no thinking'],
    ['The answer is B. It could also be A.', 'A', 'B', 'The thinking concludes B and leaves A open'],
    ['The sound is that of the dog barks (B).', 'A', 'B', 'The thinking states no conclusion that can be read'],
    ['So when the dog barks it is loud.', 'A', 'B', 'The thinking states no conclusion that can be read'],
    ['So the answer is B.', 'who knows', 'B', 'The answer names no option'],
    ['So the answer is A. a bird sings', 'who knows', null, 'The answer names no option'],
  ])('%s, answered %s', (thinking, answer, concluded, reason) => {
    expect(read(thinking, answer)).toEqual({ consistency: 'undetermined', concluded, reason, quoted: [] });
  });

  test('without a place for the answer or the thinking', () => {
    const question = prepareQuestion({ kind: 'choice', prompt: '', options: english, truth: 'Q' });
    const [think, answer] = [
      { start: 0, end: 19 },
      { start: 19, end: 20 },
    ];
    const reason = (...spans: [typeof think | null, typeof think | null]) =>
      checkConsistency('The answer is B.   A', ...spans, question).reason;
    expect(reason(think, null)).toBe('There is no answer to compare with');
    expect(reason(think, { start: 20, end: 20 })).toBe('There is no answer to compare with');
    expect(reason(null, answer)).toBe('There is no thinking');
    expect(reason({ start: 3, end: 3 }, answer)).toBe('There is no thinking');
    expect(reason(think, answer)).toBe('The thinking concludes B, the answer says A');
  });
});

const said = 'It is what the picture shows here. ';

describe('where a choice is concluded', () => {
  test.each([
    ['I see it. The answer is B. the dog barks. Then it ends.', 'B', 'answer is B', 'The answer is B. the dog barks.'],
    ['I see it. The answer is B. Then it ends.', 'B', 'answer is B', 'The answer is B.'],
    ['I see it. The answer is B, as I said. Then it ends.', 'B', 'answer is B', 'The answer is B, as I said.'],
    ['The answer is B. It could also be A.', 'B', 'answer is B', 'The answer is B.'],
    ['The answer is B. The other picture matches option C.', 'B', 'answer is B', 'The answer is B.'],
    ['The answer is B, which matches option B.', 'B', 'answer is B', 'The answer is B, which matches option B.'],
    ['Look. It matches option B, as I see.', 'B', 'matches option B', 'It matches option B, as I see.'],
    [
      'Yes. Therefore it corresponds to option C!',
      'C',
      'corresponds to option C',
      'Therefore it corresponds to option C!',
    ],
    ['The answer is A. Wait, that is wrong. It matches option B.', 'B', 'matches option B', 'It matches option B.'],
    ['A is correct. A is correct.', 'A', 'A', 'A is correct.'],
    ['I look. So the dog barks (B)!', 'B', 'So the dog barks (B)!', 'So the dog barks (B)!'],
    ['So, as the dog barks, (B).', 'B', 'So, as the dog barks, (B).', 'So, as the dog barks, (B).'],
    ['So it is clear: the dog barks.', 'B', 'So it is clear: the dog barks.', 'So it is clear: the dog barks.'],
    [
      'So the dog barks is the correct answer.',
      'B',
      'So the dog barks is the correct answer.',
      'So the dog barks is the correct answer.',
    ],
  ])('%s', (thinking, letter, phrase, sentence) => {
    expect(read(thinking, letter)).toEqual({
      consistency: 'consistent',
      concluded: letter,
      reason: `The thinking concludes ${letter}, as the answer says`,
      quoted: [phrase, letter],
    });
    expect(read(thinking, 'D')).toEqual({
      consistency: 'inconsistent',
      concluded: letter,
      reason: `The thinking concludes ${letter}, the answer says D`,
      quoted: [phrase, sentence, 'D'],
    });
  });

  test.each([
    ['The answer is A. a bird sings', 'The thinking concludes A or C, the answer says D'],
    ['The answer is B, which matches option C.', 'The thinking concludes B or C, the answer says D'],
    ['The answer is C, which matches option B.', 'The thinking concludes B or C, the answer says D'],
  ])('two of them: %s', (thinking, reason) => {
    expect(read(thinking, 'D')).toMatchObject({ consistency: 'inconsistent', concluded: null, reason });
  });

  test.each([
    ['a fit that concludes replaces it', 'The answer is B. So this corresponds to option C.', 'C'],
    ['further from the end', `The answer is B. ${said.repeat(10)}`, 'B'],
    ['far from the end', `The answer is B. ${said.repeat(50)}`, 'B'],
    ['too far from the end', `The answer is B. ${said.repeat(1_800)}`, null],
    ['further off than a guess', `The answer is C. ${said.repeat(10)}It may be B. ${said.repeat(2)}`, 'C'],
    ['further off than a fit', `The answer is C. ${said.repeat(10)}It matches option B. ${said.repeat(2)}`, 'C'],
    ['behind full-width marks', `Ｗｅ ｌｏｏｋ（ａｇａｉｎ）. The answer is （Ｂ）. ${said.repeat(50)}`, 'B'],
  ])('%s', (_name, thinking, letter) => {
    expect(read(thinking, 'D').concluded).toBe(letter);
  });

  test('two options of the same text are one', () => {
    expect(read('The answer is A.', 'D', ['x1 y', 'b', 'c', 'x1 y']).consistency).toBe('consistent');
    expect(read('The answer is A.', 'D', ['', 'b', 'c', '']).consistency).toBe('inconsistent');
    expect(read('The answer is A.', 'A', []).consistency).toBe('consistent');
    expect(read('The answer is A.', 'D', []).consistency).toBe('inconsistent');
  });
});

describe('what else a thinking names', () => {
  test.each([
    ['It could be A. It matches option C.', 'A', 'The thinking concludes C, the answer says A'],
    ['The answer is B. The other picture matches option C.', 'C', 'The thinking concludes B, the answer says C'],
    ['So the dog barks (B)', 'D', 'The thinking concludes B, the answer says D'],
    [
      `Is it B? ${said.repeat(50)}The answer is not among the options.`,
      'B',
      'The thinking concludes that no option fits, the answer says B',
    ],
  ])('does not open it: %#', (thinking, answer, reason) => {
    expect(read(thinking, answer)).toMatchObject({ consistency: 'inconsistent', reason });
  });

  test('an option without a text contradicts no refusal', () => {
    const thinking = 'The answer is not among the options.';
    expect(read(thinking, 'A', ['', 'b', 'c', 'd']).consistency).toBe('undetermined');
    expect(read(thinking, 'A', ['a dog', 'b', 'c', 'd']).consistency).toBe('inconsistent');
  });

  test('numbers inside options count only where an option is nothing else', () => {
    const gates = ['gate 12', '12 gates', 'x', 'y'];
    expect(read('So gate 12 has 5 doors.', 'A', gates).consistency).toBe('consistent');
    expect(read('So 12 gates have 5 doors.', 'B', gates).consistency).toBe('consistent');
  });
});

describe('options that are numbers', () => {
  test.each([
    ['Therefore we count 5 chairs.', 'B', 'consistent'],
    ['Therefore we count 5 chairs.', 'A', 'undetermined'],
    ['Therefore, of 7 chairs there are 5.', 'B', 'consistent'],
    ['Therefore 5 of the 7 chairs are red.', 'B', 'undetermined'],
    ['Therefore it is 12.5.', 'A', 'inconsistent'],
    ['Therefore it is -7.', 'A', 'inconsistent'],
    ['Therefore it is 7.', 'A', 'undetermined'],
  ])('%s, answered %s', (thinking, answer, consistency) => {
    expect(read(thinking, answer, numbers).consistency).toBe(consistency);
  });
});
