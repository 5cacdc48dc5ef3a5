/** What `npm start` runs once packages are there: the whole studio, until Ctrl-C. */
import { once } from 'node:events';
import { main } from './main';
import { parseOptions, USAGE } from './options';
import { say, step } from './progress.mjs';
import { root } from './root';
import { listenForStop } from './stop-signal';
import { type Studio, startStudio } from './supervise';

const signInLink = async (studio: Studio): Promise<string> => {
  Object.assign(process.env, studio.environment);
  // Imported late: these modules read the environment.
  const { createSignInLink } = await import('@/lib/data/sign-in');
  const { disconnect } = await import('@/lib/data/db');
  try {
    return await createSignInLink(studio.url);
  } finally {
    await disconnect();
  }
};

main(async () => {
  const options = parseOptions(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd(), root);
  if (!options) {
    say(USAGE);
    return 0;
  }
  const { asked, hurried } = listenForStop();
  try {
    const studio = await startStudio(options, asked);
    try {
      say(`VerIPO Studio is ready. Sign in (this link works once): ${await signInLink(studio)}`);
      say('Ctrl-C stops it.');
      if (!asked.aborted) await once(asked, 'abort');
    } finally {
      await step('Stopping', () => studio.stop(hurried));
    }
    say('The studio has stopped. Your data is kept.');
    return 0;
  } catch (error) {
    if (asked.aborted) return 0; // Stopped while it was still starting; `startStudio` has cleaned up.
    throw error;
  }
});
