/**
 * The studio's verifier and pair builder for a benchmark in another language: one JSON request per line on standard
 * input, one JSON answer per line on standard output. No network, no database.
 */
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { proposePairs } from '@/lib/domain/pairs/build';
import { pairSettingsSchema, type PairSettings } from '@/lib/domain/pairs/settings';
import { finishReasonSchema } from '@/lib/domain/rollout';
import { rewardAnswer, scoreItems } from '@/lib/domain/verifier/reward-api';
import { rewardItems, rewardQuestionSchema, rewardRequestSchema } from '@/lib/domain/verifier/reward-request';
import { decide } from '@/lib/domain/verifier/decide';
import { measure } from '@/lib/domain/verifier/measure';
import { parseResponse } from '@/lib/domain/verifier/response';
import { defaultVerifierSettings } from '@/lib/domain/verifier/settings';

const groupSchema = z.object({
  question: rewardQuestionSchema.extend({ id: z.string() }),
  samples: z.array(
    z.object({ response: z.string(), finish_reason: finishReasonSchema, think_tokens: z.int().nullable() }),
  ),
});
const requestSchema = z.discriminatedUnion('op', [
  rewardRequestSchema.extend({ op: z.literal('score') }),
  z.object({
    op: z.literal('pairs'),
    seed: z.int(),
    settings: pairSettingsSchema.prefault({}),
    groups: z.array(groupSchema),
  }),
]);

const textOf = (response: string, span: { start: number; end: number } | null): string | null =>
  span && response.slice(span.start, span.end);

const pairsOf = (
  { question, samples }: z.infer<typeof groupSchema>,
  settings: PairSettings,
  seed: number,
): object[] => {
  const candidates = samples.map((sample, index) => {
    const measures = measure(
      question,
      { response: sample.response, finishReason: sample.finish_reason, thinkTokens: sample.think_tokens },
      defaultVerifierSettings,
    );
    return {
      rolloutId: `${question.id}/${index}`,
      sample: index,
      response: sample.response,
      thinking: textOf(sample.response, parseResponse(sample.response).think),
      answer: measures.answer,
      concluded: measures.concluded,
      standing: decide(measures, question.kind, defaultVerifierSettings),
      thinkTokens: measures.thinkTokens,
    };
  });
  return proposePairs({ groupId: question.id, question, candidates }, settings, seed).map((pair) => ({
    question_id: pair.questionId,
    pair_id: pair.fingerprint,
    type: pair.type,
    chosen: pair.chosen.text,
    rejected: pair.rejected.text,
  }));
};

const answer = (line: string): object => {
  const request = requestSchema.parse(JSON.parse(line));
  if (request.op === 'pairs') return { pairs: request.groups.flatMap((group) => pairsOf(group, request.settings, request.seed)) };
  const items = rewardItems(request);
  if (!items.ok) throw new Error(items.reason);
  return rewardAnswer([...scoreItems(items.items, defaultVerifierSettings)]);
};

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(answer(line))}\n`);
}
