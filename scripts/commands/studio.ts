/** Connects a command to the studio's database: the one of `DATABASE_URL`, else the embedded one of the data folder. */
import path from 'node:path';
import { migrate } from '@/lib/data/migrate';
import type { Viewer } from '@/lib/data/viewer';
import { openDatabase } from '@/scripts/database';
import { studioEnvironment } from '@/scripts/environment';
import { generateClient } from '@/scripts/generate-client';
import { root } from '@/scripts/root';

/** Shared by every command that needs the studio. */
export const studioOptions = { data: { type: 'string' } } as const;
export const studioUsage = `  --data DIR         the studio's data folder (default: VERIPO_DATA_DIR, else .data here)
                     With DATABASE_URL in the environment that database is used instead.`;

/** The data folder that a command works on. */
export const studioFolder = (dataDir: string | undefined): string =>
  path.resolve(dataDir ?? process.env.VERIPO_DATA_DIR ?? path.join(root, '.data'));

/**
 * Runs `work` as the local owner, starting the embedded database when it does not run, and leaves everything as it
 * was found. Modules under `lib/data` may be imported from `work` on, not before: they connect when they load.
 */
export const withStudio = async (
  dataDir: string | undefined,
  work: (viewer: Viewer) => Promise<number>,
): Promise<number> => {
  const folder = studioFolder(dataDir);
  process.env.LOG_LEVEL ||= 'error';
  await generateClient();
  const managed = process.env.DATABASE_URL;
  const database = managed ? undefined : await openDatabase(folder);
  const databaseUrl = managed ?? database?.url ?? '';
  try {
    await migrate(databaseUrl, path.join(root, 'prisma/migrations'));
    Object.assign(process.env, await studioEnvironment({ dataDir: folder, databaseUrl }));
    const { disconnect } = await import('@/lib/data/db');
    const { closeSendingBoss } = await import('@/lib/jobs/boss');
    const { ensureLocalOwner } = await import('@/lib/data/access/sign-in');
    try {
      return await work(await ensureLocalOwner());
    } finally {
      await closeSendingBoss();
      await disconnect();
    }
  } finally {
    await database?.close();
  }
};
