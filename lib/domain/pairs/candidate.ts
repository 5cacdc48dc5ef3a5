/** What the pair builder reads: the rollouts of one question with what the verifier, or a person, says of them. */
import type { PairSide, PairType } from '@/lib/domain/pair';
import type { QuestionCore } from '@/lib/domain/question';
import type { Standing } from '@/lib/domain/verdict';

export type PairCandidate = {
  readonly rolloutId: string;
  /** The number people see: "sample 3". */
  readonly sample: number;
  /** The whole response, as sampled. */
  readonly response: string;
  /** Text between the think tags; null when there is no such block. */
  readonly thinking: string | null;
  /** Text between the answer tags; null when there is no such block. */
  readonly answer: string | null;
  /** What the thinking concludes, as in `Measures`; null when no rule found one conclusion. */
  readonly concluded: string | null;
  /** Human corrections already applied. */
  readonly standing: Standing;
  /** Tokens of the thinking. */
  readonly thinkTokens: number;
};

export type PairGroup = {
  readonly groupId: string;
  readonly question: QuestionCore & { readonly id: string };
  readonly candidates: readonly PairCandidate[];
};

/** Where the bridge lies in the chosen text: UTF-16 offsets, `text.slice(bridgeStart, bridgeEnd)` is the bridge. */
export type Seam = { readonly bridgeStart: number; readonly bridgeEnd: number };

/** A rule that made a pair; stored, so never rename one. */
export const pairRules = {
  accuracy: 'accuracy/good-over-wrong',
  consistency: 'consistency/good-over-right-by-wrong-thinking',
  penalty: 'penalty/good-over-faulty-form',
  reflection: 'reflection/wrong-bridged-to-right',
  length: 'length/long-good-over-short-good',
} as const satisfies Record<PairType, string>;
export type PairRule = (typeof pairRules)[PairType];

export type ProposedPair = {
  /** Stable over repeats of the proposal; unique within a question. */
  readonly fingerprint: string;
  readonly groupId: string;
  readonly questionId: string;
  readonly type: PairType;
  readonly rule: PairRule;
  /** One sentence with the facts, for people. */
  readonly why: string;
  readonly chosen: PairSide;
  readonly rejected: PairSide;
  /** The rollout whose good thinking is chosen, also where `chosen` is composed. */
  readonly goodRolloutId: string;
  /** The rollout that is rejected; in a reflection also the one whose thinking the chosen text begins with. */
  readonly badRolloutId: string;
  /** Only in a reflection. */
  readonly seam: Seam | null;
};
