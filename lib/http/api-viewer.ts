import 'server-only';
import type { TokenDoor } from '@/lib/data/access/api-tokens';
import { requireApiViewer } from '@/lib/data/access/session';
import type { Viewer } from '@/lib/data/viewer';
import { basicPassword } from './sent-token';

/** Who an API request speaks for, by a bearer's token or one that came as a password. Throws `unauthenticated`. */
export const requireTokenViewer = (request: Request, door: TokenDoor = 'api'): Promise<Viewer> => {
  const password = basicPassword(request.headers);
  if (password === undefined) return requireApiViewer(request, door);
  // What no token looks like could not be put into a header either.
  const authorization = /^[A-Za-z0-9_-]+$/.test(password) ? `Bearer ${password}` : 'Bearer none';
  return requireApiViewer(new Request(request.url, { headers: { authorization } }), door);
};
