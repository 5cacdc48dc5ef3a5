/** Real answers and options that are numbers or formulas, from ../shared/data; nobody has labelled them. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { root } from '@/scripts/root';
import type { MathPair } from './pairs';

export const REAL_NUMBERS = 'real: number answers';

const data = path.join(root, '../shared/data');
const rolloutFiles = ['greedy', 't01_p001_greedy', 't01_p01_greedy', 't02_p05_greedy'];

const rolloutSchema = z.object({
  problem_type: z.string(),
  options: z.array(z.string()).catch([]), // number questions have none
  solution: z.string(),
  output: z.string(),
});
const fileSchema = z.union([
  z.array(rolloutSchema),
  z.record(z.string(), z.unknown()).transform((record, context) => {
    const rows = Object.values(record).find((value) => Array.isArray(value));
    const parsed = z.array(rolloutSchema).safeParse(rows);
    if (!parsed.success) context.addIssue('No rows in the file');
    return parsed.success ? parsed.data : [];
  }),
]);

/** Pairs of options that are taken from one question. */
const NEIGHBOURS = 3;

const answerOf = (text: string): string | undefined => /<answer>([\s\S]*?)<\/answer>/.exec(text)?.[1]?.trim();
/** Digits and no more than a word or two. */
const isMathematical = (text: string): boolean =>
  /\d/.test(text) && (text.replace(/\\[a-z]+/g, '').match(/[a-z]{3,}/gi)?.length ?? 0) <= 1;

const pair = (name: string, truth: string | undefined, answer: string): MathPair => ({
  class: name,
  truth: truth ?? '',
  answer,
  equal: null,
});

/** Truth and answer of the number questions, and neighbouring options of the choice questions. None where absent. */
export const realMathPairs = (): readonly MathPair[] => {
  const files = rolloutFiles.map((name) => path.join(data, 'rollouts', `videommmu_${name}.json`)).filter(existsSync);
  const rows = files.flatMap((file) => fileSchema.parse(JSON.parse(readFileSync(file, 'utf8'))));
  const numbers = rows.flatMap(({ problem_type, solution, output }) => {
    const [truth, answer] = [answerOf(solution), answerOf(output)];
    if (problem_type !== 'numerical' || truth === undefined || answer === undefined) return [];
    return [pair(REAL_NUMBERS, truth, answer)];
  });
  const choices = rows.slice(0, rows.length / Math.max(1, files.length)); // every file has the same questions
  const options = choices.flatMap(({ options: written }) => {
    const texts = written.map((option) => option.replace(/^[A-J]\.\s*/, '').trim()).filter(isMathematical);
    const [first] = texts;
    const said = first?.includes('$') ? first : `$${first}$`;
    return [
      ...texts.slice(1, 1 + NEIGHBOURS).map((answer, at) => pair('real: neighbouring options', texts[at], answer)),
      ...(first === undefined ? [] : [pair('real: option in a sentence', first, `The answer is ${said}.`)]),
    ];
  });
  return [...numbers, ...options];
};
