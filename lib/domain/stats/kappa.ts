/** Agreement of two raters beyond chance: Cohen's κ with its interval. */
import { proportion, Z } from './proportion';

/**
 * Counts by what the first rater said (row) and what the second did (column); the same categories in the same order.
 * Counts may be fractions: those of an effective sample.
 */
type AgreementTable = readonly (readonly number[])[];

export type Kappa = {
  /** Cases in the table. */
  readonly n: number;
  /** Share on which both say the same, in [0, 1]; null for an empty table. */
  readonly observed: number | null;
  /** Share on which they would by chance, given how often each says what; null for an empty table. */
  readonly expected: number | null;
  /** In [-1, 1]; null where it is not defined: no case, or both always say one and the same thing. */
  readonly kappa: number | null;
  /** Large-sample standard error; null where κ is. */
  readonly standardError: number | null;
  /** Ends of the 95 % interval, in [-1, 1]; the whole of it where κ is not defined. */
  readonly low: number;
  readonly high: number;
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/**
 * Cohen's κ = (observed − expected) / (1 − expected) with a 95 % interval.
 *
 * The interval is the wider of two at each end. First the large-sample one: κ ± 1.96 standard errors. It collapses to
 * a point where two raters agree on everything, whether that is 4 cases or 400; so second the Wilson interval of the
 * observed agreement, put through the formula with the expected agreement as found. In tables of some hundreds of
 * cases the two hardly differ.
 *
 * Source: J. Cohen, Educ. Psychol. Meas. 20 (1960) 37–46; standard error of J. L. Fleiss, J. Cohen and B. S. Everitt,
 * Psychol. Bull. 72 (1969) 323–327, eq. 13.
 *
 * @throws RangeError when the table is not square, or holds a count that is negative or not finite.
 */
export const cohensKappa = (table: AgreementTable): Kappa => {
  if (table.some((row) => row.length !== table.length || row.some((count) => !(count >= 0 && Number.isFinite(count)))))
    throw new RangeError('an agreement table is square and counts nothing below 0');
  const n = sum(table.map(sum));
  if (n === 0) return { n, observed: null, expected: null, kappa: null, standardError: null, low: -1, high: 1 };
  const cells = table.flatMap((row, first) => row.map((count, second) => ({ first, second, share: count / n })));
  const rows = table.map((row) => sum(row) / n);
  const columns = table.map((_, at) => sum(table.map((row) => row[at] ?? 0)) / n);
  const of = (shares: readonly number[], at: number): number => shares[at] ?? 0;
  const observed = sum(cells.filter(({ first, second }) => first === second).map(({ share }) => share));
  const expected = sum(rows.map((share, at) => share * of(columns, at)));
  // Rounding leaves 1 a hair off.
  if (1 - expected < 1e-12) return { n, observed, expected, kappa: null, standardError: null, low: -1, high: 1 };
  const kappaOf = (agreement: number): number => clip((agreement - expected) / (1 - expected));
  const kappa = kappaOf(observed);
  const squares = cells.map(({ first, second, share }) =>
    first === second
      ? share * (1 - (of(rows, first) + of(columns, first)) * (1 - kappa)) ** 2
      : share * (1 - kappa) ** 2 * (of(columns, first) + of(rows, second)) ** 2,
  );
  const variance = (sum(squares) - (kappa - expected * (1 - kappa)) ** 2) / (n * (1 - expected) ** 2);
  const standardError = Math.sqrt(Math.max(0, variance));
  const agreement = proportion(observed * n, n);
  return {
    n,
    observed,
    expected,
    kappa,
    standardError,
    low: Math.min(clip(kappa - Z * standardError), kappaOf(agreement.low)),
    high: Math.max(clip(kappa + Z * standardError), kappaOf(agreement.high)),
  };
};

const clip = (value: number): number => Math.max(-1, Math.min(1, value));
