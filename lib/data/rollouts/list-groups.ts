import 'server-only';
/** Rollouts grouped by question, as the list shows them: one row per group with a glyph for each of its samples. */
import { z } from 'zod';
import type { Viewer } from '@/lib/data/viewer';
import { formatRolloutCursor, type RolloutCursor } from '@/lib/domain/rollouts/cursor';
import type { RolloutFilter } from '@/lib/domain/rollouts/filter';
import { type GroupPage, groupRowSchema, groupSampleSchema } from '@/lib/domain/rollouts/row';
import { MAX_PAGE, PROMPT_CHARS } from './list';
import { Parameters, projectOf, queryRollouts, rolloutMatches } from './query';

/** Samples of a group that its row shows; the group's page shows all. */
const MAX_SAMPLES = 32;

const groupSchema = groupRowSchema.omit({ samples: true }).extend({ seq: z.string() });
const sampleSchema = groupSampleSchema.extend({ groupId: z.uuid() });

type GroupSpec = {
  readonly sort: 'newest' | 'oldest';
  readonly cursor: RolloutCursor | undefined;
  readonly limit: number;
};

const readGroups = async (viewer: Viewer, filter: RolloutFilter, { sort, cursor, limit }: GroupSpec) => {
  const parameters = new Parameters();
  const project = projectOf(viewer, parameters);
  const matches = rolloutMatches(filter, parameters, project);
  const down = sort === 'newest';
  const after = cursor ? `AND g.seq ${down ? '<' : '>'} ${parameters.add(cursor.seq)}::bigint` : '';
  // The key `rollout_place` gives a rollout the project of its group: without asking again, an index answers alone.
  const text = `SELECT page.id, page.seq, page.run_id AS "runId", run.name AS "runName", iteration.k AS iteration,
      page.stage, page.step, page.question_id AS "questionId", left(question.prompt, ${PROMPT_CHARS}) AS prompt,
      question.kind, question_set.name AS "setName",
      (SELECT count(*)::int FROM rollout WHERE rollout.group_id = page.id) AS "sampleCount"
    FROM (
      SELECT g.* FROM rollout_group g WHERE g.project_id = ${project} ${after}
        AND EXISTS (SELECT 1 FROM rollout WHERE rollout.group_id = g.id AND ${matches})
      ORDER BY g.seq ${down ? 'DESC' : 'ASC'} LIMIT ${parameters.add(limit)}
    ) page
    JOIN question ON question.id = page.question_id JOIN question_set ON question_set.id = question.question_set_id
    JOIN run ON run.id = page.run_id JOIN iteration ON iteration.id = page.iteration_id
    ORDER BY page.seq ${down ? 'DESC' : 'ASC'}`;
  return z.array(groupSchema).parse(await queryRollouts(text, parameters, filter));
};

const readSamples = async (viewer: Viewer, filter: RolloutFilter, groupIds: readonly string[]) => {
  const parameters = new Parameters();
  const project = projectOf(viewer, parameters);
  const matches = rolloutMatches(filter, parameters, project);
  const groups = parameters.add(groupIds);
  const text = `SELECT rollout.id, rollout.group_id AS "groupId", rollout.sample_index AS "sampleIndex", rollout.answer,
      rollout.think_tokens AS "thinkTokens", rollout.well_formed AS "wellFormed", rollout.correct, rollout.consistency,
      rollout.repetitive, rollout.length_class AS "lengthClass", rollout.reward, rollout.corrected,
      (${matches}) IS TRUE AS matches
    FROM unnest(${groups}::uuid[]) AS wanted(id)
    CROSS JOIN LATERAL (
      SELECT * FROM rollout WHERE rollout.group_id = wanted.id
      ORDER BY rollout.sample_index NULLS LAST, rollout.seq LIMIT ${MAX_SAMPLES}
    ) rollout
    WHERE rollout.project_id = ${project}`;
  return z.array(sampleSchema).parse(await queryRollouts(text, parameters, filter));
};

/**
 * One page of groups in which at least one rollout passes the filter, with all their samples; those that pass are
 * marked. In import order, `MAX_PAGE` at most.
 *
 * @throws AppError `busy` when a text search is too broad.
 */
export const listGroups = async (viewer: Viewer, filter: RolloutFilter, spec: GroupSpec): Promise<GroupPage> => {
  const size = Math.min(Math.max(1, spec.limit), MAX_PAGE);
  const groups = await readGroups(viewer, filter, { ...spec, limit: size + 1 });
  const shown = groups.slice(0, size);
  const samples = await readSamples(
    viewer,
    filter,
    shown.map(({ id }) => id),
  );
  const samplesOf = Map.groupBy(samples, ({ groupId }) => groupId);
  const last = shown.at(-1);
  return {
    rows: shown.map(({ seq: _seq, ...group }) => ({
      ...group,
      samples: (samplesOf.get(group.id) ?? []).map(({ groupId: _groupId, ...sample }) => sample),
    })),
    nextCursor: groups.length > size && last ? formatRolloutCursor({ value: null, seq: last.seq }) : null,
  };
};
