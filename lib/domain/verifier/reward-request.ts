/**
 * What the reward and verify API are asked, and the items in it. Two shapes come in: ours, with whole questions, and
 * OpenRLHF's remote reward model.
 */
import { z } from 'zod';
import { readPrompt } from '@/lib/domain/formats/readers/engine-row';
import { makeQuestion, unwrapAnswer } from '@/lib/domain/formats/readers/make-question';
import { kindSchema, type QuestionCore } from '@/lib/domain/question';
import { finishReasonSchema } from '@/lib/domain/rollout';
import type { Item } from './score-item';

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

/**
 * As OpenRLHF sends it: `query` is prompt and response together, `labels` are truths or JSON of our question. Our
 * clients also say how sampling ended.
 */
export const openRlhfRequestSchema = z
  .object({
    query: z.array(text).min(1).max(MAX_ITEMS),
    prompts: z.array(text),
    labels: z.array(z.union([z.string(), z.number(), z.null()])),
    finish_reasons: z.array(finishReasonSchema).optional(),
  })
  .refine(
    ({ query, prompts, labels, finish_reasons = query }) =>
      [prompts, labels, finish_reasons].every((list) => list.length === query.length),
    { message: '`query`, `prompts`, `labels` and, if given, `finish_reasons` must have the same length' },
  );

export type RewardRequest = z.infer<typeof rewardRequestSchema> | z.infer<typeof openRlhfRequestSchema>;

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
    const finishReason = request.finish_reasons?.[index] ?? 'unknown';
    items.push({ question, sample: { response: responseOf(query, prompt), finishReason, thinkTokens: null } });
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
  const at = query.indexOf(tail);
  return at === -1 ? query : query.slice(at + tail.length);
};

const labelledQuestion = (prompt: string, label: string): QuestionCore | string => {
  const json = jsonOf(label);
  const parsed = rewardQuestionSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  // Meant as a question, so that taking it for a truth would score every answer 0.
  if (typeof json === 'object' && json !== null && ('kind' in json || 'truth' in json)) {
    return `this is no question: ${z.prettifyError(parsed.error)}`;
  }
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
