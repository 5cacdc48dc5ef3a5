import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Heard } from '@/lib/data/events';
import { eventStream, MAX_STREAMS, STREAM_MS } from './event-stream';

const listeners = new Set<(event: Heard) => void>();
vi.mock('@/lib/data/events', () => ({
  listenToEvents: async (_viewer: unknown, hear: (event: Heard) => void) => {
    listeners.add(hear);
    return () => listeners.delete(hear);
  },
}));

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const viewer = { userId: 'ada' };

test('a stream ends after its time, so that its client shows who it is again', async () => {
  const { body } = await eventStream(viewer, new AbortController().signal);
  const reader = body?.getReader();
  expect(new TextDecoder().decode((await reader?.read())?.value)).toMatch(/^retry:/);
  await vi.advanceTimersByTimeAsync(STREAM_MS);
  expect(listeners.size).toBe(0);
  let last = await reader?.read();
  while (last?.done === false) last = await reader?.read();
  expect(last?.done).toBe(true);
});

test('one person has so many streams and no more; a closed one makes room', async () => {
  const stops = Array.from({ length: MAX_STREAMS }, () => new AbortController());
  await Promise.all(stops.map(({ signal }) => eventStream(viewer, signal)));
  const { signal } = new AbortController();
  await expect(eventStream(viewer, signal)).rejects.toMatchObject({ code: 'busy' });
  const other = await eventStream({ userId: 'bob' }, signal);
  stops[0]?.abort();
  const again = await eventStream(viewer, signal);
  for (const stop of stops) stop.abort();
  await Promise.all([other.body?.cancel(), again.body?.cancel()]);
  expect(listeners.size).toBe(0);
});

test('a client that reads nothing is let go', async () => {
  await eventStream(viewer, new AbortController().signal);
  const [hear] = listeners;
  for (let count = 0; count < 5_000; count += 1) hear?.({ topic: 'task', id: 'x'.repeat(100) });
  expect(listeners.size).toBe(0);
});
