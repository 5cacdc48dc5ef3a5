import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const environment = {
  DATABASE_URL: 'postgresql://nobody@localhost/none',
  VERIPO_DATA_DIR: '/nowhere',
  VERIPO_BASE_URL: 'http://localhost:3000',
};
const secret = 'a secret of thirty-two characters, for tests';

/** The module as a process with this secret has it. */
const withSecret = async (text: string) => {
  vi.resetModules();
  vi.stubEnv('VERIPO_SECRET', text);
  return import('./seal');
};

beforeEach(() => {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
});
afterEach(() => vi.unstubAllEnvs());

test.each(['0123456789abcdef', 'x'.repeat(1_000), 'mit Umlauten äöü'])(
  'what is sealed opens again: %s',
  async (text) => {
    const { sealToken, unsealToken } = await withSecret(secret);
    const sealed = sealToken(text);
    expect(unsealToken(sealed)).toBe(text);
    expect(Buffer.from(sealed).includes(text)).toBe(false);
    expect(sealToken(text)).not.toEqual(sealed);
  },
);

test('a single changed bit anywhere is noticed', async () => {
  const { sealToken, unsealToken } = await withSecret(secret);
  const sealed = sealToken('0123456789abcdef');
  for (const at of sealed.keys()) {
    const changed = sealed.map((byte, index) => (index === at ? byte ^ 1 : byte));
    expect(() => unsealToken(changed), `byte ${at}`).toThrow(/another VERIPO_SECRET/);
  }
});

test.each([0, 1, 28])('the first %i bytes of it open nothing', async (length) => {
  const { sealToken, unsealToken } = await withSecret(secret);
  expect(() => unsealToken(sealToken('0123456789abcdef').subarray(0, length))).toThrow(/another VERIPO_SECRET/);
});

test('another secret opens nothing', async () => {
  const { sealToken } = await withSecret(secret);
  const sealed = sealToken('0123456789abcdef');
  const { unsealToken } = await withSecret(`${secret}!`);
  expect(() => unsealToken(sealed)).toThrow(/register it again/);
});
