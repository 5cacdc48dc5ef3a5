import { expect, test } from 'vitest';
import { parseConfig } from './config';

const complete = {
  DATABASE_URL: 'postgresql://veripo:x@127.0.0.1:5432/veripo',
  VERIPO_DATA_DIR: '/data',
  VERIPO_SECRET: 's'.repeat(32),
  VERIPO_BASE_URL: 'http://localhost:3000/',
};

test('a complete environment has defaults for the rest, and the base URL becomes an origin', () => {
  expect(parseConfig({ ...complete, LOG_LEVEL: '' })).toEqual({
    ...complete,
    NODE_ENV: 'development',
    VERIPO_BASE_URL: 'http://localhost:3000',
    VERIPO_IMPORT_ROOTS: [],
    LOG_LEVEL: 'info',
  });
});

test('import roots are separated like PATH', () => {
  expect(parseConfig({ ...complete, VERIPO_IMPORT_ROOTS: '/a:/b c:' }).VERIPO_IMPORT_ROOTS).toEqual(['/a', '/b c']);
});

test('all faults come in one message, and no value is repeated in it', () => {
  const broken = { ...complete, DATABASE_URL: undefined, VERIPO_SECRET: 'short', VERIPO_IMPORT_ROOTS: 'relative' };
  expect(() => parseConfig(broken)).toThrow(
    /DATABASE_URL: is not set\n.*VERIPO_SECRET: must have at least 32 characters\n.*VERIPO_IMPORT_ROOTS: must be an absolute path/,
  );
  expect(() => parseConfig(broken)).not.toThrow(/short/);
});
