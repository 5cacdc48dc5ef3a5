import { expect, test } from 'vitest';
import { prepareQuestion } from '@/lib/domain/verifier/prepared-question';
import { checkConsistency } from './consistency';

const read = (thinking: string, answer: string, options: readonly string[]) => {
  const response = `<think>${thinking}</think><answer>${answer}</answer>`;
  const think = { start: 7, end: 7 + thinking.length };
  const start = think.end + '</think><answer>'.length;
  const question = prepareQuestion({ kind: 'choice', prompt: 'How many?', options, truth: 'A' });
  const found = checkConsistency(response, think, { start, end: start + answer.length }, question);
  const contradiction = found.evidence.find(({ role }) => role === 'contradiction');
  return [found.consistency, contradiction ? response.slice(contradiction.start, contradiction.end) : null];
};

const counts = ['12', '14', '16', '20'];
const open = ['undetermined', null];

test.each([
  [
    'an option it never came near',
    'That makes 13. The correct answer is not among the options.',
    'D',
    counts,
    ['inconsistent', 'The correct answer is not among the options.'],
  ],
  ['the closest one, by its letter', 'That makes 13, so D is closest. The answer is not listed.', 'D', counts, open],
  ['the closest one, by its text', 'It is 13 or 20. The correct answer is not among the options.', 'D', counts, open],
  [
    'a letter inside a word is no mention',
    'It is Delta 13. The answer is not among the options.',
    'D',
    counts,
    ['inconsistent', 'The answer is not among the options.'],
  ],
  [
    'an option that says so',
    'That makes 13. The answer is not among the options.',
    'D',
    ['12', '14', '16', 'None of the above'],
    open,
  ],
  [
    'an option that nobody can tell',
    'That makes 13. The answer is not listed.',
    'D',
    ['12', '14', '16', 'Cannot be determined'],
    open,
  ],
  ['options that are not known', 'That makes 13. The answer is not among the options.', 'D', [], open],
  ['an answer without a letter', 'That makes 13. The answer is not among the options.', 'thirteen', counts, open],
] as const)('%s', (_name, thinking, answer, options, wanted) => {
  expect(read(thinking, answer, options)).toEqual(wanted);
});
