/** How often what takes a while to count is asked for: changes may come many times a second. */
import type { QueryFunctionContext } from '@tanstack/react-query';

/** Resolves after `ms`, or at once when nobody waits any more. */
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });

/** Waits until the last answer to this query is `ms` old; not at all before the first. */
export const keepPace = async (
  { client, queryKey, signal }: Pick<QueryFunctionContext, 'client' | 'queryKey' | 'signal'>,
  ms: number,
): Promise<void> => {
  const wait = (client.getQueryState(queryKey)?.dataUpdatedAt ?? 0) + ms - Date.now();
  if (wait > 0) await pause(wait, signal);
};
