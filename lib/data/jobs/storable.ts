import 'server-only';
/** Words and figures of a trainer as they are stored: nothing that PostgreSQL refuses, and nothing without an end. */
import { storableText } from '@/lib/data/copy';

const MAX_TEXT = 20_000;
const MAX_NAMES = 200;
const MAX_NAME = 100;

/** At most 20,000 characters. */
export const storableLine = (text: string, most: number = MAX_TEXT): string => storableText(text.slice(0, most));

/** At most 200 figures, their names of at most 100 characters. */
export const storableValues = (values: Readonly<Record<string, number | null>>): Record<string, number | null> =>
  Object.fromEntries(
    Object.entries(values)
      .slice(0, MAX_NAMES)
      .map(([name, value]) => [storableText(name.slice(0, MAX_NAME)), value]),
  );
