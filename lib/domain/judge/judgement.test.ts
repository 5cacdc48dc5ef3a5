import { expect, test } from 'vitest';
import type { QuestionCore } from '@/lib/domain/question';
import { prepareQuestion } from '@/lib/domain/verifier/prepared-question';
import type { JudgeAnswer } from './answer';
import { judgementOf } from './judgement';

const choice: QuestionCore = { kind: 'choice', prompt: 'Which?', options: ['left', 'right', 'up'], truth: 'A' };
const number: QuestionCore = { kind: 'number', prompt: 'How many?', options: [], truth: '' };

const place = (thinking: string, answer: string) => {
  const response = `<think>${thinking}</think>\n<answer>${answer}</answer>`;
  const start = response.indexOf('<answer>') + 8;
  return { response, think: { start: 7, end: 7 + thinking.length }, answer: { start, end: start + answer.length } };
};
const concluded = (conclusion: string, quote: string | null): JudgeAnswer => ({
  state: 'concluded',
  concluded: conclusion,
  quote,
  raw: '',
});

test.each([
  ['the same letter', choice, 'It went that way, to B.', 'B', concluded('B', 'It went that way, to B.'), 'consistent'],
  [
    'an option’s text',
    choice,
    'The right side it was.',
    'B',
    concluded('right', 'The right side it was.'),
    'consistent',
  ],
  ['another letter', choice, 'It went up.', 'B', concluded('C', 'It went up.'), 'inconsistent'],
  ['a quote of other marks', choice, 'It went “up” there', 'B', concluded('C', 'It went "up" there'), 'inconsistent'],
  ['a number', number, 'That makes 12 in all.', '12', concluded('12', 'That makes 12 in all.'), 'consistent'],
  ['another number', number, 'That makes 12 in all.', '15', concluded('12', 'That makes 12 in all.'), 'inconsistent'],
  [
    'LaTeX that lost its backslash',
    { ...number, kind: 'math' },
    'So \\frac{1}{2}.',
    '\\frac{1}{2}',
    concluded('\\frac{1}{2}', 'So \frac{1}{2}.'),
    'consistent',
  ],
  ['a quote that stands nowhere', choice, 'It went up.', 'B', concluded('C', 'It flew away.'), 'undetermined'],
  ['no quote', choice, 'It went up.', 'B', concluded('C', null), 'undetermined'],
  ['a letter that names no option', choice, 'It went up.', 'B', concluded('Z', 'It went up.'), 'undetermined'],
  ['open', choice, 'Hm.', 'B', { state: 'open', concluded: null, quote: null, raw: '' }, 'undetermined'],
  ['malformed', choice, 'Hm.', 'B', { state: 'malformed', concluded: null, quote: null, raw: '!' }, 'undetermined'],
] as const)('%s', (_name, question, thinking, answer, said, consistency) => {
  const at = place(thinking, answer);
  const judgement = judgementOf(said, at, prepareQuestion(question));
  expect(judgement.consistency).toBe(consistency);
  expect(judgement.reason).not.toBe('');
  const quoted = judgement.evidence.map(({ start, end }) => at.response.slice(start, end));
  expect(quoted).toEqual(consistency === 'undetermined' ? [] : [thinking, answer]);
});
