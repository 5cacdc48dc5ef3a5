import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { bodyChunks } from './body-stream';

const MAX = 1_000;
const requestOf = (body: BodyInit, encoding?: string): Request => {
  const headers = encoding === undefined ? {} : { 'content-encoding': encoding };
  const init: RequestInit & { duplex: 'half' } = { method: 'POST', body, headers, duplex: 'half' };
  return new Request('http://localhost:3000/', init);
};
const sizeOf = async (request: Request, idleMs?: number): Promise<number> => {
  let size = 0;
  for await (const chunk of bodyChunks(request, MAX, { idleMs })) size += chunk.byteLength;
  return size;
};

test.each([
  ['plain', requestOf('x'.repeat(MAX)), MAX],
  ['gzip', requestOf(gzipSync('x'.repeat(MAX)), 'gzip'), MAX],
] as const)('%s', async (_name, request, size) => {
  await expect(sizeOf(request)).resolves.toBe(size);
});

test.each([
  ['too long', requestOf('x'.repeat(MAX + 1)), 'too_large'],
  ['a gzip bomb', requestOf(gzipSync(Buffer.alloc(50_000_000)), 'gzip'), 'too_large'],
  ['broken gzip', requestOf('not gzip', 'gzip'), 'invalid'],
  ['cut gzip', requestOf(gzipSync('x'.repeat(MAX)).subarray(0, 12), 'gzip'), 'invalid'],
  ['another encoding', requestOf('x', 'br'), 'unsupported'],
] as const)('%s is refused', async (_name, request, code) => {
  await expect(sizeOf(request)).rejects.toMatchObject({ code });
});

test('a sender that falls silent is given up, and told to stop', async () => {
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new Uint8Array([10])),
    cancel: () => {
      cancelled = true;
    },
  });
  await expect(sizeOf(requestOf(body), 50)).rejects.toMatchObject({ code: 'invalid' });
  expect(cancelled).toBe(true);
});
