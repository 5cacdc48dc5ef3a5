import { expect, test } from 'vitest';
import { explainFailure } from './postgres-create';
import { parsePidFile } from './postgres-server';

test.each([
  ['a running server', '4711\n/data/postgres\n1700000000\n5433\n\n127.0.0.1\n', { pid: 4711, port: 5433 }],
  ['a server that has just begun', '4711\n/data/postgres\n', undefined],
  ['an empty file', '', undefined],
])('the lock file of %s', (_name, text, expected) => {
  expect(parsePidFile(text)).toEqual(expected);
});

test.each([
  ['a full disk', 'FATAL:  could not write lock file: No space left on device', /^The disk is full/],
  ['no permission', 'initdb: error: could not create directory "/x": Permission denied', /may not write there/],
  ['anything else by its own words', 'LOG: starting\nFATAL:  wal is broken\nLOG: bye', /^FATAL: {2}wal is broken$/],
  ['silence', '', /said nothing/],
])('%s is explained', (_name, output, expected) => {
  expect(explainFailure(output)).toMatch(expected);
});
