/** Video-R1's JSON: the training questions, and what its evaluation writes (the same rows plus the output). */
import { z } from 'zod';
import type { ImportRecord } from '@/lib/domain/formats/import-record';
import { type Made, makeQuestion, statedKind } from './make-question';
import { idText, loggedFlag, loggedNumber, rollout, rowReader } from './rows';

const questionFields = {
  problem_id: idText.nullish(),
  /** Some relatives number their rows `id` instead. */
  id: idText.nullish(),
  problem: z.string(),
  problem_type: z.string().nullish(),
  data_type: z.string().nullish(),
  data_source: z.string().nullish(),
  options: z.array(z.string()).nullish(),
  solution: z.string(),
  path: z.string().nullish(),
};

const questionSchema = z.object(questionFields);

const evalSchema = z.object({
  ...questionFields,
  /** Everything the model said. */
  output: z.string().nullish(),
  /** The thinking alone; in some forks the whole response, with `output` holding the answer alone. */
  process: z.string().nullish(),
  reward: loggedNumber,
  correct: loggedFlag,
});

/** Rows of `Video-R1-260k.json` and COT-165k. */
export const readVideoR1Question = rowReader(questionSchema, (row, at): ImportRecord[] | string => {
  const made = questionOf(row);
  return made.ok ? [{ type: 'question', at, question: made.question }] : made.reason;
});

/** Rows of an `eval_*.json`: one response each, joined by `problem_id` (else `id`) and the problem's text. */
export const readVideoR1Eval = rowReader(evalSchema, (row, at): ImportRecord[] | string => {
  const response = responseOf(row.output ?? '', row.process ?? '');
  if (response === undefined) return '`output` is missing.';
  const made = questionOf(row);
  if (!made.ok) return made.reason;
  const rewards: Record<string, number | null> = row.reward === null ? {} : { reward: row.reward };
  const stated = { loggedReward: row.reward, loggedCorrect: row.correct, rewards };
  return [{ type: 'rollout', at, rollout: rollout(made.question, response, stated) }];
});

const responseOf = (output: string, process: string): string | undefined => {
  const processIsWhole = process.includes('<think>') && process.includes('<answer>') && !output.includes('<think>');
  if (processIsWhole) return process;
  if (output !== '') return output;
  return process === '' ? undefined : process;
};

const questionOf = (row: z.infer<typeof questionSchema>): Made => {
  const path = row.path ?? null;
  const stated = row.data_source ?? null;
  return makeQuestion({
    id: row.problem_id ?? row.id ?? null,
    prompt: row.problem,
    options: row.options ?? null,
    truth: row.solution,
    kind: statedKind(row.problem_type),
    modality: row.data_type === 'video' || row.data_type === 'image' ? row.data_type : null,
    mediaPath: path,
    // A link says where one clip came from, not which data set the question belongs to.
    source: stated === null || stated.includes('://') ? null : stated.slice(0, 120),
  });
};
