/** One response with its truth as the file writes it: what every scorer reads. */
import type { ImportedRollout } from '@/lib/domain/formats/import-record';

export type Prediction = {
  /** 1-based line or record number in the file. */
  readonly at: number;
  /** The truth as written: a published scorer may see a letter where the studio reads an option's text. */
  readonly truth: string;
  /** `problem_type` as written; null where the row has none. */
  readonly problemType: string | null;
  readonly response: string;
  /** What the studio would import, or why it would refuse the row. A published scorer may take it all the same. */
  readonly rollout: ImportedRollout | { readonly refused: string };
};
