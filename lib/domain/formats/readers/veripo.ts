/** VerIPO's published evaluation: question manifests, and predictions over them. */
import { z } from 'zod';
import type { ImportRecord } from '@/lib/domain/formats/import-record';
import { inferKind, type Made, makeQuestion, statedKind, unwrapAnswer } from './make-question';
import { splitOptions } from './options';
import { idText, rollout, rowReader } from './rows';

const questionSchema = z.object({
  question_id: idText.nullish(),
  question: z.string(),
  /** The question as it was put to the model: with options and instruction. */
  processed_question: z.string().nullish(),
  options: z.array(z.string()).nullish(),
  answer: idText.nullish(),
  video_path: z.string().nullish(),
  scene_name: z.string().nullish(),
  problem_type: z.string().nullish(),
  split: z.string().nullish(),
});
type Row = z.infer<typeof questionSchema>;

const manifestSchema = questionSchema.refine((row) => row.answer !== null && row.answer !== undefined, {
  message: 'the question has no answer',
  path: ['answer'],
});

const predictionSchema = z.object({
  question: z.union([z.string(), questionSchema]),
  ground_truth: idText.nullish(),
  /** One text, or several samples of one question. */
  model_output: z.union([z.string(), z.array(z.string()).min(1)]),
});

/** Rows of a manifest (`vsi_bench.json`, `mmvu.json`, …). The kind is decided for each question by itself. */
export const readVeripoQuestion = rowReader(manifestSchema, (row, at): ImportRecord[] | string => {
  const made = questionOf(row, row.answer ?? '');
  return made.ok ? [{ type: 'question', at, question: made.question }] : made.reason;
});

/** Rows `{question, ground_truth, model_output}`. */
export const readVeripoPrediction = rowReader(predictionSchema, (row, at): ImportRecord[] | string => {
  const question: Row = typeof row.question === 'string' ? { question: row.question } : row.question;
  const made = questionOf(question, row.ground_truth ?? question.answer ?? '');
  if (!made.ok) return made.reason;
  const outputs = typeof row.model_output === 'string' ? [row.model_output] : row.model_output;
  return outputs.map((output) => ({ type: 'rollout', at, rollout: rollout(made.question, output) }));
});

const questionOf = (row: Row, truth: string): Made => {
  const { prompt, options } = wordsOf(row);
  return makeQuestion({
    id: row.question_id ?? null,
    prompt,
    options,
    truth,
    kind: kindOf(row, truth, options),
    modality: null,
    mediaPath: row.video_path ?? null,
    split: row.split ?? null,
  });
};

/** Options from their own field, else from the question's text, else from the text that was put to the model. */
const wordsOf = (row: Row): { prompt: string; options: readonly string[] } => {
  if (row.options && row.options.length > 0) return { prompt: row.question, options: row.options };
  const inQuestion = splitOptions(row.question);
  if (inQuestion) return inQuestion;
  return { prompt: row.question, options: splitOptions(row.processed_question ?? '')?.options ?? [] };
};

/** VSI-Bench scores every question with a numeric answer, counting too, by mean relative accuracy. */
const kindOf = (row: Row, truth: string, options: readonly string[]): ReturnType<typeof inferKind> => {
  const kind = statedKind(row.problem_type) ?? inferKind(unwrapAnswer(truth), options);
  return kind === 'number' && isVsiBench(row) ? 'regression' : kind;
};

const isVsiBench = (row: Row): boolean =>
  row.scene_name != null ||
  (row.video_path ?? '').startsWith('VSI-Bench/') ||
  (row.question_id ?? '').startsWith('vsi_bench');
