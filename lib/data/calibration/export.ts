import 'server-only';
/** The labels in force of a sample for other programs: without any verdict. */
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import type { Viewer } from '@/lib/data/viewer';
import type { LabelCheck, LabelValue } from '@/lib/domain/calibration/label';
import { readSampleLabels } from './labels';
import { getSamplePlace } from './place';

type LabelLine = {
  /** Key of the question, and the file that the rollout came from: they find it again elsewhere. */
  readonly question: string;
  readonly source: string;
  readonly sampleIndex: number | null;
  readonly rolloutId: string;
  readonly check: LabelCheck;
  readonly value: LabelValue;
  readonly person: string;
  /** Given after the verdict had been shown. */
  readonly changed: boolean;
  /** Rollouts that the item stands for in its sample. */
  readonly weight: number;
};

const rowSchema = z.object({
  rolloutId: z.uuid(),
  key: z.string(),
  source: z.string(),
  sampleIndex: z.int().nullable(),
  weight: z.number(),
});

/** One line a label, in the order of the items. Throws `not_found` for foreign samples too. */
export const exportLabels = async (viewer: Viewer, sampleId: string): Promise<LabelLine[]> => {
  await getSamplePlace(viewer, sampleId);
  const [{ rows }, { labels, nameOf }] = await Promise.all([
    pool.query(
      `SELECT item.rollout_id AS "rolloutId", question.key, rollout.source, rollout.sample_index AS "sampleIndex",
              item.stratum_total::float8 / count(*) OVER (PARTITION BY item.stratum) AS weight
       FROM label_item item JOIN rollout ON rollout.id = item.rollout_id
       JOIN question ON question.id = rollout.question_id WHERE item.sample_id = $1 ORDER BY item.position`,
      [sampleId],
    ),
    readSampleLabels(sampleId),
  ]);
  const byRollout = Map.groupBy(labels, ({ rolloutId }) => rolloutId);
  return z
    .array(rowSchema)
    .parse(rows)
    .flatMap(({ rolloutId, key, source, sampleIndex, weight }) =>
      (byRollout.get(rolloutId) ?? []).map(({ check, value, person, changed }) => ({
        question: key,
        source,
        sampleIndex,
        rolloutId,
        check,
        value,
        person: nameOf(person),
        changed,
        weight,
      })),
    );
};
