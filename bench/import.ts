/**
 * Import of 200,000 rollouts against a raw COPY of the same rows into the same tables, indexes and checks included,
 * in the same run and with a database of its own that syncs to disk like a real one. `npm run bench -- import`.
 */
import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { migrate } from '@/lib/data/migrate';
import { openDatabase } from '@/scripts/database';
import { studioEnvironment } from '@/scripts/environment';
import { main } from '@/scripts/main';
import { say, step } from '@/scripts/progress.mjs';
import { root } from '@/scripts/root';
import { realSamples, syntheticSamples } from './rollout-texts';

const ROLLOUTS = Number(process.env.BENCH_ROLLOUTS ?? 200_000);
const GROUP = 8;
const AIM_RATIO = 0.4;
const AIM_RATE = 10_000;
const COLUMNS = {
  rollout: `id, project_id, run_id, iteration_id, group_id, question_id, question_set_id, stage, step, sample_index,
    source, chars, finish_reason, total_tokens, logged_reward, logged_correct, think_tokens, token_source, kind`,
  rollout_text: 'rollout_id, response, rewards, frame_indices',
} as const;

/** Studio NDJSON: groups of eight, each text a little its own, since equal texts would compress too well. */
const writeFile = async (file: string): Promise<number> => {
  const { formatStudioRollout } = await import('@/lib/domain/formats/readers/studio-ndjson');
  const samples = (await realSamples()) ?? syntheticSamples(1_560);
  const lines = function* (): Generator<string> {
    for (let at = 0; at < ROLLOUTS; at++) {
      const sample = samples[at % samples.length];
      if (!sample) return;
      const group = Math.floor(at / GROUP);
      const question = { ...sample.question, key: `bench-${group}`, kind: 'text' as const, options: [], truth: 'B' };
      yield formatStudioRollout({
        question,
        response: `${sample.response}\n${randomUUID()}`,
        step: group % 500,
        sampleKey: null,
        groupKey: null,
        finishReason: 'stop',
        thinkTokens: 100 + (at % 900),
        totalTokens: 200 + (at % 900),
        loggedReward: (at % 3) / 2,
        loggedCorrect: at % 3 === 2,
        rewards: { accuracy: (at % 3) / 2, format: 0.5 },
        advantage: 0.1,
        frameIndices: null,
      });
    }
  };
  await pipeline(lines(), createWriteStream(file));
  return (await stat(file)).size;
};

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
};

/** Time of COPY alone, in one transaction, from files that are ready. */
const rawCopy = async (client: PoolClient, folder: string): Promise<number> => {
  for (const [table, columns] of Object.entries(COLUMNS)) {
    const query = `COPY (SELECT ${columns} FROM ${table}) TO STDOUT`;
    await pipeline(client.query(copyTo(query)), createWriteStream(path.join(folder, table)));
  }
  await client.query('TRUNCATE rollout CASCADE');
  await client.query('CHECKPOINT').catch(() => undefined); // only a superuser may; without it the next is a little slower
  return seconds(async () => {
    await client.query('BEGIN');
    for (const [table, columns] of Object.entries(COLUMNS)) {
      const into = client.query(copyFrom(`COPY ${table} (${columns}) FROM STDIN`));
      await pipeline(createReadStream(path.join(folder, table), { highWaterMark: 1024 * 1024 }), into);
    }
    await client.query('COMMIT');
  });
};

const measure = async (folder: string): Promise<void> => {
  const { disconnect, pool } = await import('@/lib/data/db');
  const { closeSendingBoss } = await import('@/lib/jobs/boss');
  const { importNow } = await import('@/lib/jobs/import-now');
  const { ensureLocalOwner } = await import('@/lib/data/access/sign-in');
  const owner = await ensureLocalOwner();
  const file = path.join(folder, 'rollouts.ndjson');
  const bytes = await step('Writing the file', () => writeFile(file));
  const before = process.memoryUsage().rss;
  const took = await seconds(() =>
    step('Importing', (note) =>
      importNow(owner, file, { run: 'bench' }, { onProgress: ({ rolloutsNew }) => note(`${rolloutsNew} rollouts`) }),
    ),
  );
  const peak = process.resourceUsage().maxRSS / 1024;
  const { verifyNow } = await import('@/lib/jobs/verify-now');
  const judging = await seconds(() => step('Verifying', (note) => verifyNow(owner, 'bench', undefined, note)));
  const client = await pool.connect();
  const raw = await step('Copying the same rows raw', () => rawCopy(client, folder));
  client.release();
  await closeSendingBoss();
  await disconnect();
  const rate = ROLLOUTS / took;
  say(
    `Import of ${ROLLOUTS} rollouts, ${Math.round(bytes / 1024 / 1024)} MB: ${took.toFixed(1)} s, ${Math.round(rate)} rows/s (aim ${AIM_RATE}); ` +
      `raw COPY of the same rows: ${raw.toFixed(1)} s, ${Math.round(ROLLOUTS / raw)} rows/s; ratio ${(raw / took).toFixed(2)} (aim ${AIM_RATIO}); ` +
      `peak memory ${Math.round(peak)} MB, ${Math.round(before / 1024 / 1024)} MB before it began`,
  );
  say(`Verifying them, with reading, writing verdicts and standings: ${Math.round(ROLLOUTS / judging)} rollouts/s`);
};

main(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'veripo-bench-'));
  await chmod(folder, 0o711); // PostgreSQL runs as another user than root, who must be able to enter
  const dataDir = path.join(folder, 'data');
  const database = await openDatabase(dataDir);
  try {
    await migrate(database.url, path.join(root, 'prisma/migrations'));
    Object.assign(process.env, await studioEnvironment({ dataDir, databaseUrl: database.url }), { LOG_LEVEL: 'error' });
    await measure(folder);
  } finally {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  }
  return 0;
});
