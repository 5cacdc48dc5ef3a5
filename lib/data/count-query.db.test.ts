import { expect, test } from 'vitest';
import { countQuery } from './count-query';
import { pool } from './db';

test('what a query finds', async () => {
  expect((await countQuery('SELECT $1::int + 1 AS n', [1])).rows).toEqual([{ n: 2 }]);
});

test('a connection is given back after a query that fails, and nothing is written', async () => {
  for (const text of ['SELECT 1 / 0', 'CREATE TABLE written AS SELECT 1']) {
    for (let at = 0; at < 8; at += 1) await expect(countQuery(text, [])).rejects.toThrow();
  }
  expect((await countQuery('SELECT 1 AS n', [])).rows).toEqual([{ n: 1 }]);
});

test('however many charts are counted, others find a connection', async () => {
  const counting = Array.from({ length: 12 }, () => countQuery('SELECT pg_sleep(0.3)', []));
  const begun = Date.now();
  await Promise.all([1, 2, 3].map(() => pool.query('SELECT 1')));
  expect(Date.now() - begun).toBeLessThan(600);
  const { rows } = await pool.query(
    `SELECT count(*)::int AS n FROM pg_stat_activity
     WHERE datname = current_database() AND query LIKE 'SELECT pg_sleep%' AND state = 'active'`,
  );
  expect(rows).toEqual([{ n: 3 }]);
  await Promise.all(counting);
});

test('so many in line, the rest is told to come again', async () => {
  const counting = await Promise.allSettled(Array.from({ length: 600 }, () => countQuery('SELECT 1', [])));
  const refused = counting.filter(({ status }) => status === 'rejected');
  expect(refused.length).toBe(97);
  expect(refused[0]).toMatchObject({ reason: { code: 'busy' } });
});
