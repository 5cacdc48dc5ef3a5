import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import { log } from '@/lib/log';

/**
 * Does a round again and again, `everyMs` apart, until the signal aborts. What fails is logged once, as `failed`, until a
 * round works again: a database that is away is waited for.
 */
export const keepRounds = async (
  round: () => Promise<void>,
  { everyMs, failed, signal }: { everyMs: number; failed: string; signal: AbortSignal },
): Promise<void> => {
  let isFailing = false;
  while (!signal.aborted) {
    try {
      await round();
      isFailing = false;
    } catch (error) {
      if (!isFailing) log.warn({ err: error }, failed);
      isFailing = true;
    }
    await sleep(everyMs, undefined, { signal }).catch(() => undefined); // Aborted: the loop ends.
  }
};
