import { unstable_doesMiddlewareMatch as matches } from 'next/experimental/testing/server';
import { expect, test } from 'vitest';
import { config } from './proxy';

test.each([
  ['a page', '/runs', true],
  ['the first page', '/', true],
  ['a route', '/api/runs', true],
  ['media', '/api/media/1/frames/0', true],
  ['a picture made by Next', '/_next/image', true],
  ['build output', '/_next/static/chunks/a.js', false],
  ['an upload', '/api/imports/upload', false],
  ['rollouts', '/api/v1/rollouts', false],
  ['rewards', '/api/v1/rewards', false],
  ['verdicts', '/api/v1/verify', false],
  ['a tokenizer', '/api/tokenizers', false],
  // An action posted to an address where nothing is runs all the same.
  ['beside build output', '/_next/staticX', true],
  ['beside an upload', '/api/imports/uploadX', true],
  ['below an upload', '/api/imports/upload/x', true],
  ['beside rollouts', '/api/v1/rolloutsX', true],
  ['below tokenizers', '/api/tokenizers/x', true],
  ['below rewards', '/api/v1/rewards/x', true],
  ['an icon that is not there', '/favicon.icoX', true],
])('the gate stands in front of %s: %s', (_name, url, gated) => {
  expect(matches({ config, url })).toBe(gated);
});
