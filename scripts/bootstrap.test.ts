import { expect, test } from 'vitest';
import { isInstalled } from './bootstrap.mjs';

const wanted = {
  packages: { '': {}, 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '2.0.0', optional: true } },
};
const a = { version: '1.0.0' };

test.each([
  ['everything is there', { 'node_modules/a': a, 'node_modules/b': { version: '2.0.0' } }, true],
  ['an optional one of another platform is missing', { 'node_modules/a': a }, true],
  ['one has another version', { 'node_modules/a': { version: '1.0.1' } }, false],
  ['an optional one has another version', { 'node_modules/a': a, 'node_modules/b': { version: '1.9.0' } }, false],
  ['one is missing', {}, false],
])('%s', (_name, packages, expected) => {
  expect(isInstalled(wanted, { packages })).toBe(expected);
});

test('no note at all: not installed', () => {
  expect(isInstalled(wanted, undefined)).toBe(false);
});
