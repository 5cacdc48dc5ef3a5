/** Who may ask the service: machines with the token, by a name that is its own, and never a browser. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { AppError } from '@/lib/errors';
import { sentToken } from '@/lib/http/sent-token';

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];
const LOOPBACK_ADDRESSES: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '::1']);

/** Whether only this machine reaches a server that listens on `host`. */
export const isLoopback = (host: string): boolean => LOOPBACK_ADDRESSES.has(host);

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Throws `forbidden` for requests of browsers: pages have no business here, and a name that somebody else's DNS points
 * at this machine (rebinding) is not ours. Only on loopback are the names known; elsewhere the token decides.
 */
export const requireMachine = (headers: Headers, loopbackOnly: boolean): void => {
  if (headers.has('origin') || (headers.get('sec-fetch-site') ?? 'none') !== 'none') {
    throw new AppError('forbidden', 'Refused: this service is for programs, and a browser sent this for a page');
  }
  if (!loopbackOnly) return;
  const name = headers.get('host')?.toLowerCase().replace(/:\d+$/, '');
  if (name === undefined || !LOOPBACK.includes(name)) {
    throw new AppError(
      'forbidden',
      'This service listens on this machine alone and answers to 127.0.0.1 and localhost',
    );
  }
};

/** Throws `unauthenticated` unless the request carries the token; takes equally long however much of it is right. */
export const requireToken = (headers: Headers, token: string | null): void => {
  if (token === null) return;
  const sent = sentToken(headers);
  if (sent === undefined || !timingSafeEqual(digest(sent), digest(token))) {
    throw new AppError('unauthenticated', 'Send the token that this service was started with as a bearer token');
  }
};
