import 'server-only';
/** From a request to a viewer: a session cookie for people, a bearer token for scripts. */
import { headers } from 'next/headers';
import type { Viewer } from '@/lib/data/viewer';
import { AppError } from '@/lib/errors';
import { findTokenViewer, type TokenDoor } from './api-tokens';
import { auth } from './auth';

/** The signed-in person behind the current page, action or route; undefined when nobody is. */
export const findViewer = async (): Promise<Viewer | undefined> => {
  const session = await auth.api.getSession({ headers: await headers() });
  return session ? { userId: session.user.id } : undefined;
};

/** Throws `unauthenticated`. */
export const requireViewer = async (): Promise<Viewer> => {
  const viewer = await findViewer();
  if (!viewer)
    throw new AppError(
      'unauthenticated',
      'Sign in with the link that `npm start` printed, or print a new one with `npm run -s veripo -- sign-in`',
    );
  return viewer;
};

/**
 * For `/api/v1`: a bearer token, or the session of a person in the browser. The token of a job opens the door `rewards`
 * only. Throws `unauthenticated`.
 */
export const requireApiViewer = async (request: Request, door: TokenDoor = 'api'): Promise<Viewer> => {
  const header = request.headers.get('authorization');
  if (header === null) return requireViewer();
  const token = /^Bearer ([A-Za-z0-9_-]{20,200})$/.exec(header)?.[1];
  const viewer = token ? await findTokenViewer(token, door) : undefined;
  if (!viewer) throw new AppError('unauthenticated', 'This API token is unknown or revoked: make one in Settings');
  return viewer;
};
