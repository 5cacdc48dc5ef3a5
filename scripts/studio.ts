/** What `npm start` runs once packages are there: the whole studio, until Ctrl-C. */
import { once } from 'node:events';
import { main } from './main';
import { parseOptions, USAGE } from './options';
import { say, step } from './progress.mjs';
import { root } from './root';
import { makeSignInLink } from './sign-in-link';
import { listenForStop } from './stop-signal';
import { startStudio } from './supervise';

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
      say(`VerIPO Studio is ready. Sign in (this link works once): ${await makeSignInLink(studio)}`);
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
