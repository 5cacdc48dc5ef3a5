/** Playwright's global set-up: spends the one-time link, and keeps the session for every spec. */
import { request } from '@playwright/test';

export const SIGNED_IN = '.test/signed-in.json';

export default async (): Promise<void> => {
  const link = process.env.E2E_SIGN_IN_LINK;
  if (!link) throw new Error('Run browser tests with `npm run e2e`, which starts a studio for them.');
  const context = await request.newContext();
  const response = await context.get(link);
  if (!response.ok()) throw new Error(`The sign-in link answered ${response.status()}`);
  await context.storageState({ path: SIGNED_IN });
  await context.dispose();
};
