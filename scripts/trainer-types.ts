/** `npm run trainer-types`: after a change of `trainer/openapi.json`. */
import { writeFile } from 'node:fs/promises';
import { generateTrainerTypes, TRAINER_TYPES } from './generate-trainer-types';
import { main } from './main';
import { say } from './progress.mjs';

main(async () => {
  await writeFile(TRAINER_TYPES, await generateTrainerTypes());
  say(`Wrote ${TRAINER_TYPES}`);
  return 0;
});
