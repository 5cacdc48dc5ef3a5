import { expect, test } from 'vitest';
import { userTurn } from './user-turn';

const choice = { kind: 'choice', prompt: 'Which moves?', options: ['the car', 'the dog'] } as const;
const regression = { kind: 'regression', prompt: 'How many metres?', options: [] } as const;

test.each([
  [
    'choice with the default',
    choice,
    null,
    'Which moves?\nOptions:\nA. the car\nB. the dog\nThink step by step between <think> and </think>, then answer between <answer> and </answer>. Give only the letter of the option in the answer block.',
  ],
  ['own instruction', choice, 'Reply.', 'Which moves?\nOptions:\nA. the car\nB. the dog\nReply.'],
  ['no instruction, no options', regression, '', 'How many metres?'],
])('%s', (_name, question, instruction, turn) => {
  expect(userTurn(question, instruction)).toBe(turn);
});
