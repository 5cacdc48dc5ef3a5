import { expect, test } from 'vitest';
import { allows, ancestors, findAccount } from './postgres-account';

const account = { name: 'postgres', uid: 101, gid: 104 };
const ENTER = 0o1;

test.each([
  ['open to all', { uid: 0, gid: 0, mode: 0o755 }, true],
  ['root only, like /root', { uid: 0, gid: 0, mode: 0o700 }, false],
  ['may pass but not read', { uid: 0, gid: 0, mode: 0o711 }, true],
  ['its own', { uid: 101, gid: 0, mode: 0o700 }, true],
  ['its group', { uid: 0, gid: 104, mode: 0o710 }, true],
  ['the group is shut out though others are not', { uid: 0, gid: 104, mode: 0o701 }, false],
  ['the file type bits do not count', { uid: 0, gid: 0, mode: 0o40700 }, false],
])('%s', (_name, access, expected) => {
  expect(allows(access, account, ENTER)).toBe(expected);
});

test('ancestors go from the root down', () => {
  expect(ancestors('/a/b')).toEqual(['/', '/a', '/a/b']);
});

test('an account is found by its whole name', () => {
  const passwd = 'root:x:0:0:root:/root:/bin/bash\npostgres2:x:7:7::/:/bin/sh\npostgres:x:101:104::/:/bin/sh\n';
  expect(findAccount(passwd, 'postgres')).toEqual(account);
  expect(findAccount(passwd, 'nobody')).toBeUndefined();
});
