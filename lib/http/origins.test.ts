import { afterEach, expect, test, vi } from 'vitest';
import { isAllowedHost, isAllowedOrigin } from './origins';

afterEach(() => vi.unstubAllEnvs());

test.each([
  ['the printed address', 'http://127.0.0.1:4000', '127.0.0.1:4000', true],
  ['another loopback name, same port', 'http://127.0.0.1:4000', 'localhost:4000', true],
  ['another port', 'http://127.0.0.1:4000', '127.0.0.1:3000', false],
  ['a rebound name', 'http://127.0.0.1:4000', 'evil.example:4000', false],
  ['no host', 'http://127.0.0.1:4000', null, false],
  ['a declared public name', 'https://studio.example', 'studio.example', true],
  ['loopback where a public name is declared', 'https://studio.example', 'localhost', false],
])('host, %s', (_name, base, host, allowed) => {
  vi.stubEnv('VERIPO_BASE_URL', base);
  expect(isAllowedHost(host)).toBe(allowed);
});

test.each([
  ['own origin', 'http://127.0.0.1:4000', 'same-origin', 'POST', true],
  ['foreign origin', 'http://evil.example', 'cross-site', 'POST', false],
  ['foreign origin reading', 'http://evil.example', 'cross-site', 'GET', false],
  ['opaque origin', 'null', 'cross-site', 'POST', false],
  ['script without either', null, null, 'POST', true],
  ['cross-site post without origin', null, 'cross-site', 'POST', false],
  ['same host, other port', null, 'same-site', 'DELETE', false],
  ['a followed link', null, 'cross-site', 'GET', true],
])('origin, %s', (_name, origin, site, method, allowed) => {
  vi.stubEnv('VERIPO_BASE_URL', 'http://127.0.0.1:4000');
  expect(isAllowedOrigin(origin, site, method)).toBe(allowed);
});
