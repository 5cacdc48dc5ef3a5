/** What a chart shows, as rows: the one source of its table view, its CSV and its text. */

export type ChartColumn = {
  readonly key: string;
  readonly label: string;
  /** In words, for axes and the heads of columns: `tokens`, `rollouts`, `%`. */
  readonly unit?: string;
  /** How the values are written; `share` is of 1 and shown as percent. Texts stand at the left, the rest at the right. */
  readonly format: 'text' | 'count' | 'share' | 'number' | 'seconds';
};

export type ChartCell = string | number | null;

export type ChartRow = {
  readonly key: string;
  readonly cells: Readonly<Record<string, ChartCell>>;
  /** The rollouts behind the row, as an address inside the studio. */
  readonly href: string | null;
};

/** The first column names the rows. */
export type ChartData = { readonly columns: readonly ChartColumn[]; readonly rows: readonly ChartRow[] };
