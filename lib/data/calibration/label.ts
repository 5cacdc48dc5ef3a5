import 'server-only';
/** Labels are acts, appended and never changed: the last one of a person holds, and taking one back is an act too. */
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import { notify } from '@/lib/data/events';
import type { Viewer } from '@/lib/data/viewer';
import type { LabelItem, LabelSend } from '@/lib/domain/calibration/sample';
import { AppError } from '@/lib/errors';
import { getItemRollout, getLabelItem } from './item';

const storedSchema = z.object({
  sample_id: z.uuid(),
  rollout_id: z.uuid(),
  actor_id: z.string().nullable(),
  check: z.string(),
  value: z.string().nullable(),
});

/**
 * Labels one check of one item, or takes the viewer's label back, and returns the item as it shows after that. Any
 * member may. The same id again changes nothing.
 *
 * @throws AppError `not_found` for foreign samples; `invalid` for a check that the sample does not ask about;
 * `conflict` when the id names another act.
 */
export const addLabel = async (viewer: Viewer, { id, sampleId, position, label }: LabelSend): Promise<LabelItem> => {
  const { projectId, rolloutId, checks } = await getItemRollout(viewer, sampleId, position);
  const { check, value } = label;
  if (!checks.includes(check)) throw new AppError('invalid', `This sample does not ask about ${check}`);
  const act = { sample_id: sampleId, rollout_id: rolloutId, actor_id: viewer.userId, check, value };
  const { rowCount } = await pool.query(
    `INSERT INTO label (id, sample_id, rollout_id, actor_id, "check", value) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (id) DO NOTHING`,
    [id, act.sample_id, act.rollout_id, act.actor_id, act.check, act.value],
  );
  if (rowCount === 0) await requireSame(id, act);
  else await notify({ projectId, topic: 'label', id: sampleId });
  return getLabelItem(viewer, sampleId, position);
};

const requireSame = async (id: string, act: z.infer<typeof storedSchema>): Promise<void> => {
  const { rows } = await pool.query('SELECT sample_id, rollout_id, actor_id, "check", value FROM label WHERE id = $1', [
    id,
  ]);
  const stored = storedSchema.parse(rows[0]);
  const same = (['sample_id', 'rollout_id', 'actor_id', 'check', 'value'] as const).every(
    (name) => stored[name] === act[name],
  );
  if (!same) throw new AppError('conflict', 'This id already names another label');
};
