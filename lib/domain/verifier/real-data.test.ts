import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { decide } from './decide';
import { measure } from './measure';
import { prepareQuestion } from './prepared-question';
import { defaultVerifierSettings as settings } from './settings';

const folder = path.resolve(import.meta.dirname, '../../../../shared/data/rollouts');
const names = ['greedy', 't01_p001_greedy', 't01_p01_greedy', 't02_p05_greedy'];
const files = names.map((name) => path.join(folder, `videommmu_${name}.json`));
const isPresent = files.every((file) => existsSync(file));

const fileSchema = z.object({
  results: z.array(
    z.object({
      problem_id: z.number(),
      problem: z.string(),
      problem_type: z.enum(['multiple choice', 'numerical']),
      options: z.array(z.string()).nullable(),
      solution: z.string(),
      output: z.string(),
      correct: z.boolean(),
    }),
  ),
});

const readRows = () => files.flatMap((file) => fileSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).results);

const judge = (row: ReturnType<typeof readRows>[number]) => {
  const question = prepareQuestion({
    kind: row.problem_type === 'numerical' ? 'number' : 'choice',
    prompt: row.problem,
    options: (row.options ?? []).map((option) => option.replace(/^[A-Z]\. /, '')),
    truth: row.solution.replace(/<\/?answer>/g, ''),
  });
  const measures = measure(question, { response: row.output, finishReason: 'unknown', thinkTokens: null }, settings);
  return { row, question, measures, standing: decide(measures, question.kind, settings) };
};

// Skips where ../shared/data is absent: the files are public but are not part of the repository.
describe.skipIf(!isPresent)('VideoMMMU outputs of a 7B model, 4 × 390 (skipped without ../shared/data)', () => {
  const judged = isPresent ? readRows().map(judge) : [];
  const choices = judged.filter(({ question, measures }) => question.kind === 'choice' && measures.wellFormed);
  const rowsThat = (consistency: string) => choices.filter(({ measures }) => measures.consistency === consistency);

  test('agrees with the logged verdict on every well-formed multiple-choice row', () => {
    const disagreeing = choices.filter(({ row, standing }) => standing.correct !== row.correct);
    expect(choices).toHaveLength(1381);
    expect(disagreeing.map(({ row }) => row.problem_id)).toEqual([]);
  });

  test('agrees on numbers but where the log cannot read a fraction', () => {
    const numbers = judged.filter(({ question, measures }) => question.kind === 'number' && measures.wellFormed);
    const disagreeing = numbers.filter(({ row, standing }) => standing.correct !== row.correct);
    expect(disagreeing.map(({ row, measures }) => [row.solution, measures.answer])).toEqual([
      ['<answer>3.429</answer>', '24/7'],
      ['<answer>3.429</answer>', '24/7'],
    ]);
  });

  test('calls the 126 cut-off outputs cut off, and no other', () => {
    const cut = judged.filter(({ standing }) => standing.lengthClass === 'cut_off');
    expect(cut).toHaveLength(126);
    for (const { row, measures } of cut) {
      expect(row.output).not.toContain('</think>');
      expect(measures.evidence.some(({ role }) => role === 'cut')).toBe(true);
      expect(measures.consistency).toBe('undetermined');
    }
  });

  test('finds the rows that conclude another letter, and leaves few undetermined', () => {
    expect(rowsThat('inconsistent').length).toBeGreaterThanOrEqual(200);
    expect(rowsThat('inconsistent').length).toBeLessThanOrEqual(240);
    expect(rowsThat('undetermined').length / choices.length).toBeLessThan(0.05);
  });

  test('every row whose last plain "answer is X" names another letter is inconsistent, sentence quoted', () => {
    const plain = /(?:correct answer|the answer) is:? (?:option )?([A-J])[.,]/gi;
    const stated = choices.flatMap((found) => {
      const thinking = found.row.output.slice(0, found.row.output.indexOf('</think>'));
      const letter = [...thinking.slice(-250).matchAll(plain)].at(-1)?.[1];
      const isLast = letter !== undefined && !/\\boxed|corresponds|answer is not/.test(thinking.slice(-250));
      return isLast && letter !== found.measures.answer ? [{ ...found, letter }] : [];
    });
    expect(stated.length).toBeGreaterThanOrEqual(96);
    for (const { row, measures, letter } of stated) {
      const quoted = measures.evidence.find(({ role }) => role === 'contradiction');
      const name = `${row.problem_id}: ${measures.reasons.consistency}`;
      // A letter whose text is another option's may stay open, never become consistent.
      expect(measures.consistency, name).not.toBe('consistent');
      if (measures.consistency !== 'inconsistent') continue;
      expect(measures.concluded, name).toBe(letter);
      expect(row.output.slice(quoted?.start, quoted?.end), name).toContain(letter);
    }
    expect(stated.filter(({ measures }) => measures.consistency === 'inconsistent').length).toBeGreaterThanOrEqual(96);
  });

  test('loops fail repetition, and most cut-off outputs are loops', () => {
    const repetitive = judged.filter(({ standing }) => standing.repetitive);
    const cutLoops = repetitive.filter(({ measures }) => measures.cutOff);
    expect(cutLoops.length).toBeGreaterThanOrEqual(100);
    expect(repetitive.length).toBeLessThan(judged.length * 0.15);
  });
});
