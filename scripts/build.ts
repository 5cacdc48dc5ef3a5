/** `npm run build`: the production build, if a source has changed. */
import { buildApp } from './build-app';
import { generateClient } from './generate-client';
import { main } from './main';
import { say } from './progress.mjs';

main(async () => {
  await generateClient();
  if (!(await buildApp())) say('The build is up to date.');
  return 0;
});
