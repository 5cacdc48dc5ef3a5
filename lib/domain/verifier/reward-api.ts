/**
 * The reward API's messages and what it answers: pure, so that the route and a server beside a trainer share it.
 * Two shapes come in: ours, with whole questions, and OpenRLHF's remote reward model.
 */
import { z } from 'zod';
import { readPrompt } from '@/lib/domain/formats/readers/engine-row';
import { makeQuestion, unwrapAnswer } from '@/lib/domain/formats/readers/make-question';
import { kindSchema, type QuestionCore } from '@/lib/domain/question';
import { finishReasonSchema } from '@/lib/domain/rollout';
import { decide } from './decide';
import { measure, type Sample } from './measure';
import { type PreparedQuestion, prepareQuestion } from './prepared-question';
import type { VerifierSettings } from './settings';

/** Largest batch of one request. */
export const MAX_ITEMS = 4_096;
const MAX_RESPONSE_CHARS = 2_000_000;

const text = z.string().max(MAX_RESPONSE_CHARS);

export const rewardQuestionSchema = z.object({
  kind: kindSchema,
  prompt: text.default(''),
  options: z.array(text).max(26).default([]),
  truth: text.min(1).describe('A letter for `choice`, else the reference answer as written'),
});

export const rewardRequestSchema = z.object({
  items: z
    .array(
      z.object({
        question: rewardQuestionSchema,
        response: text,
        finish_reason: finishReasonSchema.default('unknown').describe('`length`: the token limit cut the response off'),
        think_tokens: z.int().nonnegative().nullable().default(null).describe('Exact count, where the trainer has it'),
      }),
    )
    .min(1)
    .max(MAX_ITEMS),
});

/** As OpenRLHF sends it: `query` is prompt and response together, `labels` are truths or JSON of our question. */
export const openRlhfRequestSchema = z
  .object({
    query: z.array(text).min(1).max(MAX_ITEMS),
    prompts: z.array(text),
    labels: z.array(z.union([z.string(), z.number(), z.null()])),
  })
  .refine(({ query, prompts, labels }) => prompts.length === query.length && labels.length === query.length, {
    message: '`query`, `prompts` and `labels` must have the same length',
  });

export const anyRewardRequestSchema = z.union([rewardRequestSchema, openRlhfRequestSchema]);
export type RewardRequest = z.infer<typeof anyRewardRequestSchema>;

export const verdictAnswerSchema = z.object({
  reward: z.number(),
  accuracy: z.number(),
  format: z.number(),
  correct: z.boolean(),
  well_formed: z.boolean(),
  consistency: z.string(),
  concluded: z.string().nullable(),
  repetition: z.number(),
  repetitive: z.boolean(),
  length: z.string(),
  think_tokens: z.number(),
  answer: z.string().nullable(),
  reasons: z.record(z.string(), z.string()),
});
export type VerdictAnswer = z.infer<typeof verdictAnswerSchema>;

/** `rewards[i]` is r_a + r_f of item i; `scores` and `extra_logs` are what OpenRLHF logs besides. */
export const rewardAnswerSchema = z.object({
  rewards: z.array(z.number()),
  scores: z.array(z.number()),
  extra_logs: z.record(z.string(), z.array(z.number())),
  verdicts: z.array(verdictAnswerSchema),
});
export type RewardAnswer = z.infer<typeof rewardAnswerSchema>;

type Item = { readonly question: QuestionCore; readonly sample: Sample };
export type Items =
  | { readonly ok: true; readonly items: readonly Item[] }
  | { readonly ok: false; readonly reason: string };

/** The items of either shape, or a sentence that names the first one that cannot be scored. */
export const rewardItems = (request: RewardRequest): Items => {
  if ('items' in request) {
    const items = request.items.map(({ question, response, finish_reason, think_tokens }) => ({
      question,
      sample: { response, finishReason: finish_reason, thinkTokens: think_tokens },
    }));
    return { ok: true, items };
  }
  const items: Item[] = [];
  for (const [index, query] of request.query.entries()) {
    const prompt = request.prompts[index] ?? '';
    const question = labelledQuestion(prompt, String(request.labels[index] ?? ''));
    if (typeof question === 'string') return { ok: false, reason: `labels[${index}]: ${question}` };
    const sample = { response: responseOf(query, prompt), finishReason: 'unknown' as const, thinkTokens: null };
    items.push({ question, sample });
  }
  return { ok: true, items };
};

/** OpenRLHF decodes prompt and response together; template tokens around the seam may be gone from one of them. */
const responseOf = (query: string, prompt: string): string => {
  const rest = query.startsWith(prompt) ? query.slice(prompt.length) : afterPrompt(query, prompt);
  return END_TOKENS.reduce(
    (response, token) => (response.endsWith(token) ? response.slice(0, -token.length) : response),
    rest.trim(),
  );
};

const END_TOKENS = ['<|endoftext|>', '<|im_end|>'];

const afterPrompt = (query: string, prompt: string): string => {
  const tail = prompt.trim().slice(-200);
  const at = tail === '' ? -1 : query.indexOf(tail);
  return at === -1 ? query : query.slice(at + tail.length);
};

const labelledQuestion = (prompt: string, label: string): QuestionCore | string => {
  const parsed = rewardQuestionSchema.safeParse(jsonOf(label));
  if (parsed.success) return parsed.data;
  const truth = unwrapAnswer(label);
  if (truth === '') return 'there is no truth to compare with';
  const { words } = readPrompt(prompt);
  const made = makeQuestion({
    id: null,
    prompt: words,
    options: null,
    truth,
    kind: null,
    modality: null,
    mediaPath: null,
  });
  return made.ok ? made.question : made.reason;
};

const jsonOf = (label: string): unknown => {
  if (!label.startsWith('{')) return undefined;
  try {
    return JSON.parse(label);
  } catch {
    return undefined; // a truth that begins with a brace: a set
  }
};

/** Scores items one by one, so that a server can do other things in between. */
export function* scoreItems(items: readonly Item[], settings: VerifierSettings): Generator<VerdictAnswer> {
  const prepared = new Map<QuestionCore, PreparedQuestion>();
  for (const { question, sample } of items) {
    const ready = prepared.get(question) ?? prepareQuestion(question);
    prepared.set(question, ready);
    const measures = measure(ready, sample, settings);
    const standing = decide(measures, question.kind, settings);
    yield {
      reward: standing.reward ?? 0,
      accuracy: measures.accuracy ?? 0,
      format: standing.wellFormed ? settings.formatReward : 0,
      correct: standing.correct === true,
      well_formed: standing.wellFormed,
      consistency: standing.consistency,
      concluded: measures.concluded,
      repetition: measures.repetition,
      repetitive: standing.repetitive,
      length: standing.lengthClass,
      think_tokens: measures.thinkTokens,
      answer: measures.answer,
      reasons: Object.fromEntries(Object.entries(measures.reasons).map(([check, reason]) => [check, reason ?? ''])),
    };
  }
}

/** The answer for a batch of verdicts. */
export const rewardAnswer = (verdicts: readonly VerdictAnswer[]): RewardAnswer => ({
  rewards: verdicts.map(({ reward }) => reward),
  scores: verdicts.map(({ accuracy }) => accuracy),
  extra_logs: {
    accuracy: verdicts.map(({ accuracy }) => accuracy),
    format: verdicts.map(({ format }) => format),
    consistent: verdicts.map(({ consistency }) => Number(consistency === 'consistent')),
    inconsistent: verdicts.map(({ consistency }) => Number(consistency === 'inconsistent')),
    repetition: verdicts.map(({ repetition }) => repetition),
    think_tokens: verdicts.map(({ think_tokens }) => think_tokens),
  },
  verdicts: [...verdicts],
});
