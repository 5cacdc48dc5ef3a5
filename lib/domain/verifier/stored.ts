/** Scores as storage gives them back: what is decided today and what is decided anew tomorrow must agree. */
import type { Measures } from '@/lib/domain/verdict';

/** The number that a `real` column gives back: the shortest decimal that names the same 32-bit float. */
export const asReal = (value: number): number => {
  const single = Math.fround(value);
  if (single === value) return value;
  for (const digits of [6, 7, 8]) {
    const short = Number(single.toPrecision(digits));
    if (Math.fround(short) === single) return short;
  }
  return Number(single.toPrecision(9));
};

/** The scores of these measures as they are read again. Decide with them what is stored beside them. */
export const asStored = <M extends Pick<Measures, 'accuracy' | 'repetition'>>(measures: M): M => ({
  ...measures,
  accuracy: measures.accuracy === null ? null : asReal(measures.accuracy),
  repetition: asReal(measures.repetition),
});
