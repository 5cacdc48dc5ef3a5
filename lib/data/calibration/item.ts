import 'server-only';
/**
 * One item as a person labels it. Blind by construction: what the verifier and the judges said is read only for checks
 * that this person has labelled, and the truth only once it may show. The rollout's own id, by which everything could be
 * looked up, comes last.
 */
import { z } from 'zod';
import { db, pool } from '@/lib/data/db';
import { questionSelect, questionViewOf } from '@/lib/data/question-sets/question-view';
import { framesSelect, loggedFrames } from '@/lib/data/rollouts/detail';
import type { Viewer } from '@/lib/data/viewer';
import { visibleTo } from '@/lib/data/viewer';
import { type LabelItem, labelItemSchema, nextCheck, truthMayShow } from '@/lib/domain/calibration/sample';
import { AppError } from '@/lib/errors';
import { askedOf, getSamplePlace } from './place';
import { readOwnLabels } from './samples';
import { showAccuracy, showConsistency } from './shown';

const itemSchema = z.object({ rollout_id: z.uuid() });

/** The rollout at this place of a sample. Throws `not_found` for foreign samples, and where nothing is. */
export const getItemRollout = async (viewer: Viewer, sampleId: string, position: number) => {
  const place = await getSamplePlace(viewer, sampleId);
  const { rows } = await pool.query('SELECT rollout_id FROM label_item WHERE sample_id = $1 AND position = $2', [
    sampleId,
    position,
  ]);
  if (rows.length === 0) throw new AppError('not_found', 'This sample has no such item');
  return { ...place, rolloutId: itemSchema.parse(rows[0]).rollout_id };
};

/** One item, blind. Throws `not_found` for foreign samples, and where nothing is. */
export const getLabelItem = async (viewer: Viewer, sampleId: string, position: number): Promise<LabelItem> => {
  const { rolloutId, checks } = await getItemRollout(viewer, sampleId, position);
  const [row, labels] = await Promise.all([
    db.rollout.findFirst({
      where: { id: rolloutId, ...visibleTo(viewer) },
      select: {
        kind: true,
        runId: true,
        run: { select: { sampler: true } },
        question: { select: questionSelect },
        rolloutText: { select: { response: true, ...framesSelect } },
      },
    }),
    readOwnLabels(viewer, sampleId),
  ]);
  if (!row?.rolloutText) throw new AppError('not_found', 'Rollout not found');
  const question = questionViewOf(row.question);
  const mine = labels.get(rolloutId) ?? {};
  const asked = askedOf(checks, question.truth !== '');
  const truthShown = truthMayShow({ asked, mine });
  return labelItemSchema.parse({
    sampleId,
    position,
    asked,
    mine,
    kind: row.kind,
    question: truthShown ? question : { ...question, truth: '' },
    truthShown,
    response: row.rolloutText.response,
    frames: loggedFrames(row.rolloutText),
    sampler: row.run.sampler,
    runId: row.runId,
    shown: {
      consistency: mine.consistency ? await showConsistency(viewer, rolloutId, mine.consistency.value) : null,
      accuracy: mine.accuracy ? await showAccuracy(viewer, rolloutId, mine.accuracy.value) : null,
      rolloutId: nextCheck({ asked, mine }) === undefined ? rolloutId : null,
    },
  });
};
