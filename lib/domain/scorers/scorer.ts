/** What a named scorer is: it opens a file, then gives each prediction in it a score. */
import type { Kind } from '@/lib/domain/question';
import type { Prediction } from './prediction';
import type { Total } from './totals';
import type { VideoR1Fault } from './video-r1-faults';

export type ScorerSettings = {
  /** The file's path as it was written: `veripo-2025` looks for `vsi_bench` in it. */
  readonly path: string;
  /** Instead of what each question seems to be; undefined to decide per question. */
  readonly kind: Kind | undefined;
  /** `veripo-2025`: score numbers as VSI-Bench's, whatever the path says. */
  readonly vsiBench: boolean;
  /** `video-r1`: faults of the published formulas to copy. */
  readonly faults: ReadonlySet<VideoR1Fault>;
  /** `video-r1` with the fault `first-type`: rows per batch. */
  readonly batch: number;
};

export type RowScore = {
  /** In [0, 1]; null when there is nothing to score by. */
  readonly score: number | null;
  readonly correct: boolean;
  /** What the row is counted under in tables: its kind, or the rule that scored it. */
  readonly group: string;
  /** What else a scorer says about the row, as JSON. */
  readonly details: Readonly<Record<string, unknown>>;
};

/** The score of a prediction, or why the row cannot be scored at all. Never throws on any text. */
export type ScoreRow = (prediction: Prediction) => RowScore | { readonly refused: string };

export type Scorer = {
  /** One line for people. */
  readonly summary: string;
  /** Whether `--kind` means something to it. */
  readonly takesKind: boolean;
  /** What the published script prints for a file of these rows. */
  readonly prints?: (total: Total) => string;
  /** What a person must know before comparing a file's total; undefined when there is nothing. */
  readonly remark?: (groups: ReadonlyMap<string, Total>) => string | undefined;
  /** Begins a file. The function it gives may remember rows: hand it the rows of one file, in order. */
  readonly open: (settings: ScorerSettings) => ScoreRow;
};
