/** Playwright's global set-up: spends the one-time link, and keeps the session for every spec. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type APIRequestContext, request } from '@playwright/test';
import { z } from 'zod';

export const SIGNED_IN = '.test/signed-in.json';

const POLL_MS = 500;
const PATIENCE_MS = 300_000;
const tasksSchema = z.array(z.object({ state: z.string() }));

/** The clips of the example are looked at in the background: specs that wait for tasks of their own begin after that. */
const untilQuiet = async (context: APIRequestContext, origin: string): Promise<void> => {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    const tasks = tasksSchema.parse(await (await context.get(`${origin}/api/tasks`)).json());
    if (!tasks.some(({ state }) => state === 'queued' || state === 'running')) return;
    await sleep(POLL_MS);
  }
  throw new Error(`The studio under test was still busy after ${PATIENCE_MS / 1000} s`);
};

export default async (): Promise<void> => {
  const link = process.env.E2E_SIGN_IN_LINK;
  if (!link) throw new Error('Run browser tests with `npm run e2e`, which starts a studio for them.');
  const context = await request.newContext();
  const response = await context.get(link);
  if (!response.ok()) throw new Error(`The sign-in link answered ${response.status()}`);
  await context.storageState({ path: SIGNED_IN });
  await untilQuiet(context, new URL(response.url()).origin);
  await context.dispose();
};
