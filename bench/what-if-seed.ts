/** Rollouts by the hundred thousand of one run, with a verdict each, for the bench of the what-if. */
import type { Client } from 'pg';
import { seedLists } from './lists-seed';
import { onSeeded } from './on-seeded';

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
  const { userId } = await seedLists(client, rolloutCount, { runs: 1 });
  await client.query(verdicts);
  await client.query('VACUUM ANALYZE');
  const { rows } = await client.query<{ id: string }>('SELECT id FROM run');
  return { userId, runId: rows[0]?.id ?? '' };
};

/**
 * Measures on a database of its own with one run of so many verified rollouts, and takes it away again. Gives the exit
 * code: 0 when `measure` says that its aims were met.
 */
export const onSeededRun = (
  rolloutCount: number,
  measure: (userId: string, runId: string) => Promise<boolean>,
): Promise<0 | 1> =>
  onSeeded(
    (client) => seedWhatIf(client, rolloutCount),
    ({ userId, runId }) => measure(userId, runId),
  );
