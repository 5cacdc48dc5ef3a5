import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, expect, test, vi } from 'vitest';
import { refresh } from './refresh';

afterEach(() => void vi.useRealTimers());

/** A watched query that takes `ms` and counts what was asked, answered and given up. */
const watch = async (ms: number) => {
  vi.useFakeTimers();
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const seen = { asked: 0, answered: 0, givenUp: 0 };
  let value = 'before';
  const observer = new QueryObserver(client, {
    queryKey: ['comparison', 'slow'],
    queryFn: async ({ signal }) => {
      seen.asked += 1;
      signal.addEventListener('abort', () => {
        seen.givenUp += 1;
      });
      const read = value;
      await new Promise((resolve) => setTimeout(resolve, ms));
      seen.answered += 1;
      return read;
    },
  });
  const leave = observer.subscribe(() => undefined);
  await vi.advanceTimersByTimeAsync(ms);
  return {
    seen,
    client,
    shown: () => observer.getCurrentResult().data,
    change: (to: string) => {
      value = to;
      void refresh(client, ({ queryKey }) => queryKey[0] === 'comparison');
    },
    leave,
  };
};

test('a slow answer comes while changes do not stop, and the last change is seen', async () => {
  const { seen, shown, change, leave } = await watch(3_000);
  for (let at = 1; at <= 20; at += 1) {
    change(`change ${at}`);
    await vi.advanceTimersByTimeAsync(500);
    if (at === 10) expect(shown()).not.toBe('before');
  }
  await vi.advanceTimersByTimeAsync(7_000);
  expect(shown()).toBe('change 20');
  expect(seen.givenUp).toBe(0);
  expect(seen.asked).toBe(seen.answered);
  // Twenty changes in ten seconds: no more than it takes to answer one after the other, and one for the last change.
  expect(seen.asked).toBeLessThanOrEqual(7);
  leave();
});

test('a quick answer follows each change', async () => {
  const { seen, shown, change, leave } = await watch(10);
  for (const to of ['one', 'two']) {
    change(to);
    await vi.advanceTimersByTimeAsync(500);
    expect(shown()).toBe(to);
  }
  expect(seen.asked).toBe(3);
  leave();
});

test('what is not stale is left alone', async () => {
  const { seen, client, leave } = await watch(10);
  const refreshed = refresh(client, ({ queryKey }) => queryKey[0] === 'runs');
  await vi.advanceTimersByTimeAsync(500);
  await refreshed;
  expect(seen.asked).toBe(1);
  leave();
});
