/** `npm run check`: lint and types. */
import { checkLint, checkTypes } from './check-code';
import { main } from './main';
import { say } from './progress.mjs';
import { summarize } from './suite';

main(async () => {
  const { lines, failed } = summarize([await checkLint(), await checkTypes()]);
  for (const line of lines) say(line);
  return failed > 0 ? 1 : 0;
});
