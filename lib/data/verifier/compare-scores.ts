import 'server-only';
/** Two versions' standings of a run's rollouts, decided from what is stored of each, in one order. */
import type { Standing } from '@/lib/domain/verdict';
import type { Snapshot } from '@/lib/domain/verifier/what-if/snapshot';
import { standAll } from '@/lib/domain/verifier/what-if/stand';
import { standings } from '@/lib/domain/verifier/what-if/standing-code';
import { keptScores } from './score-cache';
import type { WhatIfTarget } from './what-if-target';

/** Standing of any rollout by its place in the order of import; undefined without measures. */
export type StandingOf = (seq: number) => { readonly standing: Standing; readonly thinkTokens: number } | undefined;

type Side = {
  readonly snapshot: Snapshot;
  /** Standing codes by row. */
  readonly codes: Uint8Array;
  readonly rowOf: ReadonlyMap<number, number>;
  readonly unread: number;
  readonly standingOf: StandingOf;
};

const readSide = async (target: WhatIfTarget): Promise<Side> => {
  const { snapshot, unread } = await keptScores(target);
  const { codes } = standAll(snapshot, target.settings);
  const rowOf = new Map<number, number>();
  snapshot.seqs.forEach((seq, row) => {
    rowOf.set(seq, row);
  });
  const standingOf: StandingOf = (seq) => {
    const row = rowOf.get(seq);
    if (row === undefined) return undefined;
    const standing = standings[codes[row] ?? -1];
    return standing && { standing, thinkTokens: snapshot.thinkTokens[row] ?? 0 };
  };
  return { snapshot, codes, rowOf, unread, standingOf };
};

export type ComparedScores = {
  /** Of `to`. */
  readonly snapshot: Snapshot;
  /** Standing codes by row of `snapshot`; equal where `from` has no measures, which counts as no flip. */
  readonly before: Uint8Array;
  readonly after: Uint8Array;
  /** Rows that both versions have measures of. */
  readonly compared: number;
  readonly missing: { readonly from: number; readonly to: number };
  readonly from: StandingOf;
  readonly to: StandingOf;
};

/** Both sides of a run. Versions of one reading and judge share their scores. */
export const readComparedScores = async (from: WhatIfTarget, to: WhatIfTarget): Promise<ComparedScores> => {
  const [before, after] = [await readSide(from), await readSide(to)];
  const codes = Uint8Array.from(after.codes);
  let compared = 0;
  after.snapshot.seqs.forEach((seq, row) => {
    const other = before.rowOf.get(seq);
    if (other === undefined) return;
    compared += 1;
    codes[row] = before.codes[other] ?? 0;
  });
  return {
    snapshot: after.snapshot,
    before: codes,
    after: after.codes,
    compared,
    missing: { from: before.unread, to: after.unread },
    from: before.standingOf,
    to: after.standingOf,
  };
};
