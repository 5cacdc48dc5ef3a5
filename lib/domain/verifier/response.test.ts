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
  ['an answer, then thinking cut off', '<answer>B</answer><think>a', [false, 'a', 'B', true]],
  ['an answer tag inside the answer', '<think>a</think><answer>B<answer>C</answer>', [false, 'a', 'C', false]],
  ['thinking inside the answer', '<think>a</think><answer>B<think>c</answer>', [false, 'a', 'B<think>c', false]],
  ['a closing think tag in the answer', '<think>a</think><answer>B</think></answer>', [false, 'a', 'B</think>', false]],
  ['an answer that closes before it opens', '</answer><think>a</think><answer>B', [false, 'a', 'B', true]],
  [
    'an answer closed in the thinking',
    '<think>a</answer></think><answer>B</answer>',
    [false, 'a</answer>', 'B', false],
  ],
  ['a closing answer tag alone', '<think>a</think></answer>', [false, 'a', null, false]],
  ['an open answer before the thinking ends', '<think>a<answer>B</think> c', [false, 'a<answer>B', null, false]],
  ['closing tags first', '</think></answer>', [false, '', null, false]],
  ['only a closing think tag', '</think>', [false, '', null, true]],
  ['only an open answer', '<answer>', [false, null, '', true]],
  ['an open answer at once', '<think><answer>', [false, '', '', true]],
  ['ends with the answer tag', '<think>a</think><answer>', [false, 'a', '', true]],
  ['ends with half a think tag', '<think>a</think><thi', [false, 'a', null, false]],
  ['as long as the tag, but another', '<think>a</think><answex>', [false, 'a', null, false]],
  [
    'wide spaces and line ends',
    '\u00a0<think>a</think>\u3000\u2028<answer>\u00a0B\t\r\n</answer>\v\f',
    [true, 'a', 'B', false],
  ],
  ['a zero-width space is text', '<think>a</think>\u200b<answer>B</answer>', [false, 'a', 'B', false]],
  ['a control character is text', '<think>a</think>\u0001<answer>B</answer>', [false, 'a', 'B', false]],
  ['only space in the answer', '<think>a</think><answer> \n </answer>', [true, 'a', '', false]],
  ['right-to-left marks stay', '<think>\u202ea</think><answer>\u202eB</answer>', [true, '\u202ea', '\u202eB', false]],
  ['half a surrogate pair', '<think>\ud83d</think><answer>\udfff</answer>', [true, '\ud83d', '\udfff', false]],
  ['upper case is no tag', '<THINK>a</THINK><ANSWER>B</ANSWER>', [false, null, null, false]],
] as const)('%s', (_name, response, expected) => {
  expect(read(response)).toEqual(expected);
});
