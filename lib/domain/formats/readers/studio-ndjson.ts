/**
 * Our own format, version 1: one JSON object per line, a question or a rollout with its question inside, so that
 * lines may come in any order and be cut anywhere between lines. Documented in `docs/formats.md`.
 */
import { z } from 'zod';
import type { ImportedQuestion, ImportedRollout, ImportRecord } from '@/lib/domain/formats/import-record';
import { kindSchema, modalitySchema } from '@/lib/domain/question';
import { finishReasonSchema } from '@/lib/domain/rollout';
import { finite, rewardsOf, rowReader } from './rows';

const STUDIO_VERSION = 1;

const nullableText = z.string().nullable().default(null);
const count = z.int().nonnegative().nullable().default(null);
const number = z.number().nullable().default(null);

const questionSchema = z.strictObject({
  key: z.string().min(1),
  prompt: z.string(),
  kind: kindSchema,
  options: z.array(z.string()).max(26).default([]),
  truth: z.string().default(''),
  modality: modalitySchema.default('text'),
  mediaPath: nullableText,
  split: nullableText,
  source: nullableText,
});

const head = { veripo: z.literal(STUDIO_VERSION) };

const lineSchema = z.discriminatedUnion('type', [
  z.strictObject({ ...head, type: z.literal('question'), ...questionSchema.shape }),
  z.strictObject({
    ...head,
    type: z.literal('rollout'),
    question: questionSchema,
    response: z.string(),
    step: z
      .int()
      .nonnegative()
      .max(2 ** 31 - 1)
      .default(0),
    sampleKey: nullableText,
    groupKey: nullableText,
    finishReason: finishReasonSchema.default('unknown'),
    thinkTokens: count,
    totalTokens: count,
    loggedReward: number,
    loggedCorrect: z.boolean().nullable().default(null),
    rewards: z.record(z.string(), z.unknown()).default({}),
    advantage: number,
    frameIndices: z.array(z.int().nonnegative()).nullable().default(null),
  }),
]);

const WRONG_TRUTH = 'The `truth` of a choice is one upper-case letter, or several as in `A, C`.';

const fault = (question: ImportedQuestion): string | undefined => {
  if (question.kind !== 'choice') return question.options.length > 0 ? 'Only a choice has `options`.' : undefined;
  if (question.truth === '') return undefined;
  if (!/^[A-Z](?:, [A-Z])*$/.test(question.truth)) return WRONG_TRUTH;
  const last = Math.max(...question.truth.split(', ').map((letter) => letter.charCodeAt(0) - 65));
  const inRange = question.options.length === 0 || last < question.options.length;
  return inRange ? undefined : `The truth ${question.truth} names none of the ${question.options.length} options.`;
};

/** One line of studio NDJSON. Unknown fields are refused by name: a typo must not lose a reward. */
export const readStudioLine = rowReader(lineSchema, (line, at): ImportRecord[] | string => {
  if (line.type === 'question') {
    const { veripo: _, type, ...question } = line;
    return fault(question) ?? [{ type, at, question }];
  }
  const { veripo: _, type, ...row } = line;
  const rewards = rewardsOf(Object.entries(row.rewards).map(([name, value]) => [name, finite(value)] as const));
  return fault(row.question) ?? [{ type, at, rollout: { ...row, rewards } }];
});

/** The line (with its newline) that `readStudioLine` reads back as the very same question. */
export const formatStudioQuestion = (question: ImportedQuestion): string =>
  `${JSON.stringify({ veripo: STUDIO_VERSION, type: 'question', ...questionOf(question) })}\n`;

/** The line (with its newline) that `readStudioLine` reads back as the very same rollout. */
export const formatStudioRollout = (rollout: ImportedRollout): string =>
  `${JSON.stringify({
    veripo: STUDIO_VERSION,
    type: 'rollout',
    question: questionOf(rollout.question),
    response: rollout.response,
    step: rollout.step,
    sampleKey: rollout.sampleKey,
    groupKey: rollout.groupKey,
    finishReason: rollout.finishReason,
    thinkTokens: rollout.thinkTokens,
    totalTokens: rollout.totalTokens,
    loggedReward: rollout.loggedReward,
    loggedCorrect: rollout.loggedCorrect,
    rewards: rollout.rewards,
    advantage: rollout.advantage,
    frameIndices: rollout.frameIndices,
  })}\n`;

/** Field by field, so that the order of keys, and with it every byte, is the same for equal questions. */
const questionOf = (question: ImportedQuestion): ImportedQuestion => ({
  key: question.key,
  prompt: question.prompt,
  kind: question.kind,
  options: question.options,
  truth: question.truth,
  modality: question.modality,
  mediaPath: question.mediaPath,
  split: question.split,
  source: question.source,
});
