import 'server-only';
/**
 * Sessions by better-auth. No endpoint of it is mounted: the studio's own routes call it, so the only way in is a
 * one-time link that somebody with a shell on this machine asked for, or an API token.
 */
import { betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { magicLink } from 'better-auth/plugins/magic-link';
import { config } from '@/lib/config';
import { db } from '@/lib/data/db';

const LINK_SECONDS = 24 * 60 * 60;
const SESSION_SECONDS = 30 * 24 * 60 * 60;

/** Tokens of links just made, by address: `createSignInLink` picks its own up right after asking for it. */
const issued = new Map<string, string>();

export const auth = betterAuth({
  baseURL: config().VERIPO_BASE_URL,
  secret: config().VERIPO_SECRET,
  database: prismaAdapter(db, { provider: 'postgresql' }),
  session: { expiresIn: SESSION_SECONDS, updateAge: 24 * 60 * 60 },
  // Cookies do not tell ports apart: two studios on one host need two names.
  advanced: { cookiePrefix: `veripo-${new URL(config().VERIPO_BASE_URL).port || 'default'}` },
  telemetry: { enabled: false },
  plugins: [
    magicLink({
      expiresIn: LINK_SECONDS,
      storeToken: 'hashed',
      disableSignUp: true,
      sendMagicLink: ({ email, token }) => {
        issued.set(email, token);
      },
    }),
  ],
});

/** A fresh one-time token for a known user, valid for a day. */
export const issueLinkToken = async (email: string): Promise<string> => {
  await auth.api.signInMagicLink({ body: { email }, headers: new Headers() });
  const token = issued.get(email);
  issued.delete(email);
  if (!token) throw new Error(`no sign-in token was issued for ${email}`);
  return token;
};
