import { isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);
const WILDCARD = new Set(['0.0.0.0', '::', '']);

const bracketed = (host: string): string => (isIPv6(host) ? `[${host}]` : host);

/** The first address under which other machines reach this one; undefined without a network. */
const outsideAddress = (): string | undefined =>
  Object.values(networkInterfaces())
    .flat()
    .find((entry) => entry?.family === 'IPv4' && !entry.internal)?.address;

/** Where people open a studio that listens on `host`, unless VERIPO_BASE_URL says otherwise. */
export const publicUrl = (host: string, port: number, outside = outsideAddress): string => {
  if (LOOPBACK.has(host)) return `http://localhost:${port}`;
  const name = WILDCARD.has(host) ? (outside() ?? 'localhost') : host;
  return `http://${bracketed(name)}:${port}`;
};

/** Where this machine itself reaches it, to see whether it is up. */
export const localUrl = (host: string, port: number): string => {
  if (WILDCARD.has(host)) return `http://${host === '::' ? '[::1]' : '127.0.0.1'}:${port}`;
  return `http://${bracketed(host)}:${port}`;
};
