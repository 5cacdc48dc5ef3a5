import 'server-only';
/** Rollouts as lists show them: pages by keyset, never a chain text. */
import { z } from 'zod';
import type { Viewer } from '@/lib/data/viewer';
import { formatRolloutCursor, type RolloutCursor, sortOrders } from '@/lib/domain/rollouts/cursor';
import { emptyFilter, type RolloutFilter, type RolloutSort } from '@/lib/domain/rollouts/filter';
import { type RolloutPage, type RolloutRow, rolloutRowSchema } from '@/lib/domain/rollouts/row';
import { Parameters, queryRollouts, rolloutWhere } from './query';

export const MAX_PAGE = 100;
/** Characters of a question that lists show. */
export const PROMPT_CHARS = 240;

const rowSchema = rolloutRowSchema.extend({ seq: z.string(), sortValue: z.number().nullable() });
type Row = z.infer<typeof rowSchema>;

const standing = `page.answer, page.think_tokens AS "thinkTokens", page.well_formed AS "wellFormed", page.correct,
  page.consistency, page.repetitive, page.length_class AS "lengthClass", page.reward, page.corrected`;

const columns = `page.id, page.seq, page.group_id AS "groupId", page.question_id AS "questionId",
  page.run_id AS "runId", run.name AS "runName", iteration.k AS iteration, page.stage, page.kind, page.step,
  page.sample_index AS "sampleIndex", page.source, page.token_source AS "tokenSource", page.repetition,
  page.logged_reward AS "loggedReward", page.logged_correct AS "loggedCorrect", page.disagrees, ${standing},
  left(question.prompt, ${PROMPT_CHARS}) AS prompt, question_set.name AS "setName"`;

type PageSpec = {
  readonly sort: RolloutSort;
  readonly cursor: RolloutCursor | undefined;
  readonly limit: number;
  /** Against the order of the list, for the rows before the cursor. */
  readonly backwards?: boolean;
};

/** Rows of one phase: those with a sort value, or those without one, which come after. */
const readPhase = async (
  viewer: Viewer,
  filter: RolloutFilter,
  { sort, cursor, limit, backwards = false }: PageSpec,
  phase: 'valued' | 'empty',
): Promise<Row[]> => {
  const { by, descending } = sortOrders[sort];
  const parameters = new Parameters();
  const where = [rolloutWhere(viewer, filter, parameters)];
  const valued = by !== null && phase === 'valued';
  const keys = valued ? [`rollout.${by}`, 'rollout.seq'] : ['rollout.seq'];
  if (by !== null) where.push(`rollout.${by} IS ${valued ? 'NOT NULL' : 'NULL'}`);
  const down = descending !== backwards;
  if (cursor) {
    const places = [
      // As the column holds it: a cursor made by hand must not fail in the cast.
      ...(valued && by === 'think_tokens' ? [`${parameters.add(Math.trunc(cursor.value ?? 0))}::int`] : []),
      ...(valued && by !== 'think_tokens' ? [`${parameters.add(Math.fround(cursor.value ?? 0))}::real`] : []),
      `${parameters.add(cursor.seq)}::bigint`,
    ];
    where.push(`(${keys.join(', ')}) ${down ? '<' : '>'} (${places.join(', ')})`);
  }
  const direction = down ? 'DESC' : 'ASC';
  const order = (table: string) => keys.map((key) => `${key.replace('rollout', table)} ${direction}`).join(', ');
  // What the subquery names is in the index of its order, unless the filter asks for more: only the page's rows are read.
  const text = `SELECT ${columns}, ${by === null ? 'NULL' : `page.${by}`} AS "sortValue" FROM (
      SELECT rollout.project_id, rollout.seq FROM rollout WHERE ${where.join(' AND ')}
      ORDER BY ${order('rollout')} LIMIT ${parameters.add(limit)}
    ) found
    JOIN rollout page ON page.project_id = found.project_id AND page.seq = found.seq
    JOIN question ON question.id = page.question_id JOIN question_set ON question_set.id = page.question_set_id
    JOIN run ON run.id = page.run_id JOIN iteration ON iteration.id = page.iteration_id
    ORDER BY ${order('page')}`;
  return z.array(rowSchema).parse(await queryRollouts(text, parameters, filter));
};

/**
 * Rows after the cursor, in order. Rows without a sort value (not verified yet) come last in both directions: a
 * second query reads them when the first has run out.
 */
const readRows = async (viewer: Viewer, filter: RolloutFilter, spec: PageSpec): Promise<Row[]> => {
  const { sort, cursor, limit, backwards = false } = spec;
  const phases = sortOrders[sort].by === null ? (['valued'] as const) : (['valued', 'empty'] as const);
  const at = cursor && cursor.value === null ? phases.length - 1 : 0;
  const left = backwards ? phases.slice(0, at + 1).toReversed() : phases.slice(at);
  const rows: Row[] = [];
  for (const [turn, phase] of left.entries()) {
    if (rows.length >= limit) break;
    const rest = { ...spec, cursor: turn === 0 ? cursor : undefined, limit: limit - rows.length };
    rows.push(...(await readPhase(viewer, filter, rest, phase)));
  }
  return rows;
};

const cursorOf = (row: Row): RolloutCursor => ({ value: row.sortValue, seq: row.seq });

const publicRow = ({ seq: _seq, sortValue: _sortValue, ...row }: Row): RolloutRow => row;

/**
 * One page of rollouts that pass the filter, at most `MAX_PAGE`. `nextCursor` is null on the last page.
 *
 * @throws AppError `busy` when a text search is too broad.
 */
export const listRollouts = async (
  viewer: Viewer,
  filter: RolloutFilter,
  { sort, cursor, limit }: Omit<PageSpec, 'backwards'>,
): Promise<RolloutPage> => {
  const size = Math.min(Math.max(1, limit), MAX_PAGE);
  const rows = await readRows(viewer, filter, { sort, cursor, limit: size + 1 });
  const shown = rows.slice(0, size);
  const last = shown.at(-1);
  return {
    rows: shown.map(publicRow),
    nextCursor: rows.length > size && last ? formatRolloutCursor(cursorOf(last)) : null,
  };
};

export type Neighbours = { readonly previousId: string | null; readonly nextId: string | null };

/**
 * The rollouts before and after one in a list. Both are null when the rollout is not the viewer's. A rollout that no
 * longer passes the filter (its verdict was corrected) still has its neighbours.
 */
export const getNeighbours = async (
  viewer: Viewer,
  rolloutId: string,
  filter: RolloutFilter,
  sort: RolloutSort,
): Promise<Neighbours> => {
  const { by } = sortOrders[sort];
  const parameters = new Parameters();
  const text = `SELECT rollout.seq, ${by === null ? 'NULL' : `rollout.${by}`} AS value FROM rollout
    WHERE ${rolloutWhere(viewer, emptyFilter, parameters)} AND rollout.id = ${parameters.add(rolloutId)}`;
  const found = await queryRollouts(text, parameters, emptyFilter);
  const here = z.array(z.object({ seq: z.string(), value: z.number().nullable() })).parse(found)[0];
  if (!here) return { previousId: null, nextId: null };
  const [before, after] = await Promise.all([
    readRows(viewer, filter, { sort, cursor: here, limit: 1, backwards: true }),
    readRows(viewer, filter, { sort, cursor: here, limit: 1 }),
  ]);
  return { previousId: before[0]?.id ?? null, nextId: after[0]?.id ?? null };
};
