import 'server-only';
/** The chains of groups with their texts, in one query. */
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import { loggedFrames } from '@/lib/data/rollouts/detail';
import type { Viewer } from '@/lib/data/viewer';
import { projectValues, visibleProjects } from '@/lib/data/visible-sql';
import {
  CHAIN_CHARS,
  type ComparedChain,
  comparedChainSchema,
  MOST_CHAINS,
} from '@/lib/domain/question-comparison/comparison';

const chainRowSchema = z.object({
  ...comparedChainSchema.omit({ frames: true }).shape,
  groupId: z.uuid(),
  frameIndices: z.array(z.int()).nullable(),
  frameTimes: z.array(z.number()).nullable(),
  frameHeight: z.int().nullable(),
  frameWidth: z.int().nullable(),
});

type GroupedChain = { readonly groupId: string; readonly chain: ComparedChain };

const groupedChain = ({
  groupId,
  frameIndices,
  frameTimes,
  frameHeight,
  frameWidth,
  ...chain
}: z.infer<typeof chainRowSchema>): GroupedChain => ({
  groupId,
  chain: {
    ...chain,
    frames: loggedFrames({ frameIndices: frameIndices ?? [], frameTimes: frameTimes ?? [], frameHeight, frameWidth }),
  },
});

/** The first chains of each group with their evidence under their run's verifier; long texts are cut. */
export const listChains = async (viewer: Viewer, groupIds: readonly string[]): Promise<readonly GroupedChain[]> => {
  const { rows } = await pool.query(
    `SELECT rollout.group_id AS "groupId", rollout.position::int, rollout.id, rollout.sample_index AS "sampleIndex",
            rollout.answer, rollout.think_tokens AS "thinkTokens", rollout.token_source AS "tokenSource",
            rollout.corrected, rollout.well_formed AS "wellFormed", rollout.correct, rollout.consistency,
            rollout.repetitive, rollout.length_class AS "lengthClass", rollout.reward,
            left(body.response, ${CHAIN_CHARS}) AS response, length(body.response) > ${CHAIN_CHARS} AS cut,
            coalesce(verdict.evidence, '[]') AS evidence, body.frame_indices AS "frameIndices",
            body.frame_times AS "frameTimes", body.frame_height AS "frameHeight", body.frame_width AS "frameWidth"
     FROM unnest($3::uuid[]) AS shown(id)
     CROSS JOIN LATERAL (
       SELECT *, row_number() OVER (ORDER BY sample_index NULLS LAST, seq) AS position FROM rollout
       WHERE rollout.group_id = shown.id AND rollout.project_id IN ${visibleProjects}
       ORDER BY sample_index NULLS LAST, seq LIMIT ${MOST_CHAINS}
     ) AS rollout
     JOIN rollout_text AS body ON body.rollout_id = rollout.id
     JOIN run ON run.id = rollout.run_id JOIN verifier_version AS version ON version.id = run.verifier_version_id
     LEFT JOIN verdict ON verdict.rollout_id = rollout.id AND verdict.reading_id = version.reading_id
     ORDER BY rollout.group_id, rollout.position`,
    [...projectValues(viewer), groupIds],
  );
  return z.array(chainRowSchema).parse(rows).map(groupedChain);
};
