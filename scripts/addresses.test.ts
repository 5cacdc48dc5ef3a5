import { expect, test } from 'vitest';
import { localUrl, publicUrl } from './addresses';

test.each([
  ['127.0.0.1', 'http://localhost:3000', 'http://127.0.0.1:3000'],
  ['localhost', 'http://localhost:3000', 'http://localhost:3000'],
  ['0.0.0.0', 'http://10.0.0.7:3000', 'http://127.0.0.1:3000'],
  ['::', 'http://10.0.0.7:3000', 'http://[::1]:3000'],
  ['10.1.1.1', 'http://10.1.1.1:3000', 'http://10.1.1.1:3000'],
  ['fd00::1', 'http://[fd00::1]:3000', 'http://[fd00::1]:3000'],
])('listening on %s: people open %s, we ask %s', (host, people, ours) => {
  expect(publicUrl(host, 3000, () => '10.0.0.7')).toBe(people);
  expect(localUrl(host, 3000)).toBe(ours);
});
