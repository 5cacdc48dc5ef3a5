/** `npm run worker`: does the studio's background work until it is told to stop. Reads the whole environment. */
import { main } from './main';

main(async () => {
  const { disconnect } = await import('@/lib/data/db');
  const { closeSendingBoss } = await import('@/lib/jobs/boss');
  const { runWorker } = await import('@/lib/jobs/worker');
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  await runWorker(stop.signal);
  await closeSendingBoss();
  await disconnect();
  return 0;
});
