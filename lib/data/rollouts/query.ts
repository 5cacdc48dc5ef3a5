import 'server-only';
/** From a rollout filter to SQL. Column names come from the tables below, values only ever as parameters. */
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import { createSlots } from '@/lib/data/slots';
import type { Viewer } from '@/lib/data/viewer';
import { type FacetName, facetNames, type RolloutFilter } from '@/lib/domain/rollouts/filter';
import { AppError } from '@/lib/errors';
import { facetIs } from './facet-sql';

/** Collects parameters; `add` returns the place holder. */
export class Parameters {
  readonly values: unknown[] = [];
  add(value: unknown): string {
    return `$${this.values.push(value)}`;
  }
}

/**
 * The viewer's project as a scalar, null when there is none: evaluated once, so that indexes on `project_id` serve.
 * The same choice as `getViewerProject`.
 */
export const projectOf = (viewer: Viewer, parameters: Parameters): string => {
  const user = parameters.add(viewer.userId);
  const token = parameters.add(viewer.projectId ?? null);
  return `(SELECT member.project_id FROM member WHERE member.user_id = ${user}
    AND (${token}::uuid IS NULL OR member.project_id = ${token}::uuid) ORDER BY member.created_at LIMIT 1)`;
};

const among = (column: string, values: readonly string[], type: 'uuid' | 'text', parameters: Parameters): string =>
  `${column} = ANY(${parameters.add(values)}::${type}[])`;

const facetWhere = (name: FacetName, values: readonly string[], parameters: Parameters, project: string): string => {
  if (name === 'set') return among('rollout.question_set_id', values, 'uuid', parameters);
  if (name !== 'iteration') return facetIs('rollout', name, values);
  return `rollout.iteration_id = ANY(ARRAY(SELECT iteration.id FROM iteration
    WHERE iteration.project_id = ${project} AND iteration.k = ANY(${parameters.add(values.map(Number))}::int[])))`;
};

/** By group, whose samples are of one step: so that few rows are looked up instead of all of a run looked through. */
const stepWhere = ({ step, run }: RolloutFilter, parameters: Parameters, project: string): string => {
  const ofRun = run.length > 0 ? ` AND ${among('sampled.run_id', run, 'uuid', parameters)}` : '';
  return `rollout.group_id = ANY(ARRAY(SELECT sampled.id FROM rollout_group sampled
    WHERE sampled.project_id = ${project}${ofRun} AND sampled.step = ANY(${parameters.add(step.map(Number))}::int[])))`;
};

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (special) => `\\${special}`);

const rangeConditions = [
  ['stepMin', (place: string) => `rollout.step >= ${place}::int`],
  ['stepMax', (place: string) => `rollout.step <= ${place}::int`],
  ['rewardMin', (place: string) => `rollout.reward >= ${place}::real`],
  ['rewardMax', (place: string) => `rollout.reward <= ${place}::real`],
  ['lengthMin', (place: string) => `rollout.think_tokens >= ${place}::int`],
  ['lengthMax', (place: string) => `rollout.think_tokens <= ${place}::int`],
  ['wordsMin', (place: string) => `rollout.think_words >= ${place}::int`],
  ['wordsMax', (place: string) => `rollout.think_words <= ${place}::int`],
  ['sentencesMin', (place: string) => `rollout.think_sentences >= ${place}::int`],
  ['sentencesMax', (place: string) => `rollout.think_sentences <= ${place}::int`],
] as const;

/** What of the filter one rollout must meet, over a table named `rollout`; `project` is that of the viewer. */
export const rolloutMatches = (filter: RolloutFilter, parameters: Parameters, project: string): string => {
  const conditions: string[] = [];
  if (filter.run.length > 0) conditions.push(among('rollout.run_id', filter.run, 'uuid', parameters));
  if (filter.question.length > 0) conditions.push(among('rollout.question_id', filter.question, 'uuid', parameters));
  if (filter.source.length > 0) conditions.push(among('rollout.source', filter.source, 'text', parameters));
  if (filter.step.length > 0) conditions.push(stepWhere(filter, parameters, project));
  for (const name of facetNames) {
    const values = filter.facets[name];
    if (values.length > 0) conditions.push(facetWhere(name, values, parameters, project));
  }
  for (const [name, condition] of rangeConditions) {
    if (filter[name] !== null) conditions.push(condition(parameters.add(filter[name])));
  }
  if (filter.text !== null) {
    conditions.push(`EXISTS (SELECT 1 FROM rollout_text WHERE rollout_text.rollout_id = rollout.id
      AND rollout_text.response ILIKE ${parameters.add(`%${escapeLike(filter.text)}%`)})`);
  }
  return conditions.length > 0 ? conditions.join(' AND ') : 'TRUE';
};

/** The `WHERE` of rollouts that the viewer may see and that pass the filter, over a table named `rollout`. */
export const rolloutWhere = (viewer: Viewer, filter: RolloutFilter, parameters: Parameters): string => {
  const project = projectOf(viewer, parameters);
  return `rollout.project_id = ${project} AND ${rolloutMatches(filter, parameters, project)}`;
};

/** Reading texts has no index: it may take this long, then the person is asked to narrow the search. */
const TEXT_SEARCH_MS = 8_000;
const queryCanceled = z.object({ code: z.literal('57014') });
/** Fewer than the pool has connections: slow searches wait for each other, and nobody else for them. */
const searchSlot = createSlots({
  atOnce: 2,
  inLine: 16,
  busy: 'Many text searches are under way: try again in a moment',
});

/**
 * Runs a list query. One that searches texts has a time limit, and waits for its turn.
 *
 * @throws AppError `busy` with a sentence when the text search is too broad, or too many stand in line.
 */
export const queryRollouts = async (
  text: string,
  parameters: Parameters,
  filter: RolloutFilter,
): Promise<unknown[]> => {
  if (filter.text !== null) return searchSlot(() => searchTexts(text, parameters));
  return (await pool.query<Record<string, unknown>>(text, parameters.values)).rows;
};

const searchTexts = async (text: string, parameters: Parameters): Promise<unknown[]> => {
  const client = await pool.connect();
  try {
    await client.query(`BEGIN READ ONLY; SET LOCAL statement_timeout = ${TEXT_SEARCH_MS}`);
    const { rows } = await client.query<Record<string, unknown>>(text, parameters.values);
    await client.query('COMMIT');
    return rows;
  } catch (error) {
    await client.query('ROLLBACK');
    if (!queryCanceled.safeParse(error).success) throw error;
    throw new AppError(
      'busy',
      `Searching the texts took longer than ${TEXT_SEARCH_MS / 1000} seconds: choose a run, an iteration or another filter first`,
      { cause: error },
    );
  } finally {
    client.release();
  }
};
