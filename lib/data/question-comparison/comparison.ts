import 'server-only';
/** One question with the chains of several slices: one query for each thing, none in a loop over slices. */
import { z } from 'zod';
import { db, pool } from '@/lib/data/db';
import { questionSelect, questionViewOf } from '@/lib/data/question-sets/question-view';
import { sliceValues, wantedSlices } from '@/lib/data/slices/slice-sql';
import { type Viewer, visibleTo } from '@/lib/data/viewer';
import { projectValues, visibleProjects } from '@/lib/data/visible-sql';
import { samplerProfileSchema } from '@/lib/domain/frames/profile';
import type { QuestionAddress } from '@/lib/domain/question-comparison/address';
import {
  comparedGroupSchema,
  type QuestionComparison,
  questionComparisonSchema,
} from '@/lib/domain/question-comparison/comparison';
import { stages } from '@/lib/domain/rollout';
import { formatSlice, type Slice, sliceSchema } from '@/lib/domain/slices/slice';
import { AppError } from '@/lib/errors';
import { listChains } from './chains';

const groupRowSchema = z.object({
  ...sliceSchema.shape,
  ...comparedGroupSchema.shape,
  runName: z.string(),
  sampler: samplerProfileSchema.nullable(),
});
type GroupRow = z.infer<typeof groupRowSchema>;

/** A question is sampled a few times an iteration; far more than any run does. */
const MOST_GROUPS = 5_000;

/** Every group of the question that the viewer may see: newest run first, then as the loop goes, then by step. */
const listGroups = async (viewer: Viewer, questionId: string): Promise<readonly GroupRow[]> => {
  const { rows } = await pool.query(
    `SELECT part.id, part.run_id AS "runId", run.name AS "runName", run.sampler, turn.k, part.stage, part.step,
            (SELECT count(*)::int FROM rollout WHERE rollout.group_id = part.id) AS rollouts
     FROM rollout_group AS part JOIN run ON run.id = part.run_id JOIN iteration AS turn ON turn.id = part.iteration_id
     WHERE part.question_id = $3 AND part.project_id IN ${visibleProjects}
     ORDER BY run.created_at DESC, run.id, turn.k, array_position('{${stages.join(',')}}'::text[], part.stage),
              part.step, part.seq
     LIMIT ${MOST_GROUPS}`,
    [...projectValues(viewer), questionId],
  );
  return z.array(groupRowSchema).parse(rows);
};

/** Throws `not_found` unless the viewer may see every slice. */
const nameRuns = async (viewer: Viewer, slices: readonly Slice[]): Promise<readonly string[]> => {
  if (slices.length === 0) return [];
  const { rows } = await pool.query(
    `WITH ${wantedSlices} SELECT run.name FROM wanted JOIN run ON run.id = wanted.run_id ORDER BY wanted.side`,
    sliceValues(viewer, slices),
  );
  if (rows.length < slices.length)
    throw new AppError('not_found', 'One of the slices was not found: choose slices that are here');
  return z
    .array(z.object({ name: z.string() }))
    .parse(rows)
    .map(({ name }) => name);
};

/** The group asked for by its id, else the one of the last step. */
const chooseGroup = (groups: readonly GroupRow[], wanted: readonly string[]): GroupRow | undefined =>
  groups.find(({ id }) => wanted.includes(id)) ?? groups.at(-1);

const gatherAsked = (groups: readonly GroupRow[]): QuestionComparison['asked'] =>
  [...Map.groupBy(groups, formatSlice).values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const { runId, k, stage, runName } = first;
    return [
      { runId, k, stage, runName, rollouts: others.reduce((sum, { rollouts }) => sum + rollouts, first.rollouts) },
    ];
  });

/**
 * The question with the chains of each slice, `MOST_CHAINS` at most, and the list of all slices that were asked it. A
 * slice that was not asked comes without groups. Throws `not_found` for a foreign question or slice.
 */
export const getQuestionComparison = async (
  viewer: Viewer,
  questionId: string,
  { slices, groups: wanted }: Pick<QuestionAddress, 'slices' | 'groups'>,
): Promise<QuestionComparison> => {
  const [row, groups, runNames] = await Promise.all([
    db.question.findFirst({
      where: { id: questionId, ...visibleTo(viewer) },
      select: { ...questionSelect, kind: true, questionSet: { select: { name: true } } },
    }),
    listGroups(viewer, questionId),
    nameRuns(viewer, slices),
  ]);
  if (!row) throw new AppError('not_found', 'Question not found');
  const ofSlice = Map.groupBy(groups, formatSlice);
  const parts = slices.map((slice, at) => {
    const own = ofSlice.get(formatSlice(slice)) ?? [];
    return { ...slice, runName: runNames[at] ?? '', groups: own, shown: chooseGroup(own, wanted) };
  });
  const chains = Map.groupBy(
    await listChains(
      viewer,
      parts.flatMap(({ shown }) => shown?.id ?? []),
    ),
    ({ groupId }) => groupId,
  );
  return questionComparisonSchema.parse({
    question: questionViewOf(row),
    kind: row.kind,
    setName: row.questionSet.name,
    slices: parts.map(({ shown, ...part }) => ({
      ...part,
      groupId: shown?.id ?? null,
      sampler: shown?.sampler ?? null,
      chains: (shown && chains.get(shown.id)?.map(({ chain }) => chain)) ?? [],
    })),
    asked: gatherAsked(groups),
  });
};
