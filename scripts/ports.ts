import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { AppError } from '@/lib/errors';
import { processName } from './process-identity';

type Listening = { readonly port: number; readonly inode: string };

const LISTEN_STATE = '0A';

/** The listening sockets out of `/proc/net/tcp` or `tcp6`. */
export const parseListening = (table: string): readonly Listening[] =>
  table
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[3] === LISTEN_STATE)
    .map((fields) => ({ port: Number.parseInt(fields[1]?.split(':')[1] ?? '', 16), inode: fields[9] ?? '' }));

const readOrEmpty = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // Not Linux, or no IPv6: we then cannot name the other program, and say less.
  }
};

const holdsSocket = (pid: string, links: ReadonlySet<string>): boolean => {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => links.has(readlinkSync(`/proc/${pid}/fd/${fd}`)));
  } catch {
    return false; // Another user's process, or one that just ended.
  }
};

/** Who listens on the port, as words for a sentence: `node (process 123)`. */
export const describeListener = (port: number): string => {
  const sockets = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => parseListening(readOrEmpty(file)));
  const links = new Set(sockets.filter((socket) => socket.port === port).map(({ inode }) => `socket:[${inode}]`));
  const pid =
    links.size > 0 ? readdirSync('/proc').find((name) => /^\d+$/.test(name) && holdsSocket(name, links)) : undefined;
  return pid === undefined ? 'another program' : `${processName(Number(pid)) ?? 'a program'} (process ${pid})`;
};

/** Tries to listen; resolves to the port, or to the error code. */
const probe = (port: number, host: string): Promise<number | string> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'EUNKNOWN'));
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close();
      if (address && typeof address === 'object') resolve(address.port);
      else reject(new Error('A TCP server has no port'));
    });
  });

/** A port on loopback that nobody listens on at this moment. */
export const findFreePort = async (): Promise<number> => {
  const port = await probe(0, '127.0.0.1');
  if (typeof port === 'number') return port;
  throw new AppError('unavailable', `This machine does not let a program listen on 127.0.0.1 (${port}).`);
};

export const isPortFree = async (port: number, host: string): Promise<boolean> =>
  typeof (await probe(port, host)) === 'number';

/** Refuses with one sentence when the web server could not listen there. */
export const requirePort = async (port: number, host: string): Promise<void> => {
  const result = await probe(port, host);
  if (typeof result === 'number') return;
  if (result === 'EADDRINUSE') {
    const next = port === 65_535 ? port - 1 : port + 1;
    throw new AppError(
      'conflict',
      `Port ${port} is taken by ${describeListener(port)}. Choose another: npm start -- --port ${next}`,
    );
  }
  if (result === 'EACCES') {
    throw new AppError(
      'forbidden',
      `You may not listen on port ${port}. Choose one above 1023: npm start -- --port 4000`,
    );
  }
  throw new AppError('invalid', `Cannot listen on ${host}, port ${port} (${result}). Choose an address with --host.`);
};
