import 'server-only';
import { AppError } from '@/lib/errors';
import { isAllowedHost, isAllowedOrigin } from './origins';

/**
 * The gate of proxy.ts, for routes that take large bodies: Next holds the first 10 MB of a body in memory in front of
 * a proxy and drops the rest, so they lie outside its matcher. Throws `forbidden`.
 */
export const requireGate = (request: Request): void => {
  const { headers, method } = request;
  if (!isAllowedHost(headers.get('host'))) {
    throw new AppError('forbidden', 'This studio does not answer to that Host: open it by the address it printed');
  }
  if (!isAllowedOrigin(headers.get('origin'), headers.get('sec-fetch-site'), method)) {
    throw new AppError('forbidden', 'Refused: the request came from another site');
  }
};
