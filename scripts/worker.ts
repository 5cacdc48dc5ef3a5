/** The worker as a program: `npm start` keeps it up; any number may run beside one database. */
import { runWorker } from '@/lib/jobs/worker';
import { main } from './main';

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping.abort());

main(async () => {
  await runWorker(stopping.signal);
  return 0;
});
