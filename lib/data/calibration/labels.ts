import 'server-only';
/** The labels in force of a sample, of everybody. */
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import { foldLabels, type LabelInForce, labelCheckSchema, labelValueSchema } from '@/lib/domain/calibration/label';

const actSchema = z.object({
  rolloutId: z.uuid(),
  person: z.string().nullable(),
  name: z.string().nullable(),
  check: labelCheckSchema,
  value: labelValueSchema.nullable(),
});

const GONE = 'somebody who has left';

/** Ask only for a sample that the viewer may see. */
export const readSampleLabels = async (
  sampleId: string,
): Promise<{ labels: LabelInForce[]; nameOf: (person: string | null) => string }> => {
  const { rows } = await pool.query(
    `SELECT label.rollout_id AS "rolloutId", label.actor_id AS person, "user".name, label."check", label.value
     FROM label LEFT JOIN "user" ON "user".id = label.actor_id WHERE label.sample_id = $1 ORDER BY label.seq`,
    [sampleId],
  );
  const acts = z.array(actSchema).parse(rows);
  const names = new Map(acts.map(({ person, name }) => [person, name]));
  return { labels: foldLabels(acts), nameOf: (person) => names.get(person) ?? GONE };
};
