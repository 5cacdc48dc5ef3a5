import { say } from '@/scripts/progress.mjs';
import { readArguments } from './arguments';
import { studioOptions, studioUsage, withStudio } from './studio';

export const usage = `Usage: veripo sign-in [--url URL]

Prints a link that signs the owner of this studio in, once, within a day.

  --url URL          where the studio is open (default: VERIPO_BASE_URL, else http://localhost:3000)
${studioUsage}`;

export const run = async (args: readonly string[]): Promise<number> => {
  const { values } = readArguments(args, { ...studioOptions, url: { type: 'string' } });
  if (values.url !== undefined) process.env.VERIPO_BASE_URL = values.url;
  return withStudio(values.data, async () => {
    const { config } = await import('@/lib/config');
    const { createSignInLink } = await import('@/lib/data/access/sign-in');
    say(await createSignInLink(config().VERIPO_BASE_URL));
    return 0;
  });
};
