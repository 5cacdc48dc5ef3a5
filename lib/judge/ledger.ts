import 'server-only';
/** Where requests to a judge are booked. The database's is lib/data/judges/ledger.ts; a trial before a judge is saved has none. */
import type { JudgeAnswer } from '@/lib/domain/judge/answer';
import type { Usage } from '@/lib/domain/judge/budget';
import type { FailureKind } from '@/lib/domain/judge/failure';

/** How one request ended. */
export type CallEnd =
  | { readonly state: 'answered'; readonly usage: Usage; readonly latencyMs: number; readonly answer: JudgeAnswer }
  | {
      readonly state: 'failed';
      readonly usage: Usage;
      readonly latencyMs: number;
      readonly failure: FailureKind;
      readonly sentence: string;
    };

/**
 * `known`: it was answered before. `wait`: another process asks the same, or requests under way hold what is left of
 * the budget. `spent`: the worst case of this request does not fit into what is left.
 */
export type Admission =
  | { readonly state: 'send'; readonly callId: string }
  | { readonly state: 'known'; readonly answer: JudgeAnswer }
  | { readonly state: 'wait' }
  | { readonly state: 'spent' };

export type Ledger = {
  /** Reserves the worst case before a request goes out. */
  readonly open: (content: string, worst: Usage) => Promise<Admission>;
  /** Books what it came to, and keeps its answer, in one step. */
  readonly close: (callId: string, end: CallEnd) => Promise<void>;
};

/** Books nothing and allows everything. */
export const noLedger: Ledger = {
  open: () => Promise.resolve({ state: 'send', callId: '' }),
  close: () => Promise.resolve(),
};
