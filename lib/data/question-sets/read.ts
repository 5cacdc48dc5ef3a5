import 'server-only';
/** Question sets with their counts, and pages of their questions. */
import { z } from 'zod';
import { db, pool } from '@/lib/data/db';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import { projectValues, visibleProjects } from '@/lib/data/visible-sql';
import { kindSchema, modalitySchema } from '@/lib/domain/question';
import {
  QUESTION_PAGE,
  type QuestionFacets,
  type QuestionFilters,
  type QuestionMedia,
  type QuestionPage,
  type QuestionSet,
  questionMediaSchema,
  questionRowSchema,
} from '@/lib/domain/question-set';
import { AppError } from '@/lib/errors';

const MAX_SETS = 500;

/** What stands behind a question's media path; `media` is left-joined. */
export const mediaState = `(CASE WHEN question.media_path IS NULL THEN 'none' WHEN media.id IS NULL THEN 'unresolved'
  ELSE media.state END)`;

const cellSchema = z.object({
  setId: z.uuid(),
  kind: kindSchema,
  modality: modalitySchema,
  media: questionMediaSchema,
  count: z.int(),
});
type FacetCell = z.infer<typeof cellSchema>;

/** Sums the cells of one set by one of their fields, largest first. */
const facet = <V extends string>(cells: readonly FacetCell[], pick: (cell: FacetCell) => V) => {
  const counts = new Map<V, number>();
  for (const cell of cells) counts.set(pick(cell), (counts.get(pick(cell)) ?? 0) + cell.count);
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
};

const facetsOf = (cells: readonly FacetCell[]): QuestionFacets => ({
  kinds: facet(cells, ({ kind }) => kind),
  modalities: facet(cells, ({ modality }) => modality),
  media: facet<QuestionMedia>(cells, ({ media }) => media),
});

/** `setId` narrows to one set. */
const listFacetCells = async (viewer: Viewer, setId: string | null): Promise<FacetCell[]> => {
  const { rows } = await pool.query(
    `SELECT question.question_set_id AS "setId", question.kind, question.modality, ${mediaState} AS media,
            count(*)::int AS count
     FROM question LEFT JOIN media ON media.id = question.media_id
     WHERE question.project_id IN ${visibleProjects} AND ($3::uuid IS NULL OR question.question_set_id = $3)
     GROUP BY 1, 2, 3, 4`,
    [...projectValues(viewer), setId],
  );
  return z.array(cellSchema).parse(rows);
};

const countsSchema = z.array(z.object({ setId: z.uuid(), count: z.int() }));

const countRollouts = async (viewer: Viewer, setId: string | null): Promise<Map<string, number>> => {
  const { rows } = await pool.query(
    `SELECT question_set_id AS "setId", count(*)::int AS count FROM rollout
     WHERE project_id = ANY(ARRAY${visibleProjects}) AND ($3::uuid IS NULL OR question_set_id = $3) GROUP BY 1`,
    [...projectValues(viewer), setId],
  );
  return new Map(countsSchema.parse(rows).map(({ setId: id, count }) => [id, count]));
};

const toQuestionSet = (
  set: { id: string; name: string; createdAt: Date },
  cells: readonly FacetCell[],
  rollouts: ReadonlyMap<string, number>,
): QuestionSet => {
  const mine = cells.filter(({ setId }) => setId === set.id);
  return {
    id: set.id,
    name: set.name,
    createdAt: set.createdAt.toISOString(),
    questions: mine.reduce((sum, { count }) => sum + count, 0),
    rollouts: rollouts.get(set.id) ?? 0,
    facets: facetsOf(mine),
  };
};

const select = { id: true, name: true, createdAt: true } as const;

/** By name; at most 500. */
export const listQuestionSets = async (viewer: Viewer): Promise<QuestionSet[]> => {
  const [sets, cells, rollouts] = await Promise.all([
    db.questionSet.findMany({ where: visibleTo(viewer), orderBy: { name: 'asc' }, take: MAX_SETS, select }),
    listFacetCells(viewer, null),
    countRollouts(viewer, null),
  ]);
  return sets.map((set) => toQuestionSet(set, cells, rollouts));
};

/** Throws `not_found` for foreign sets too. */
export const getQuestionSet = async (viewer: Viewer, id: string): Promise<QuestionSet> => {
  const set = await db.questionSet.findFirst({ where: { id, ...visibleTo(viewer) }, select });
  if (!set) throw new AppError('not_found', 'Question set not found');
  const [cells, rollouts] = await Promise.all([listFacetCells(viewer, id), countRollouts(viewer, id)]);
  return toQuestionSet(set, cells, rollouts);
};

/** `%` and `_` of a person's text mean themselves. */
const likePattern = (text: string): string => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;

const matching = `FROM question LEFT JOIN media ON media.id = question.media_id
  WHERE question.project_id IN ${visibleProjects} AND question.question_set_id = $3
    AND ($4::text IS NULL OR question.kind = $4) AND ($5::text IS NULL OR question.modality = $5)
    AND ($6::text IS NULL OR ${mediaState} = $6)
    AND ($7::text IS NULL OR question.prompt ILIKE $7 OR question.key ILIKE $7)`;

/** One page of a set's questions in import order. Foreign sets have no questions. `after` is the last `seq` read. */
export const listQuestions = async (
  viewer: Viewer,
  setId: string,
  filters: QuestionFilters,
  after: string | null,
): Promise<QuestionPage> => {
  const values = [
    ...projectValues(viewer),
    setId,
    filters.kind ?? null,
    filters.modality ?? null,
    filters.media ?? null,
    filters.text ? likePattern(filters.text) : null,
  ];
  const [page, total] = await Promise.all([
    pool.query(
      `SELECT question.id, question.seq::text AS seq, question.key, question.kind, question.modality,
              left(question.prompt, 300) AS prompt, left(question.truth, 300) AS truth, ${mediaState} AS media,
              (SELECT count(*)::int FROM rollout WHERE rollout.question_id = question.id) AS rollouts
       ${matching} AND ($8::bigint IS NULL OR question.seq > $8)
       ORDER BY question.seq LIMIT ${QUESTION_PAGE + 1}`,
      [...values, after],
    ),
    pool.query(`SELECT count(*)::int AS total ${matching}`, values),
  ]);
  const rows = z.array(questionRowSchema).parse(page.rows);
  const shown = rows.slice(0, QUESTION_PAGE);
  return {
    rows: shown,
    next: rows.length > QUESTION_PAGE ? (shown.at(-1)?.seq ?? null) : null,
    total: z.object({ total: z.int() }).parse(total.rows[0]).total,
  };
};

/** Names for suggestions; at most 500. */
export const listQuestionSetNames = async (viewer: Viewer): Promise<string[]> => {
  const rows = await db.questionSet.findMany({
    where: visibleTo(viewer),
    orderBy: { name: 'asc' },
    take: MAX_SETS,
    select: { name: true },
  });
  return rows.map(({ name }) => name);
};
