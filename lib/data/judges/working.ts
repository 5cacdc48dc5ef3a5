import 'server-only';
/** A judge as the worker reaches it. The key is in clear here and goes nowhere else: not to a log, not to a page. */
import { z } from 'zod';
import { db } from '@/lib/data/db';
import { seal, unseal } from '@/lib/data/seal';
import type { Budget, Prices } from '@/lib/domain/judge/budget';
import { AppError } from '@/lib/errors';
import type { JudgeModel } from '@/lib/judge/dialect';
import type { JudgeAddress } from '@/lib/judge/request';

export type WorkingJudge = {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly heldOut: boolean;
  readonly address: JudgeAddress;
  readonly model: JudgeModel;
  readonly prices: Prices;
  readonly concurrency: number;
};

/** Bytes as the column holds them. */
export const sealKey = (key: string): Uint8Array<ArrayBuffer> => seal('judge key', key);

/**
 * A judge of the project, by project and without a viewer: whoever queued the work was allowed to.
 *
 * @throws AppError `not_found` when the project has no such judge, `conflict` when its key does not open.
 */
export const readWorkingJudge = async (projectId: string, id: string): Promise<WorkingJudge> => {
  const row = await db.judge.findFirst({ where: { id, projectId } });
  if (!row) throw new AppError('not_found', 'This judge is no longer registered.');
  return {
    id,
    projectId,
    name: row.name,
    heldOut: row.heldOut,
    address: {
      url: row.url,
      key: row.apiKey ? unseal('judge key', row.apiKey) : null,
      timeoutMs: row.timeoutSeconds * 1000,
    },
    model: { model: row.model, temperature: row.temperature, maxTokens: row.maxTokens },
    prices: { usdPerMillionInput: row.usdPerMillionInput, usdPerMillionOutput: row.usdPerMillionOutput },
    concurrency: row.concurrency,
  };
};

export const ledgerRowSchema = z.object({
  token_budget: z.coerce.number().nullable(),
  usd_budget: z.number().nullable(),
  spent_tokens: z.coerce.number(),
  spent_usd: z.number(),
  usd_per_million_input: z.number(),
  usd_per_million_output: z.number(),
});
type LedgerRow = z.infer<typeof ledgerRowSchema>;

/** Its limits. */
export const budgetOf = (row: Pick<LedgerRow, 'token_budget' | 'usd_budget'>): Budget => ({
  tokens: row.token_budget,
  usd: row.usd_budget,
});
