import 'server-only';
/** Two versions on one run: which verdicts would flip, and what becomes of its pairs. Writes nothing. */
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import { createSlots } from '@/lib/data/slots';
import type { Viewer } from '@/lib/data/viewer';
import type { Comparison } from '@/lib/domain/verifier/comparison';
import { countFlipped, flipsOf } from '@/lib/domain/verifier/what-if/flips';
import { comparePairsToCome, compareStoredPairs } from './compare-pairs';
import { readComparedScores } from './compare-scores';
import { viewFlips } from './what-if';
import { getWhatIfTarget, type WhatIfTarget } from './what-if-target';

export type ComparisonAsked = { readonly runId: string; readonly fromId: string; readonly toId: string };

const numberRow = z.object({ id: z.uuid(), number: z.int() });

/** The numbers of versions that the caller knows to be the viewer's. */
const readNumbers = async (ids: readonly string[]): Promise<(id: string) => number> => {
  const { rows } = await pool.query('SELECT id, number FROM verifier_version WHERE id = ANY($1::uuid[])', [ids]);
  const numbers = new Map(
    z
      .array(numberRow)
      .parse(rows)
      .map(({ id, number }) => [id, number]),
  );
  return (id) => numbers.get(id) ?? 0;
};

/** Trying a proposal reads the texts of up to 2,000 questions: it is not done twice at once. */
const oneTrial = createSlots({
  atOnce: 1,
  inLine: 20,
  busy: 'Other versions are being compared: ask again in a moment',
});

/**
 * How the run would stand under `toId`, against `fromId`, from what is stored of both readings. Throws `not_found` for
 * foreign runs and versions, too, and `busy` when twenty wait for the same.
 */
export const compareVersions = async (
  viewer: Viewer,
  { runId, fromId, toId }: ComparisonAsked,
): Promise<Comparison> => {
  const asked = { runId, iterationId: null };
  const from = await getWhatIfTarget(viewer, { ...asked, versionId: fromId });
  const to = await getWhatIfTarget(viewer, { ...asked, versionId: toId });
  return oneTrial(() => compareTargets(viewer, from, to));
};

const compareTargets = async (viewer: Viewer, from: WhatIfTarget, to: WhatIfTarget): Promise<Comparison> => {
  const { snapshot, before, after, compared, missing, ...standings } = await readComparedScores(from, to);
  const numberOf = await readNumbers([from.versionId, to.versionId]);
  return {
    from: numberOf(from.versionId),
    to: numberOf(to.versionId),
    compared,
    flipped: countFlipped(before, after),
    missing,
    flips: await viewFlips(to, { snapshot }, flipsOf(snapshot, before, after, to.settings)),
    pairs: {
      ...(await compareStoredPairs(to.runId, standings.from, standings.to)),
      ...(await comparePairsToCome(viewer, to.runId, to.versionId, standings.to)),
    },
  };
};
