import 'server-only';
/** A small HTTP server on Node's own, for handlers of web requests that live outside Next. JSON in, JSON out. */
import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import { isIPv6, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { log } from '@/lib/log';

export type Handler = (request: Request) => Promise<Response>;
export type Door = {
  readonly url: string;
  /** Takes no new connection, waits for answers on their way, and after `graceMs` cuts what is left. */
  readonly close: (graceMs: number) => Promise<void>;
};

const MAX_HEADER_BYTES = 16 * 1024;
const MAX_CONNECTIONS = 1_024;
const HEADERS_MS = 10_000;
const REQUEST_MS = 120_000;
const KEEP_ALIVE_MS = 30_000;
/** A connection on which nothing moves, in either direction: a reader that does not read. */
const SILENT_MS = 300_000;
/** How long a sender may go on sending a body that was refused, so that it comes to reading why. */
const LINGER_MS = 10_000;
const SWEEP_MS = 50;

/** Where it listens; port 0 is any that is free. */
export type Place = { readonly host: string; readonly port: number };
export type DoorLimits = { readonly headersMs?: number; readonly requestMs?: number; readonly lingerMs?: number };

const failure = (code: string, message: string): string => JSON.stringify({ error: { code, message } });

/** Unread parts are dropped instead of ending the connection, on which the answer still has to go out. */
const bodyOf = (incoming: IncomingMessage): ReadableStream<Uint8Array> => {
  const chunks = incoming.iterator({ destroyOnReturn: false });
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const { value, done } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(new Uint8Array(value));
      },
      cancel: () => void incoming.resume(),
    },
    { highWaterMark: 0 },
  );
};

const requestOf = (incoming: IncomingMessage, base: string, signal: AbortSignal): Request | undefined => {
  const { method = 'GET', url = '/', headersDistinct } = incoming;
  if (!url.startsWith('/') || !URL.canParse(`${base}${url}`)) return undefined;
  const headers = new Headers();
  for (const [name, values] of Object.entries(headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const init: RequestInit & { duplex: 'half' } = { method, headers, signal, duplex: 'half' };
  return new Request(`${base}${url}`, hasBody ? { ...init, body: bodyOf(incoming) } : init);
};

const send = async (outgoing: ServerResponse, response: Response): Promise<void> => {
  const body = Buffer.from(await response.arrayBuffer());
  outgoing.writeHead(response.status, { ...Object.fromEntries(response.headers), 'content-length': body.length });
  outgoing.end(body);
};

const answer = async (
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  base: string,
  handle: Handler,
  lingerMs: number,
): Promise<void> => {
  const gone = new AbortController();
  outgoing.once('close', () => gone.abort());
  outgoing.once('finish', () => {
    if (!incoming.complete) setTimeout(() => incoming.socket.destroy(), lingerMs).unref();
  });
  let request: Request | undefined;
  try {
    request = requestOf(incoming, base, gone.signal);
  } catch {
    request = undefined; // a method that no web request has, such as TRACE
  }
  if (!request) {
    outgoing.writeHead(400, { 'content-type': 'application/json' });
    outgoing.end(failure('invalid', 'That is no request this server can read'));
    return;
  }
  await send(outgoing, await handle(request));
};

const brokenStatus = new Map([
  ['HPE_HEADER_OVERFLOW', 431],
  ['ERR_HTTP_REQUEST_TIMEOUT', 408],
]);

/** What does not parse as HTTP, or comes too slowly, never becomes a request; it is answered by hand. */
const refuseBroken = (error: NodeJS.ErrnoException, socket: Duplex): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = brokenStatus.get(error.code ?? '') ?? 400;
  const body = failure('invalid', status === 408 ? 'The request came too slowly' : 'That is not HTTP as it should be');
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
};

const closeServer = async (server: Server, sockets: ReadonlySet<Socket>, graceMs: number): Promise<void> => {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A connection falls idle once its answer is out.
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  const late = setTimeout(() => {
    for (const socket of sockets) socket.destroy();
  }, graceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(late);
};

/** Listens until `close`. Fails as `listen` does, for example when the port is taken. */
export const openDoor = async (handle: Handler, { host, port }: Place, limits: DoorLimits = {}): Promise<Door> => {
  const { headersMs = HEADERS_MS, requestMs = REQUEST_MS, lingerMs = LINGER_MS } = limits;
  const sockets = new Set<Socket>();
  let base = '';
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      connectionsCheckingInterval: Math.min(headersMs, 1_000),
      keepAliveTimeout: KEEP_ALIVE_MS,
    },
    (incoming, outgoing) => {
      answer(incoming, outgoing, base, handle, lingerMs).catch((err: unknown) => {
        // Nobody hears it where the sender went away: that is no fault of ours.
        if (!outgoing.destroyed) log.error({ err }, 'an answer could not be sent');
        outgoing.destroy();
      });
    },
  );
  server.maxConnections = MAX_CONNECTIONS;
  server.setTimeout(SILENT_MS);
  server.on('clientError', refuseBroken);
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  const address = server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  base = `http://${isIPv6(host) ? `[${host}]` : host}:${bound}`;
  return { url: base, close: (graceMs) => closeServer(server, sockets, graceMs) };
};
