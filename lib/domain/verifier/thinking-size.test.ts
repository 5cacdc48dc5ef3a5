import { expect, test } from 'vitest';
import { sizeThinking } from './thinking-size';

const answer = '<answer>B</answer>';

test.each([
  ['well formed', `<think>Look at it. So it is B.</think>${answer}`, 7, 2],
  ['empty thinking', `<think></think>${answer}`, 0, 0],
  ['marks are no words, yet end sentences', `<think> ... !? — </think>${answer}`, 0, 3],
  ['no thinking, whatever else is said', 'The answer is B. I am sure.', 0, 0],
  ['cut off in the thinking', '<think>I look. And then', 4, 2],
  ['prefilled opening tag', `I look. It is B.</think>${answer}`, 5, 2],
  ['text around the thinking does not count', `Hello there. <think>One.</think> Well then. ${answer}`, 1, 1],
  ['digits and letters are one word, marks part words', `<think>The 2nd is 3.5 m, don't say.</think>${answer}`, 9, 1],
  ['other alphabets', `<think>Ответ — ясен. Étape deux.</think>${answer}`, 4, 2],
  ['scripts without spaces count characters', `<think>他走了。然后停下！</think>${answer}`, 7, 2],
  ['a character of two halves is one word', '<think>😀 𠮷</think>', 2, 1],
  ['lines are sentences', `<think>- left\n- right\n\nB</think>${answer}`, 3, 3],
  ['nothing', '', 0, 0],
] as const)('%s', (_name, response, words, sentences) => {
  expect(sizeThinking(response)).toEqual({ words, sentences });
});
