/** Whether changes one way outnumber changes the other way by more than chance would make them. */

/** Σ ln i for i = 1 … n, kept as it grows. */
const logFactorials: number[] = [0];
const logFactorial = (n: number): number => {
  for (let at = logFactorials.length; at <= n; at += 1) logFactorials.push((logFactorials[at - 1] ?? 0) + Math.log(at));
  return logFactorials[n] ?? 0;
};

/**
 * McNemar's test, exact and two-sided, of `there` and `back` changes (whole numbers): were each change as likely either
 * way, how probable is a split as uneven as this or more. It is the sign test over those that changed; those that
 * stayed say nothing. 1 where nothing changed.
 *
 * Source: Q. McNemar, Psychometrika 12 (1947) 153–157; exact form in A. Agresti, Categorical Data Analysis, 10.1.
 */
export const mcnemar = (there: number, back: number): number => {
  const [n, fewer] = [there + back, Math.min(there, back)];
  let tail = 0;
  for (let k = 0; k <= fewer; k += 1)
    tail += Math.exp(logFactorial(n) - logFactorial(k) - logFactorial(n - k) - n * Math.LN2);
  return Math.min(1, 2 * tail);
};
