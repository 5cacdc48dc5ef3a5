import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { Outbox } from './outbox';

const schema = z.object({ id: z.uuid(), says: z.string() });
type OutboxEntry = z.infer<typeof schema>;

const memoryStore = (full = false) => {
  const rows = new Map<string, string>();
  return {
    get length() {
      return rows.size;
    },
    key: (at: number) => [...rows.keys()][at] ?? null,
    getItem: (key: string) => rows.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (full) throw new Error('quota');
      rows.set(key, value);
    },
    removeItem: (key: string) => {
      rows.delete(key);
    },
  };
};

const decide = (): OutboxEntry => ({ id: randomUUID(), says: 'approve' });
const answer = 'stored';

const open = (send: (entry: OutboxEntry) => Promise<string>, store = memoryStore(), viewerId = 'me') =>
  new Outbox({
    store,
    name: 'outbox',
    schema,
    viewerId,
    send,
    exclusively: (work) => work(),
    wait: () => Promise.resolve(),
  });

const settled = async (outbox: Outbox<OutboxEntry, string>): Promise<void> => {
  while (outbox.getState().entries.length > 0) await new Promise((resolve) => setTimeout(resolve, 1));
};

describe('outbox', () => {
  test('sends in order, one at a time', async () => {
    const log: string[] = [];
    const outbox = open(async ({ id }) => {
      log.push(`begin ${id}`);
      await Promise.resolve();
      log.push(`end ${id}`);
      return answer;
    });
    const entries = [decide(), decide(), decide()];
    for (const entry of entries) outbox.add(entry);
    await settled(outbox);
    expect(log).toEqual(entries.flatMap(({ id }) => [`begin ${id}`, `end ${id}`]));
  });

  test('keeps an act without an answer, says so, and sends the same one again', async () => {
    let failures = 3;
    const sent: string[] = [];
    const troubles = new Set<string | null>();
    const outbox = open(async ({ id }) => {
      sent.push(id);
      if (failures-- > 0) throw new AppError('unavailable', 'Nobody answered');
      return answer;
    });
    outbox.watch(() => troubles.add(outbox.getState().trouble));
    const [first, second] = [decide(), decide()];
    outbox.add(first);
    outbox.add(second);
    await settled(outbox);
    expect(sent).toEqual([first.id, first.id, first.id, first.id, second.id]);
    expect(troubles).toEqual(new Set([null, 'Nobody answered']));
  });

  test('drops what the server refuses, and tells', async () => {
    const refused: string[] = [];
    const outbox = open(() => Promise.reject(new AppError('conflict', 'Approved already')));
    outbox.listen({ refused: ({ id }, { message }) => refused.push(`${id} ${message}`) });
    const entry = decide();
    outbox.add(entry);
    await settled(outbox);
    expect(refused).toEqual([`${entry.id} Approved already`]);
  });

  test('a new page finds what the old one had not sent', async () => {
    const store = memoryStore();
    const never = open(() => new Promise(() => undefined), store);
    const entries = [decide(), { id: randomUUID(), says: 'undo' }];
    for (const entry of entries) never.add(entry);
    const sent: OutboxEntry[] = [];
    const next = open(async (entry) => {
      sent.push(entry);
      return answer;
    }, store);
    expect(next.getState().entries).toEqual(entries);
    next.resume();
    await settled(next);
    expect(sent).toEqual(entries);
  });

  test('another person on the same browser sends nothing of it', () => {
    const store = memoryStore();
    open(() => new Promise(() => undefined), store).add(decide());
    expect(open(async () => answer, store, 'you').getState().entries).toEqual([]);
  });

  test('without storage it says that acts last as long as the page', async () => {
    const volatile: boolean[] = [];
    const outbox = open(async () => answer, memoryStore(true));
    outbox.watch(() => volatile.push(outbox.getState().volatile));
    outbox.add(decide());
    await settled(outbox);
    expect(volatile[0]).toBe(true);
  });

  test('rows that are not ours are thrown away', async () => {
    const store = memoryStore();
    store.setItem('veripo.outbox.me.0000000000000001', '{"kind":"other"}');
    store.setItem('veripo.outbox.me.0000000000000002', 'no json');
    const outbox = open(async () => answer, store);
    outbox.add(decide());
    await settled(outbox);
    expect(store.length).toBe(0);
  });
});
