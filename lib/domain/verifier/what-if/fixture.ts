/** For tests and `bench/` only: snapshots out of plain rows. */
import { type Kind, kinds } from '@/lib/domain/question';
import { type Consistency, consistencies } from '@/lib/domain/verdict';
import type { Scores } from '@/lib/domain/verifier/decide';
import { pairingOf } from './pairing';
import { NOT_JUDGED, type Snapshot } from './snapshot';

export type FixtureRow = Partial<Scores> & { readonly kind?: Kind; readonly group?: number };

const indexOf = (consistency: Consistency): number => consistencies.indexOf(consistency);

/** A snapshot of these rows; what a row leaves out is that of a good one. No group has texts unless `over` says so. */
export const snapshotFixture = (rows: readonly FixtureRow[], over: Partial<Snapshot> = {}): Snapshot => ({
  seqs: Float64Array.from(rows, (_, at) => at + 1),
  kinds: Uint8Array.from(rows, ({ kind = 'choice' }) => kinds.indexOf(kind)),
  wellFormed: Uint8Array.from(rows, ({ wellFormed = true }) => Number(wellFormed)),
  cutOff: Uint8Array.from(rows, ({ cutOff = false }) => Number(cutOff)),
  accuracy: Float64Array.from(rows, ({ accuracy = 1 }) => accuracy ?? Number.NaN),
  consistency: Uint8Array.from(rows, ({ consistency = 'consistent' }) => indexOf(consistency)),
  judged: Uint8Array.from(rows, ({ judged }) => (judged ? indexOf(judged) : NOT_JUDGED)),
  repetition: Float64Array.from(rows, ({ repetition = 0 }) => repetition),
  thinkTokens: Int32Array.from(rows, ({ thinkTokens = 100 }) => thinkTokens),
  groups: Int32Array.from(rows, ({ group = 0 }) => group),
  corrections: new Map(),
  pairing: pairingOf([]),
  ...over,
});
