import { expect, test } from 'vitest';
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import { facetNames } from '@/lib/domain/rollouts/filter';
import { facetIs } from './facet-sql';

const rowsSchema = z.array(z.object({ expression: z.string() }));
const names = facetNames.filter((name) => name !== 'iteration' && name !== 'set');

/** `((facet_code / 6) % 5)`, as PostgreSQL prints it, without what only groups. */
const bare = (sql: string): string => sql.replaceAll(/[()]|rollout\./g, '');

test('the planner has statistics of every facet as lists ask for it', async () => {
  const { rows } = await pool.query(
    `SELECT unnest(pg_get_statisticsobjdef_expressions(oid)) AS expression FROM pg_statistic_ext
     WHERE stxrelid = 'rollout'::regclass`,
  );
  const known = rowsSchema.parse(rows).map(({ expression }) => bare(expression));
  const asked = names.map((name) => bare(facetIs('rollout', name, [])).split(' = ')[0]);
  expect(known.toSorted()).toEqual(asked.toSorted());
});
