/** `npm run e2e -- [Playwright options]`: browser tests alone. */
import { main } from './main';
import { say } from './progress.mjs';
import { listenForStop } from './stop-signal';
import { summarize } from './suite';
import { testInBrowser } from './test-browser';

main(async () => {
  const { asked } = listenForStop();
  const { lines, failed } = summarize([await testInBrowser(process.argv.slice(2), asked)]);
  for (const line of lines) say(line);
  return failed > 0 ? 1 : 0;
});
