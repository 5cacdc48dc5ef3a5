/** Totals over scored rows, of a file and of each group in it, in the order in which groups first appear. */
import type { RowScore } from './scorer';

export type Total = {
  readonly rows: number;
  /** Rows that have a score. */
  readonly scored: number;
  readonly correct: number;
  /** Sum of the scores in row order, as a published script adds them up. */
  readonly sum: number;
};

export const noRows: Total = { rows: 0, scored: 0, correct: 0, sum: 0 };

/** The total with one more row. */
export const withRow = (total: Total, { score, correct }: RowScore): Total => ({
  rows: total.rows + 1,
  scored: total.scored + (score === null ? 0 : 1),
  correct: total.correct + (correct ? 1 : 0),
  sum: total.sum + (score ?? 0),
});

/** Mean over the rows that have a score, in [0, 1]; null when none has one. */
export const meanOf = ({ scored, sum }: Total): number | null => (scored === 0 ? null : sum / scored);

/** Totals by group; rows are added in place, because a file may have millions. */
export class Totals {
  private readonly byGroup = new Map<string, Total>();
  private whole = noRows;

  add(row: RowScore): void {
    this.whole = withRow(this.whole, row);
    this.byGroup.set(row.group, withRow(this.byGroup.get(row.group) ?? noRows, row));
  }

  get all(): Total {
    return this.whole;
  }

  get groups(): ReadonlyMap<string, Total> {
    return this.byGroup;
  }
}
