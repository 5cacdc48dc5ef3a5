'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { correctCheck, withdrawCheck } from '@/lib/actions/verdicts';
import type { RolloutDetail } from '@/lib/domain/rollouts/detail';
import type { Check, Standing } from '@/lib/domain/verdict';
import { outcomeOf, type VerdictAct, type VerdictCorrection } from '@/lib/domain/verdict-correction';
import { AppError, type Result } from '@/lib/errors';
import { rolloutDetailQuery } from '@/lib/queries/rollouts';

/** A correction with its reason, or the withdrawal of one. */
export type CorrectionAct = {
  readonly correction: VerdictCorrection | { readonly check: Check; readonly value: null };
  readonly reason: string;
};
type Sent = CorrectionAct & { readonly decisionId: string };

const fieldOf = {
  format: 'wellFormed',
  accuracy: 'correct',
  consistency: 'consistency',
  repetition: 'repetitive',
  length: 'lengthClass',
} as const satisfies Record<Check, keyof Standing>;

/** Query roots whose numbers come from verdicts: all rates follow a correction. */
const followers = ['rollouts', 'runs', 'pairs'];

/** What the page shows before the server has answered; the reward follows with the answer. */
const applied = (detail: RolloutDetail, { decisionId, correction, reason }: Sent): RolloutDetail => {
  const { check, value } = correction;
  const decided = detail.verdict ? outcomeOf(detail.verdict.decided, check) : null;
  const act: VerdictAct = {
    id: decisionId,
    check,
    action: value === null ? 'withdraw' : 'correct',
    value,
    reason,
    author: 'You',
    at: new Date().toISOString(),
  };
  return { ...detail, [fieldOf[check]]: value ?? decided, corrected: true, acts: [...detail.acts, act] };
};

const orThrow = (result: Result<null>): void => {
  if (!result.ok) {
    const fields = Object.values(result.error.fields ?? {}).flatMap((messages) => messages ?? []);
    throw new AppError(result.error.code, fields[0] ?? result.error.message);
  }
};

const send = async (rolloutId: string, { decisionId, correction, reason }: Sent): Promise<void> => {
  const { check, value } = correction;
  orThrow(
    value === null
      ? await withdrawCheck({ decisionId, rolloutId, check, reason })
      : await correctCheck({ decisionId, rolloutId, correction, reason }),
  );
};

/** Corrects checks of one rollout: shown at once, taken back when the server refuses. */
export const useCorrections = (rolloutId: string) => {
  const client = useQueryClient();
  const { queryKey } = rolloutDetailQuery(rolloutId);
  const mutation = useMutation({
    mutationFn: (sent: Sent) => send(rolloutId, sent),
    onMutate: async (sent) => {
      await client.cancelQueries({ queryKey });
      const before = client.getQueryData(queryKey);
      if (before) client.setQueryData(queryKey, applied(before, sent));
      return { before };
    },
    onError: (_error, _sent, context) => {
      if (context?.before) client.setQueryData(queryKey, context.before);
    },
    onSettled: () =>
      client.invalidateQueries({ predicate: ({ queryKey: [root] }) => followers.includes(String(root)) }),
  });
  return {
    // The id is made here, once, so that a repeated send of this act is the same act.
    act: (act: CorrectionAct) => mutation.mutate({ ...act, decisionId: crypto.randomUUID() }),
    error: mutation.error,
  };
};
