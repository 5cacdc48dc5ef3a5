/** `npm run trainer-test`: the trainer's suite alone. */
import { main } from './main';
import { say } from './progress.mjs';
import { listenForStop } from './stop-signal';
import { summarize } from './suite';
import { testTrainer } from './test-trainer';
import { prepareTrainerVenv } from './trainer-venv';

main(async () => {
  const { asked } = listenForStop();
  const { lines, failed } = summarize([await testTrainer(await prepareTrainerVenv(asked), asked)]);
  for (const line of lines) say(line);
  return failed > 0 ? 1 : 0;
});
