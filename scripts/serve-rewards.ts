/** The studio's reward API on a port of its own, for a process that drives the loop without a web server. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { POST } from '@/app/api/v1/rewards/route';
import { config } from '@/lib/config';
import { REWARD_PATH } from '@/lib/domain/trainer-view';

const readAll = async (incoming: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
};

const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
  const { method, headers } = incoming;
  const url = new URL(incoming.url ?? '/', config().VERIPO_BASE_URL);
  if (method !== 'POST' || url.pathname !== REWARD_PATH) {
    outgoing.writeHead(404).end();
    return;
  }
  const body = await readAll(incoming);
  const request = new Request(url, {
    method,
    body: new Uint8Array(body),
    // The gate is for browsers; here the token decides alone.
    headers: {
      host: url.host,
      authorization: headers.authorization ?? '',
      'content-type': headers['content-type'] ?? 'application/json',
    },
  });
  const response = await POST(request, {});
  outgoing.writeHead(response.status, { 'content-type': response.headers.get('content-type') ?? 'application/json' });
  outgoing.end(Buffer.from(await response.arrayBuffer()));
};

/** Listens on this machine alone until `close`; `url` is the reward API's. Without a port, any that is free. */
export const serveRewards = async (
  wanted = 0,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> => {
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch((error: unknown) => outgoing.destroy(error instanceof Error ? error : undefined));
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(wanted, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}${REWARD_PATH}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
