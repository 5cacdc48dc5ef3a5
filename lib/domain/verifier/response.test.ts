import { expect, test } from 'vitest';
import { parseResponse } from './response';

const read = (response: string) => {
  const parsed = parseResponse(response);
  const slice = (span: { start: number; end: number } | null) => (span ? response.slice(span.start, span.end) : null);
  return [parsed.wellFormed, slice(parsed.think), slice(parsed.answer), parsed.cutOff];
};

test.each([
  ['well formed', '<think>a</think><answer>B</answer>', [true, 'a', 'B', false]],
  ['space between and around', ' \n<think> a </think>\n\n<answer> B\n</answer>\n ', [true, ' a ', 'B', false]],
  ['empty blocks', '<think></think><answer></answer>', [true, '', '', false]],
  ['other angle brackets', '<think>1 < 2 <b></think><answer>x < y</answer>', [true, '1 < 2 <b>', 'x < y', false]],
  ['words before', 'Hi <think>a</think><answer>B</answer>', [false, 'a', 'B', false]],
  ['words between', '<think>a</think> so <answer>B</answer>', [false, 'a', 'B', false]],
  ['words behind', '<think>a</think><answer>B</answer>!', [false, 'a', 'B', false]],
  ['wrong order', '<answer>B</answer><think>a</think>', [false, 'a', 'B', false]],
  ['two answers: the last counts', '<think>a</think><answer>B</answer><answer>C</answer>', [false, 'a', 'C', false]],
  ['two thinkings', '<think>a</think><think>b</think><answer>B</answer>', [false, 'a', 'B', false]],
  ['nested thinking', '<think>a<think>b</think><answer>B</answer>', [false, 'a<think>b', 'B', false]],
  ['answer inside the thinking', '<think>a<answer>B</answer></think>', [false, 'a<answer>B</answer>', 'B', false]],
  ['no opening tag', 'a</think><answer>B</answer>', [false, 'a', 'B', false]],
  ['unclosed thinking', '<think>a b', [false, 'a b', null, true]],
  ['unclosed thinking before an answer', '<think>a<answer>B</answer>', [false, 'a', 'B', true]],
  ['unclosed answer', '<think>a</think><answer>12', [false, 'a', '12', true]],
  ['ends behind the thinking', '<think>a</think>\n', [false, 'a', null, true]],
  ['ends inside a tag', '<think>a</think><answ', [false, 'a', null, true]],
  ['no answer tag, but words', '<think>a</think> The answer is B', [false, 'a', null, false]],
  ['only an answer', '<answer>B</answer>', [false, null, 'B', false]],
  ['no tags', 'B', [false, null, null, false]],
  ['empty', '', [false, null, null, false]],
  ['upper case is no tag', '<THINK>a</THINK><ANSWER>B</ANSWER>', [false, null, null, false]],
] as const)('%s', (_name, response, expected) => {
  expect(read(response)).toEqual(expected);
});
