import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase, stopDatabase } from './database';
import { waitForExit } from './stop';
import { openThrowaway, type Throwaway } from './throwaway';

let throwaway: Throwaway;
const open = (portMayMove = true) => openDatabase(throwaway.dataDir, { portMayMove });

const query = async (url: string, text: string): Promise<readonly unknown[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
};

beforeAll(async () => {
  throwaway = await openThrowaway('durable'); // Its crashes are the test.
  await query(throwaway.database.url, 'CREATE TABLE kept AS SELECT 42 AS n');
});
afterAll(() => throwaway.close());

test('a second opening joins the running server', async () => {
  const { process: first, url } = throwaway.database;
  expect(await open()).toMatchObject({ process: first, url });
});

test('the studio is no superuser', async () => {
  const text = "SELECT rolsuper, rolcreaterole FROM pg_roles WHERE rolname = 'veripo'";
  expect(await query(throwaway.database.url, text)).toEqual([{ rolsuper: false, rolcreaterole: false }]);
});

test('after kill -9 it comes back with its rows, on the same port', async () => {
  const { process: first, url } = await open();
  process.kill(first.pid, 'SIGKILL');
  await waitForExit(first, 5_000);
  const again = await open(false);
  expect(again.process.pid).not.toBe(first.pid);
  expect(again.url).toBe(url);
  expect(await query(again.url, 'SELECT n FROM kept')).toEqual([{ n: 42 }]);
});

test('a lock file that names a living stranger does not keep it from starting', async () => {
  const state = JSON.parse(await readFile(path.join(throwaway.dataDir, 'database.json'), 'utf8'));
  const lockFile = path.join(state.directory, 'postmaster.pid');
  const text = await readFile(lockFile, 'utf8');
  await stopDatabase(throwaway.dataDir);
  await writeFile(lockFile, text.replace(/^\d+/, String(process.pid)));
  expect(await query((await open()).url, 'SELECT n FROM kept')).toEqual([{ n: 42 }]);
});

test('when another program took its port it moves, unless programs know the port', async () => {
  const { url } = await open();
  await stopDatabase(throwaway.dataDir);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(Number(new URL(url).port), '127.0.0.1', resolve));
  try {
    await expect(open(false)).rejects.toThrow(/^Its port \d+ is taken by/);
    expect((await open()).url).not.toBe(url);
  } finally {
    server.close();
  }
});

test('a guest is spared, and its server with it', async () => {
  const database = await open();
  const guest = new pg.Client({ connectionString: database.url });
  guest.on('error', () => undefined); // The server ends it below.
  await guest.connect();
  await database.close();
  expect(database.isAlive()).toBe(true);
  await database.close('end');
  expect(database.isAlive()).toBe(false);
});
