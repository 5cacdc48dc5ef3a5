import { expect, test } from 'vitest';
import { checksumOf, planMigrations } from './migrate';

const migration = (name: string, sql = name) => ({ name, sql, checksum: checksumOf(sql) });
const applied = (name: string, { sql = name, finished = true } = {}) => ({ name, checksum: checksumOf(sql), finished });

test.each([
  ['an empty database needs all', [], ['a', 'b']],
  ['only what is missing', [applied('a')], ['b']],
  ['nothing when all are there', [applied('a'), applied('b')], []],
])('%s', (_name, rows, pending) => {
  expect(planMigrations([migration('a'), migration('b')], rows).map(({ name }) => name)).toEqual(pending);
});

test.each([
  ['changed after it was applied', applied('a', { sql: 'other' }), /a was changed after it was applied/],
  ['failed half-way', applied('a', { finished: false }), /a failed half-way/],
  ['unknown to this version', applied('z'), /z, newer than this studio/],
])('refuses a migration that is %s', (_name, row, message) => {
  expect(() => planMigrations([migration('a')], [row])).toThrow(message);
});
