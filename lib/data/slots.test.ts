import { expect, test } from 'vitest';
import { createSlots } from './slots';

const held = () => {
  let release = () => {};
  const until = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { until, release };
};

test('works for so many, lets so many wait in order, turns the rest away', async () => {
  const enter = createSlots({ atOnce: 1, inLine: 2, busy: 'Come back later' });
  const [one, two] = [held(), held()];
  const order: string[] = [];
  const first = enter(async () => {
    order.push('first');
    await one.until;
  });
  const second = enter(async () => {
    order.push('second');
    await two.until;
  });
  const third = enter(async () => order.push('third'));
  await expect(enter(async () => order.push('fourth'))).rejects.toMatchObject({ code: 'busy' });
  expect(order).toEqual(['first']);
  one.release();
  await first;
  two.release();
  await Promise.all([second, third]);
  expect(order).toEqual(['first', 'second', 'third']);
});

test('work that fails gives its place back', async () => {
  const enter = createSlots({ atOnce: 1, inLine: 0, busy: 'Come back later' });
  await expect(enter(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await expect(enter(async () => 'done')).resolves.toBe('done');
});
