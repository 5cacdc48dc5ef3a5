/**
 * The scores of many rollouts in columns, so that other thresholds are tried on hundreds of thousands of them while
 * somebody moves a slider. A row is one verified rollout; the rows of a group lie together.
 */
import { kinds } from '@/lib/domain/question';
import { consistencies, type Standing } from '@/lib/domain/verdict';
import { applyCorrections, type Correction } from '@/lib/domain/verifier/corrections';
import { decide } from '@/lib/domain/verifier/decide';
import type { VerifierSettings } from '@/lib/domain/verifier/settings';
import type { Pairing } from './pairing';

/** In `judged`: no judge was asked. */
export const NOT_JUDGED = 255;

export type Snapshot = {
  /** `rollout.seq`: the order of import, and what finds the row again. */
  readonly seqs: Float64Array;
  /** Index in `kinds`. */
  readonly kinds: Uint8Array;
  readonly wellFormed: Uint8Array;
  readonly cutOff: Uint8Array;
  /** NaN where the question has no truth. Doubles: thresholds are compared with the decimals that were stored. */
  readonly accuracy: Float64Array;
  /** Index in `consistencies`. */
  readonly consistency: Uint8Array;
  /** Index in `consistencies`, or `NOT_JUDGED`. */
  readonly judged: Uint8Array;
  readonly repetition: Float64Array;
  readonly thinkTokens: Int32Array;
  /** The group of each row. */
  readonly groups: Int32Array;
  /** By row: what people corrected. */
  readonly corrections: ReadonlyMap<number, readonly Correction[]>;
  readonly pairing: Pairing;
};

type Reused = { -readonly [K in keyof Parameters<typeof decide>[0]]: Parameters<typeof decide>[0][K] };

/** The standing of any row under these settings: the one rule of `decide` and `applyCorrections`. */
export const createStanding = (snapshot: Snapshot, settings: VerifierSettings): ((row: number) => Standing) => {
  // One object for all rows: nothing keeps it.
  const scores: Reused = {
    wellFormed: false,
    cutOff: false,
    accuracy: null,
    consistency: 'undetermined',
    repetition: 0,
    thinkTokens: 0,
    judged: null,
  };
  return (row) => {
    const accuracy = snapshot.accuracy[row] ?? Number.NaN;
    scores.wellFormed = snapshot.wellFormed[row] === 1;
    scores.cutOff = snapshot.cutOff[row] === 1;
    scores.accuracy = Number.isNaN(accuracy) ? null : accuracy;
    scores.consistency = consistencies[snapshot.consistency[row] ?? 2] ?? 'undetermined';
    scores.judged = consistencies[snapshot.judged[row] ?? NOT_JUDGED] ?? null;
    scores.repetition = snapshot.repetition[row] ?? 0;
    scores.thinkTokens = snapshot.thinkTokens[row] ?? 0;
    const decided = decide(scores, kinds[snapshot.kinds[row] ?? 0] ?? 'choice', settings);
    const corrections = snapshot.corrections.get(row);
    return corrections ? applyCorrections(decided, corrections, settings) : decided;
  };
};
