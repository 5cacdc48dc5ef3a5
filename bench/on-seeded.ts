/** A database of a bench's own, filled, measured and taken away again. */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import pg, { type Client } from 'pg';
import { migrate } from '@/lib/data/migrate';
import { step } from '@/scripts/progress.mjs';
import { root } from '@/scripts/root';
import { openThrowaway } from '@/scripts/throwaway';

/**
 * Gives the exit code: 0 when `measure` says that its aims were met. It is told what `seed` gave and the process id of
 * the database's server, and imports data functions only then: they read the environment when they are first imported.
 */
export const onSeeded = async <T>(
  seed: (client: Client) => Promise<T>,
  measure: (seeded: T, serverPid: number) => Promise<boolean>,
): Promise<0 | 1> => {
  const throwaway = await openThrowaway();
  try {
    const { url, process: server } = throwaway.database;
    await migrate(url, path.join(root, 'prisma/migrations'));
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const seeded = await step('Seeding rollouts', () => seed(client));
    await client.end();
    Object.assign(process.env, {
      DATABASE_URL: url,
      VERIPO_DATA_DIR: throwaway.dataDir,
      VERIPO_SECRET: randomBytes(16).toString('hex'),
      VERIPO_BASE_URL: 'http://localhost:3000',
    });
    const { disconnect } = await import('@/lib/data/db');
    try {
      return (await measure(seeded, server.pid)) ? 0 : 1;
    } finally {
      await disconnect();
    }
  } finally {
    await throwaway.close();
  }
};
