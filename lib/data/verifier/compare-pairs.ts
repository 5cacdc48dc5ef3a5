import 'server-only';
/** What two versions make of a run's pairs: those that are there, and those that proposing again would add. */
import { z } from 'zod';
import { pool } from '@/lib/data/db';
import { readCandidates } from '@/lib/data/pairs/candidates';
import { readLastProposal } from '@/lib/data/pairs/last-proposal';
import { asProposed, staleJoins } from '@/lib/data/pairs/stale';
import type { Viewer } from '@/lib/data/viewer';
import { contentId } from '@/lib/domain/formats/identity';
import { pairStateSchema } from '@/lib/domain/pair';
import { proposePairs } from '@/lib/domain/pairs/build';
import type { PairGroup } from '@/lib/domain/pairs/candidate';
import { type Comparison, MOST_LISTED, type PairList } from '@/lib/domain/verifier/comparison';
import type { StandingOf } from './compare-scores';
import { breachUnder, ruledPairColumns, ruledPairShape } from './pair-breach';

const pairRow = z.object({
  id: z.uuid(),
  group_id: z.uuid(),
  state: pairStateSchema,
  touched: z.boolean(),
  ...ruledPairShape,
});

/** Pairs as their rules proposed them; those that people made anew stand on their word under every version. */
const READ_PAIRS = `
  SELECT p.id, p.group_id, p.state, ${ruledPairColumns},
         p.state <> 'proposed' OR EXISTS (SELECT FROM decision d WHERE d.pair_id = p.id) AS touched
  FROM pair p ${staleJoins} WHERE p.run_id = $1 AND ${asProposed} ORDER BY p.seq`;

type Lists = Record<'stale' | 'fresh' | 'go', PairList>;

/** Counts of all, examples of the first. */
const add = (list: PairList, example: PairList['examples'][number]): PairList => ({
  count: list.count + 1,
  examples: list.examples.length < MOST_LISTED ? [...list.examples, example] : list.examples,
});
const none: PairList = { count: 0, examples: [] };

/** Stored pairs whose rule holds under one of the two versions alone. */
export const compareStoredPairs = async (runId: string, from: StandingOf, to: StandingOf): Promise<Lists> => {
  const { rows } = await pool.query(READ_PAIRS, [runId]);
  const lists: Lists = { stale: none, fresh: none, go: none };
  for (const raw of rows) {
    const pair = pairRow.parse(raw);
    const { id, group_id: groupId, type, state, touched } = pair;
    const [was, becomes] = [breachUnder(pair, from), breachUnder(pair, to)];
    if ((was === null) === (becomes === null)) continue;
    const list = becomes === null ? 'fresh' : touched ? 'stale' : 'go';
    lists[list] = add(lists[list], { id, groupId, type, state, why: becomes ?? was ?? '' });
  }
  return lists;
};

/** Proposing reads the texts of every group: more than these would keep the page waiting too long. */
const MOST_GROUPS = 2_000;
const GROUPS_PER_BATCH = 64;

/** The group as it would stand; undefined where a rollout of it has no measures. */
const standOtherwise = (group: PairGroup, seqs: ReadonlyMap<string, number>, of: StandingOf): PairGroup | undefined => {
  const candidates = group.candidates.map((candidate) => {
    const stood = of(seqs.get(candidate.rolloutId) ?? -1);
    return stood && { ...candidate, ...stood };
  });
  return candidates.every((one) => one !== undefined) ? { ...group, candidates } : undefined;
};

const groupRow = z.object({ id: z.uuid(), iteration_id: z.uuid() });
const seqRow = z.object({ id: z.string(), seq: z.coerce.number() });
const idRow = z.object({ id: z.string() });

type Come = Pick<Comparison['pairs'], 'come' | 'comeSays'>;

/**
 * What proposing again would add under version `to`, in the iterations that have pairs, as each was proposed last. The
 * very proposal is made and thrown away.
 */
export const comparePairsToCome = async (
  viewer: Viewer,
  runId: string,
  versionId: string,
  to: StandingOf,
): Promise<Come> => {
  const { rows } = await pool.query(
    `SELECT g.id, g.iteration_id FROM rollout_group g
     WHERE g.run_id = $1 AND g.stage <> 'eval' AND EXISTS (SELECT FROM pair p WHERE p.iteration_id = g.iteration_id)
     ORDER BY g.seq LIMIT $2`,
    [runId, MOST_GROUPS + 1],
  );
  const groups = z.array(groupRow).parse(rows);
  if (groups.length === 0) return { come: null, comeSays: 'No pairs have been proposed for this run.' };
  if (groups.length > MOST_GROUPS) {
    return { come: null, comeSays: 'This run has too many questions to try its whole proposal here.' };
  }
  let come = none;
  let unread = 0;
  for (const [iterationId, of] of Map.groupBy(groups, ({ iteration_id }) => iteration_id)) {
    const last = await readLastProposal(viewer, iterationId);
    if (!last) continue;
    for (let at = 0; at < of.length; at += GROUPS_PER_BATCH) {
      const ids = of.slice(at, at + GROUPS_PER_BATCH).map(({ id }) => id);
      const seqs = await readSeqs(ids);
      const read = await readCandidates(ids, versionId);
      const moved = read.flatMap((group) => standOtherwise(group, seqs, to) ?? []);
      unread += read.length - moved.length;
      const proposed = moved.flatMap((group) => proposePairs(group, last.settings, last.seed));
      const named = new Map(proposed.map((pair) => [contentId('pair', iterationId, pair.fingerprint), pair]));
      const known = await readKnown([...named.keys()]);
      for (const [id, { groupId, type, why }] of named) {
        if (!known.has(id)) come = add(come, { id: null, groupId, type, state: null, why });
      }
    }
  }
  const comeSays = unread === 0 ? null : `${unread} questions have rollouts without measures, and are left out.`;
  return { come, comeSays };
};

const readSeqs = async (groupIds: readonly string[]): Promise<Map<string, number>> => {
  const { rows } = await pool.query('SELECT id, seq FROM rollout WHERE group_id = ANY($1::uuid[])', [groupIds]);
  return new Map(
    z
      .array(seqRow)
      .parse(rows)
      .map(({ id, seq }) => [id, seq]),
  );
};

const readKnown = async (ids: readonly string[]): Promise<Set<string>> => {
  const { rows } = await pool.query('SELECT id FROM pair WHERE id = ANY($1::uuid[])', [ids]);
  return new Set(
    z
      .array(idRow)
      .parse(rows)
      .map(({ id }) => id),
  );
};
