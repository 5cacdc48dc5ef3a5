/** Rollouts by the hundred thousand of one run, with a verdict each, for the bench of the what-if. */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import pg, { type Client } from 'pg';
import { migrate } from '@/lib/data/migrate';
import { step } from '@/scripts/progress.mjs';
import { root } from '@/scripts/root';
import { openThrowaway } from '@/scripts/throwaway';
import { seedLists } from './lists-seed';

/** As wide as real ones: three places of evidence and a sentence for each check. */
const verdicts = `
INSERT INTO verdict (rollout_id, reading_id, well_formed, cut_off, answer, accuracy, consistency, concluded, repetition,
  think_tokens, token_source, evidence, reasons)
SELECT rollout.id, version.reading_id, well_formed, length_class = 'cut_off', answer,
  CASE WHEN kind = 'regression' THEN round((accuracy * random())::numeric, 1) ELSE accuracy END, consistency, answer, repetition,
  think_tokens, token_source,
  '[{"check":"accuracy","role":"answer","start":1490,"end":1491},{"check":"consistency","role":"conclusion","start":1440,"end":1461},{"check":"repetition","role":"repeat","start":80,"end":400}]',
  '{"format":"One think block, then one answer block","accuracy":"The answer A is the right option","consistency":"The thinking concludes A, as the answer says","repetition":"12 % of the words repeat earlier passages","length":"About 540 tokens of thinking"}'
FROM rollout JOIN run ON run.id = rollout.run_id JOIN verifier_version version ON version.id = run.verifier_version_id
ORDER BY rollout.seq`;

/** Fills an empty, migrated database; about `rolloutCount` rollouts of one run, all verified. */
const seedWhatIf = async (client: Client, rolloutCount: number): Promise<{ userId: string; runId: string }> => {
  const { userId } = await seedLists(client, rolloutCount, 1);
  await client.query(verdicts);
  await client.query('VACUUM ANALYZE');
  const { rows } = await client.query<{ id: string }>('SELECT id FROM run');
  return { userId, runId: rows[0]?.id ?? '' };
};

/**
 * Measures on a database of its own with one run of so many verified rollouts, and takes it away again. Gives the exit
 * code: 0 when `measure` says that its aims were met.
 */
export const onSeededRun = async (
  rolloutCount: number,
  measure: (userId: string, runId: string) => Promise<boolean>,
): Promise<0 | 1> => {
  const throwaway = await openThrowaway();
  try {
    const url = throwaway.database.url;
    await migrate(url, path.join(root, 'prisma/migrations'));
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { userId, runId } = await step('Seeding rollouts', () => seedWhatIf(client, rolloutCount));
    await client.end();
    Object.assign(process.env, {
      DATABASE_URL: url,
      VERIPO_DATA_DIR: throwaway.dataDir,
      VERIPO_SECRET: randomBytes(16).toString('hex'),
      VERIPO_BASE_URL: 'http://localhost:3000',
    });
    const { disconnect } = await import('@/lib/data/db');
    try {
      return (await measure(userId, runId)) ? 0 : 1;
    } finally {
      await disconnect();
    }
  } finally {
    await throwaway.close();
  }
};
