import type { Studio } from './supervise';

/** A one-time link into a running studio, for its owner. */
export const makeSignInLink = async (studio: Studio): Promise<string> => {
  Object.assign(process.env, studio.environment);
  // Imported late: these modules read the environment.
  const { createSignInLink } = await import('@/lib/data/access/sign-in');
  const { disconnect } = await import('@/lib/data/db');
  try {
    return await createSignInLink(studio.url);
  } finally {
    await disconnect();
  }
};
