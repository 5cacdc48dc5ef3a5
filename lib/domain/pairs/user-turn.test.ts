import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { kindSchema } from '@/lib/domain/question';
import { defaultPairSettings } from './settings';
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

/** The trainer's world speaks the same words: its own tests read the same file, and its base policy was trained on them. */
const wordsSchema = z.object({
  turns: z.array(
    z.object({
      name: z.string(),
      kind: kindSchema,
      prompt: z.string(),
      options: z.array(z.string()),
      turn: z.string(),
    }),
  ),
  bridges: z.array(z.string()),
});
const words = wordsSchema.parse(JSON.parse(await readFile('fixtures/turns.json', 'utf8')));

test.each(words.turns)('shared with the trainer: $name', ({ turn, ...question }) => {
  expect(userTurn(question, null)).toBe(turn);
});

test('the bridges are those that the trainer knows', () => {
  expect(defaultPairSettings.bridges).toEqual(words.bridges);
});
