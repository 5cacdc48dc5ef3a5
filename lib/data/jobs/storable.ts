import 'server-only';
/** Words and figures of a trainer as they are stored: nothing that PostgreSQL refuses, and nothing without an end. */
import { storableText } from '@/lib/data/copy';

const MAX_TEXT = 20_000;
const MAX_NAMES = 200;
const MAX_NAME = 100;
/** Beyond these a figure says nothing, and the database refuses to multiply two of them. */
const [SMALLEST, LARGEST] = [1e-100, 1e100];

const storableFigure = (value: number | null): number | null => {
  if (value === null || !(Math.abs(value) <= LARGEST)) return null;
  return Math.abs(value) < SMALLEST ? 0 : value;
};

/** At most 20,000 characters. */
export const storableLine = (text: string, most: number = MAX_TEXT): string => storableText(text.slice(0, most));

/** At most 200 figures, their names of at most 100 characters; none where one is beyond all measure. */
export const storableValues = (values: Readonly<Record<string, number | null>>): Record<string, number | null> =>
  Object.fromEntries(
    Object.entries(values)
      .slice(0, MAX_NAMES)
      .map(([name, value]) => [storableText(name.slice(0, MAX_NAME)), storableFigure(value)]),
  );
