import 'server-only';
import type { TokenDoor } from '@/lib/data/access/api-tokens';
import { requireApiViewer } from '@/lib/data/access/session';
import type { Viewer } from '@/lib/data/viewer';

/**
 * Who an API request speaks for. Besides bearer tokens this takes HTTP Basic with the token as the password: trainers
 * that only let one name a URL (OpenRLHF) send that for `http://token:veripo_…@host/`. Throws `unauthenticated`.
 */
export const requireTokenViewer = (request: Request, door: TokenDoor = 'api'): Promise<Viewer> => {
  const basic = /^Basic ([A-Za-z0-9+/=]{1,2000})$/.exec(request.headers.get('authorization') ?? '')?.[1];
  if (basic === undefined) return requireApiViewer(request, door);
  const password = Buffer.from(basic, 'base64').toString('utf8').split(':').at(-1) ?? '';
  // What no token looks like could not be put into a header either.
  const authorization = /^[A-Za-z0-9_-]+$/.test(password) ? `Bearer ${password}` : 'Bearer none';
  return requireApiViewer(new Request(request.url, { headers: { authorization } }), door);
};
