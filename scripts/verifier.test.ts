/** `npm run verifier` as a process: what it refuses to start with, how it stops, and what it is made of. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import batch from '@/fixtures/verifier-batch.json' with { type: 'json' };
import { defaultVerifierSettings } from '@/lib/domain/verifier/settings';
import { settingsFile } from '@/lib/domain/verifier/settings-file';
import { RULES_VERSION } from '@/lib/domain/verifier/version';
import { bundleVerifier } from './bundle-verifier';
import { loadSettings, loadToken, withTokenizer } from './verifier-files';
import { parseVerifierOptions } from './verifier-options';

let folder = '';
let bundle = '';
let inputs: readonly string[] = [];
const running: ChildProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'veripo-verifier-'));
  bundle = path.join(folder, 'verifier.mjs');
  inputs = await bundleVerifier(bundle);
});
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the one file far from this repository, with nothing in its environment. */
const run = (...args: readonly string[]) => {
  const child = spawn(process.execPath, [bundle, ...args], {
    cwd: folder,
    env: { NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  return child;
};
const listen = async (...args: readonly string[]) => {
  const child = run('--port', '0', ...args);
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /listens on (\S+)$/.exec(line)?.[1];
    if (url) return { child, url, ended: once(child, 'exit') };
  }
  throw new Error(await text(child.stderr));
};
const file = async (name: string, content: string): Promise<string> => {
  const place = path.join(folder, name);
  await writeFile(place, content);
  return place;
};

test('there is no database, no studio and no page in it', () => {
  expect(inputs).toContain('lib/verifier-service/service.ts');
  const strange =
    /^(app|components|prisma|lib\/(data|jobs|actions|queries|trainer|config))|node_modules\/(@prisma|pg|next|react)\b/;
  expect(inputs.filter((input) => strange.test(input))).toEqual([]);
});

describe('options', () => {
  test.each([
    ['another host without a token', ['--host', '0.0.0.0'], 'give --token-file FILE'],
    ['a port that is none', ['--port', '70000'], '--port 70000 will not do'],
    ['no requests at all', ['--max-in-flight', '0'], 'from 1 to 1000'],
    ['an option that there is not', ['--judge', 'x'], 'npm run verifier -- [options]'],
  ])('%s is refused', (_name, args, words) => {
    expect(() => parseVerifierOptions(args)).toThrow(words);
  });

  test('by default it is for this machine alone', () => {
    expect(parseVerifierOptions([])).toMatchObject({ host: '127.0.0.1', port: 8_077, tokenFile: undefined });
    expect(parseVerifierOptions(['--host', '0.0.0.0', '--token-file', 't'])).toMatchObject({ tokenFile: 't' });
    expect(parseVerifierOptions(['--help'])).toBeUndefined();
  });
});

describe('files', () => {
  test.each([
    ['no token', '\nlater'],
    ['a short token', 'short'],
    ['a token with a space', 'a token of many letters'],
  ])('%s is refused', async (_name, content) => {
    await expect(loadToken(await file('token', content))).rejects.toThrow('must be a token');
  });

  test('the first line is the token', async () => {
    expect(await loadToken(await file('token', 'a-token-of-many-letters\r\nsecond\n'))).toBe('a-token-of-many-letters');
  });

  test.each([
    ['no JSON', 'x', 'is not JSON'],
    ['a mistyped threshold', '{"maxRepetitions": 1}', 'There is no setting maxRepetitions'],
  ])('%s as settings is refused', async (_name, content, words) => {
    await expect(loadSettings(await file('settings.json', content))).rejects.toThrow(words);
  });

  test('a file that is not there is named', async () => {
    await expect(loadSettings(path.join(folder, 'none.json'))).rejects.toThrow(
      /--settings .*none\.json cannot be read/,
    );
  });

  const tokenizer = JSON.stringify({
    version: '1.0',
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: { type: 'Whitespace' },
    post_processor: null,
    decoder: null,
    model: { type: 'WordLevel', vocab: { '[UNK]': 0, one: 1 }, unk_token: '[UNK]' },
  });

  test('a tokenizer counts, and the settings then name it', async () => {
    const plain = { version: null, settings: defaultVerifierSettings };
    const { countTokens, file: named } = await withTokenizer(plain, await file('tokenizer.json', tokenizer));
    expect([countTokens?.('one two three'), named.settings.tokenizer]).toEqual([
      3,
      expect.stringMatching(/^[0-9a-f]{64}$/),
    ]);
  });

  test('a tokenizer other than the settings name is refused', async () => {
    const settings = { ...defaultVerifierSettings, tokenizer: '0'.repeat(64) };
    const place = await file('tokenizer.json', tokenizer);
    await expect(withTokenizer({ version: 1, settings }, place)).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('the process', () => {
  test('serves a version of a studio with a token', async () => {
    const settings = { ...defaultVerifierSettings, formatReward: 0.25 };
    const exported = settingsFile({ number: 4, rulesVersion: RULES_VERSION, settings });
    const { url } = await listen(
      '--settings',
      await file('v4.json', JSON.stringify(exported)),
      '--token-file',
      await file('token', 'a-token-of-many-letters'),
    );
    const response = await fetch(`${url}/api/v1/rewards?version=4`, {
      method: 'POST',
      headers: { authorization: 'Bearer a-token-of-many-letters' },
      body: JSON.stringify({ items: batch.rows.slice(0, 2) }),
    });
    expect(await response.json()).toMatchObject({ version: 4, rewards: [1.25, 0.25] });
  });

  test('a port that is taken: one sentence', async () => {
    const { url } = await listen();
    const second = run('--port', new URL(url).port);
    const [said, [code]] = await Promise.all([text(second.stderr), once(second, 'exit')]);
    expect(code).toBe(1);
    expect(said).toMatch(/^The verifier cannot listen on 127\.0\.0\.1:\d+: .*EADDRINUSE/);
  });

  test('SIGTERM: what is inside gets its answer, nobody else gets in, and it ends with 0', async () => {
    const { child, url, ended } = await listen();
    const port = Number(new URL(url).port);
    const body = JSON.stringify({ items: batch.rows });
    let heard = '';
    const socket = createConnection(port, '127.0.0.1');
    socket.on('data', (data) => {
      heard += data.toString();
    });
    const head = `POST /api/v1/rewards HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
    socket.write(head + body.slice(0, 50));
    const inFlight = async () => (await (await fetch(`${url}/health`)).json()).in_flight;
    await expect.poll(inFlight).toBe(1);
    const began = performance.now();
    child.kill('SIGTERM');
    await expect
      .poll(() =>
        fetch(`${url}/health`).then(
          ({ status }) => status,
          () => 'closed',
        ),
      )
      .toBe('closed');
    socket.write(Buffer.from(body).subarray(50));
    const [code] = await ended;
    expect([code, heard.split('\r\n', 1)[0]]).toEqual([0, 'HTTP/1.1 200 OK']);
    expect(heard).toContain('"rewards":[1.5,0.5,');
    expect(performance.now() - began).toBeLessThan(3_000); // it does not wait for who has what they came for
  }, 15_000);

  test('SIGTERM: a sender that says nothing more is waited for five seconds and no longer', async () => {
    const { child, url, ended } = await listen();
    const socket = createConnection(Number(new URL(url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write('POST /api/v1/rewards HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{');
    await expect.poll(async () => (await (await fetch(`${url}/health`)).json()).in_flight).toBe(1);
    const began = performance.now();
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    const took = performance.now() - began;
    expect(took).toBeGreaterThan(4_000);
    expect(took).toBeLessThan(8_000);
  }, 15_000);
});
