import 'server-only';
/** PostgreSQL's COPY in its text format: how bulk rows enter. */
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

export type CopyValue = string | number | boolean | null;

const SPECIAL = /[\\\t\n\r]/;

/**
 * Text as PostgreSQL can hold it: NUL and lone surrogates become U+FFFD, one unit for one, so that offsets into the
 * text stay right. Returns the same string when nothing is wrong with it, which is nearly always.
 */
export const storableText = (text: string): string => {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  return whole.includes('\0') ? whole.replaceAll('\0', '\ufffd') : whole;
};

/** One field of the text format; `\N` is null. Strings must be storable. */
export const encodeField = (value: CopyValue): string => {
  if (value === null) return '\\N';
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (typeof value === 'number') return String(value);
  if (!SPECIAL.test(value)) return value;
  return value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\t', '\\t').replaceAll('\r', '\\r');
};

/** One row with its line end. */
export const encodeRow = (values: readonly CopyValue[]): string => {
  let line = '';
  for (let at = 0; at < values.length; at++) line += (at === 0 ? '' : '\t') + encodeField(values[at] ?? null);
  return `${line}\n`;
};

/** A literal of an array of numbers for a field; all of them must be finite. */
export const encodeArray = (values: readonly number[] | null): string | null =>
  values === null ? null : `{${values.join(',')}}`;

/**
 * Copies encoded rows into `table (columns)` on a client that is in a transaction, and resolves when PostgreSQL has
 * them. Throws the database's error, after which the transaction must be rolled back.
 */
export const copyRows = (
  client: PoolClient,
  table: string,
  columns: readonly string[],
  rows: readonly string[],
): Promise<void> => {
  if (rows.length === 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const stream = client.query(copyFrom(`COPY ${table} (${columns.join(', ')}) FROM STDIN`));
    stream.on('error', reject);
    stream.on('finish', () => resolve());
    for (let at = 0; at < rows.length; at += ROWS_PER_CHUNK) {
      stream.write(rows.slice(at, at + ROWS_PER_CHUNK).join(''));
    }
    stream.end();
  });
};

// One protocol message each: large enough to be cheap, small enough not to need one huge string.
const ROWS_PER_CHUNK = 250;
