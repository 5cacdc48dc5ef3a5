/** The door on real sockets: what never becomes a request, and what becomes of one that stops half-way. */
import { createConnection } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { type Door, type DoorLimits, type Handler, openDoor } from './node-door';
import { readJson } from './read-json';

const doors: Door[] = [];
afterEach(async () => {
  for (const door of doors.splice(0)) await door.close(0);
});

const open = async (handle: Handler, limits: DoorLimits = {}): Promise<{ door: Door; port: number }> => {
  const door = await openDoor(handle, { host: '127.0.0.1', port: 0 }, limits);
  doors.push(door);
  return { door, port: Number(new URL(door.url).port) };
};

/** Sends raw bytes and gives all that comes back until the server ends the connection. */
const talk = (port: number, text: string): Promise<string> =>
  new Promise((resolve) => {
    let heard = '';
    const socket = createConnection(port, '127.0.0.1', () => socket.write(text));
    socket.on('data', (data) => {
      heard += data.toString();
    });
    socket.on('error', () => undefined).on('close', () => resolve(heard));
  });

const echo: Handler = async (request) => {
  const { method, url } = request;
  return Response.json({ method, path: new URL(url).pathname, body: request.body ? await request.text() : null });
};
const head = (line: string, ...headers: readonly string[]): string =>
  `${[line, 'Host: x', 'Connection: close', ...headers].join('\r\n')}\r\n\r\n`;

test.each([
  ['a request', head('GET /a?b=c HTTP/1.1'), '200', '"path":"/a"'],
  ['a body', `${head('POST /a HTTP/1.1', 'Content-Length: 2')}hi`, '200', '"body":"hi"'],
  [
    'a body in parts',
    `${head('POST / HTTP/1.1', 'Transfer-Encoding: chunked')}2\r\nhi\r\n0\r\n\r\n`,
    '200',
    '"body":"hi"',
  ],
  ['another host in the path', head('GET //evil.example/a HTTP/1.1'), '200', '"path":"//evil.example/a"'],
  ['a whole address', head('GET http://evil.example/a HTTP/1.1'), '400', 'no request'],
  ['a method that no handler knows', head('TRACE / HTTP/1.1'), '400', 'no request'],
  ['no HTTP', 'hello\r\n\r\n', '400', 'not HTTP'],
  ['two lengths', head('POST / HTTP/1.1', 'Content-Length: 2', 'Content-Length: 3'), '400', 'not HTTP'],
  ['a length and parts', head('POST / HTTP/1.1', 'Content-Length: 2', 'Transfer-Encoding: chunked'), '400', 'not HTTP'],
  ['long headers', head('GET / HTTP/1.1', `X: ${'x'.repeat(20_000)}`), '431', 'not HTTP'],
])('%s', async (_name, text, status, words) => {
  const { port } = await open(echo);
  const heard = await talk(port, text);
  expect(heard.split(' ')[1]).toBe(status);
  expect(heard).toContain(words);
});

test('headers that come drop by drop are given up', async () => {
  const { port } = await open(echo, { headersMs: 200 });
  const began = performance.now();
  const heard = await talk(port, 'GET / HTTP/1.1\r\nHost: x\r\n');
  expect(heard).toMatch(/^HTTP\/1\.1 408 /);
  expect(performance.now() - began).toBeLessThan(3_000);
});

test('a body that does not end is given up', async () => {
  const { port } = await open(echo, { headersMs: 200, requestMs: 300 });
  const heard = await talk(port, `${head('POST / HTTP/1.1', 'Content-Length: 10')}hi`);
  expect(heard).toMatch(/^HTTP\/1\.1 408 /);
});

test('a sender whose body is refused reads why, and is cut off when it goes on', async () => {
  const { port } = await open(
    async (request) => {
      const failed = await readJson(request, 10).catch((error: unknown) => String(error));
      return Response.json({ failed }, { status: 413 });
    },
    { lingerMs: 500 },
  );
  const socket = createConnection(port, '127.0.0.1');
  const closed = new Promise<void>((resolve) => void socket.on('error', () => undefined).on('close', () => resolve()));
  let heard = '';
  socket.on('data', (data) => {
    heard += data.toString();
  });
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\n\r\n');
  const drip = setInterval(() => socket.write('x'.repeat(1_000)), 20);
  await expect.poll(() => heard).toContain('413');
  expect(heard).toContain('at most 10 bytes');
  await closed;
  clearInterval(drip);
}, 10_000);

test('a handler learns that its sender went away', async () => {
  let aborted: boolean | undefined;
  const { port } = await open(async ({ signal }) => {
    await sleep(5_000, undefined, { signal }).catch(() => undefined);
    aborted = signal.aborted;
    return new Response();
  });
  const socket = createConnection(port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'));
  await sleep(100);
  socket.destroy();
  await expect.poll(() => aborted).toBe(true);
});

test('closing lets an answer on its way arrive, and cuts what takes longer', async () => {
  const { door } = await open(async (request) => {
    await sleep(Number(new URL(request.url).searchParams.get('ms')), undefined, { signal: request.signal });
    return new Response('done');
  });
  const soon = fetch(`${door.url}/?ms=300`).then((response) => response.text());
  const never = fetch(`${door.url}/?ms=60000`).then(
    () => 'answered',
    () => 'cut',
  );
  await sleep(100);
  const began = performance.now();
  await door.close(1_000);
  expect([await soon, await never]).toEqual(['done', 'cut']);
  expect(performance.now() - began).toBeLessThan(2_000);
  await expect(fetch(door.url)).rejects.toThrow();
});
