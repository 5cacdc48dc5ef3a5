import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto';
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
    const { seal, unseal } = await withSecret(secret);
    const sealed = seal('trainer token', text);
    expect(unseal('trainer token', sealed)).toBe(text);
    expect(Buffer.from(sealed).includes(text)).toBe(false);
    expect(seal('trainer token', text)).not.toEqual(sealed);
  },
);

test('a single changed bit anywhere is noticed', async () => {
  const { seal, unseal } = await withSecret(secret);
  const sealed = seal('trainer token', '0123456789abcdef');
  for (const at of sealed.keys()) {
    const changed = sealed.map((byte, index) => (index === at ? byte ^ 1 : byte));
    expect(() => unseal('trainer token', changed), `byte ${at}`).toThrow(/another VERIPO_SECRET/);
  }
});

test.each([0, 1, 28])('the first %i bytes of it open nothing', async (length) => {
  const { seal, unseal } = await withSecret(secret);
  expect(() => unseal('trainer token', seal('trainer token', '0123456789abcdef').subarray(0, length))).toThrow(
    /another VERIPO_SECRET/,
  );
});

test('another secret opens nothing', async () => {
  const { seal } = await withSecret(secret);
  const sealed = seal('trainer token', '0123456789abcdef');
  const { unseal } = await withSecret(`${secret}!`);
  expect(() => unseal('trainer token', sealed)).toThrow(/register it again/);
});

test('a judge’s key opens as nothing else', async () => {
  const { seal, unseal } = await withSecret(secret);
  const sealed = seal('judge key', 'sk-0123456789');
  expect(unseal('judge key', sealed)).toBe('sk-0123456789');
  expect(() => unseal('trainer token', sealed)).toThrow(/register it again/);
});

test('a token that an older studio sealed still opens', async () => {
  const { seal, unseal } = await withSecret(secret);
  const key = new Uint8Array(hkdfSync('sha256', secret, '', 'veripo trainer token', 32));
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const text = Buffer.concat([cipher.update('0123456789abcdef'), cipher.final()]);
  const sealed = Uint8Array.from(Buffer.concat([Uint8Array.of(1), nonce, cipher.getAuthTag(), text]));
  expect(unseal('trainer token', sealed)).toBe('0123456789abcdef');
  expect(seal('trainer token', '0123456789abcdef')).toHaveLength(sealed.length);
});
