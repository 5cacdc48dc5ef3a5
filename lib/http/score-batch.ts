import 'server-only';
import type { CountTokens } from '@/lib/domain/verifier/measure';
/** A batch of the reward or verify API from parsed JSON to its answer, for the studio's routes and the service. */
import {
  failedVerdict,
  type ItemFailure,
  type RewardAnswer,
  rewardAnswer,
  verdictAnswer,
} from '@/lib/domain/verifier/reward-api';
import { openRlhfRequestSchema, rewardItems, rewardRequestSchema } from '@/lib/domain/verifier/reward-request';
import { createScorer, type Item, type Scored, type Scorer } from '@/lib/domain/verifier/score-item';
import type { VerifierSettings } from '@/lib/domain/verifier/settings';
import { type VerifyAnswer, wholeVerdict } from '@/lib/domain/verifier/verify-api';
import { RULES_VERSION } from '@/lib/domain/verifier/version';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import { createTurns } from '@/lib/turns';
import { parseInput } from './handle-route';

/** Largest body of a batch, unpacked. */
export const MAX_BATCH_BYTES = 64 * 1024 * 1024;

/** What a batch is scored with. */
export type Scoring = {
  readonly settings: VerifierSettings;
  /** The tokenizer that the settings name; without it, tokens that the request does not give are estimated. */
  readonly countTokens?: CountTokens | undefined;
};

const FAILED = 'The verifier failed on this response; its log says why';

/** The items of a request in either shape. Throws `invalid` for anything else, with the place of the fault. */
export const batchItems = (raw: unknown): readonly Item[] => {
  const isOpenRlhf = typeof raw === 'object' && raw !== null && 'query' in raw;
  const items = rewardItems(parseInput(isOpenRlhf ? openRlhfRequestSchema : rewardRequestSchema, raw));
  if (!items.ok) throw new AppError('invalid', items.reason);
  return items.items;
};

/**
 * Scores a batch and gives other requests their turn in between. An item that the scorer throws on is logged and
 * listed, and stops nobody; an aborted `signal` (the sender is gone) ends it.
 */
export const scoreBatch = async (
  items: readonly Item[],
  score: Scorer,
  signal?: AbortSignal,
): Promise<{ readonly scored: readonly (Scored | null)[]; readonly failures: readonly ItemFailure[] }> => {
  const turn = createTurns();
  const scored: (Scored | null)[] = [];
  const failures: ItemFailure[] = [];
  for (const [index, item] of items.entries()) {
    try {
      scored.push(score(item));
    } catch (err) {
      log.error({ err, index }, 'the verifier failed on a response');
      scored.push(null);
      failures.push({ index, reason: FAILED });
    }
    await turn();
    if (signal?.aborted) throw new AppError('invalid', 'The sender went away before the answer');
  }
  return { scored, failures };
};

/** Rewards for a batch under these settings. */
export const scoreRewards = async (
  items: readonly Item[],
  { settings, countTokens }: Scoring,
  signal?: AbortSignal,
): Promise<RewardAnswer> => {
  const { scored, failures } = await scoreBatch(items, createScorer(settings, countTokens), signal);
  const verdicts = scored.map((one) => (one ? verdictAnswer(one, settings) : failedVerdict(FAILED)));
  return rewardAnswer(verdicts, failures);
};

/** Whole verdicts for a batch under these settings. */
export const scoreVerdicts = async (
  items: readonly Item[],
  { settings, countTokens }: Scoring,
  signal?: AbortSignal,
): Promise<VerifyAnswer> => {
  const { scored, failures } = await scoreBatch(items, createScorer(settings, countTokens), signal);
  const verdicts = scored.map((one, index) => one && wholeVerdict(one, items[index]?.sample.response ?? ''));
  return { rules: RULES_VERSION, verdicts, failures: [...failures] };
};
