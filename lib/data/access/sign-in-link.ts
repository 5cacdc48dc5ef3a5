import 'server-only';
import { isAPIError } from 'better-auth/api';
import { auth } from './auth';

/** Spends a one-time token: the session's `set-cookie` values, or undefined when it is unknown, spent or old. */
export const signInWithLink = async (token: string): Promise<string[] | undefined> => {
  try {
    const { headers } = await auth.api.magicLinkVerify({
      query: { token },
      headers: new Headers(),
      returnHeaders: true,
    });
    const cookies = headers.getSetCookie();
    return cookies.length > 0 ? cookies : undefined;
  } catch (error) {
    // better-auth answers a bad token with a redirect to its error page, thrown.
    if (isAPIError(error) && error.status === 'FOUND') return undefined;
    throw error;
  }
};
