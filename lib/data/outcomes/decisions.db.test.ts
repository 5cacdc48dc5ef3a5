import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { db, pool } from '@/lib/data/db';
import { approveRest } from '@/lib/data/gates/approve';
import { decidePair, undoLatest } from '@/lib/data/pairs/decide';
import { getProposalTarget } from '@/lib/data/pairs/proposal-target';
import { proposeIterationPairs } from '@/lib/data/pairs/propose';
import { type SeededProject, type SeededRun, seedProject, seedRun } from '@/lib/data/testing/seed';
import { correctVerdict, withdrawCorrection } from '@/lib/data/verdicts/correct';
import type { Viewer } from '@/lib/data/viewer';
import { agreementOf, countPairs } from '@/lib/domain/outcomes/decision';
import { actsInForce, foldPair, pairActSchema } from '@/lib/domain/pairs/life';
import { type PairRequest, storedProposalSchema } from '@/lib/domain/pairs/pair-view';
import { defaultPairSettings } from '@/lib/domain/pairs/settings';
import { AppError } from '@/lib/errors';
import { countDecisions } from './decisions';

const watch = { signal: new AbortController().signal, onProgress: () => undefined };
let project: SeededProject;
let foreign: SeededProject;
let run: SeededRun;
let pairIds: string[];

const decide = (viewer: Viewer, pairId: string, request: PairRequest) =>
  decidePair(viewer, { decisionId: randomUUID(), pairId, request });
const undo = (viewer: Viewer) => undoLatest(viewer, { decisionId: randomUUID(), iterationId: run.iterationId });
const now = () => countDecisions(project.owner, run.runId);

const idAt = (at: number): string => pairIds[at] ?? '';
/** A sample of the pair's question that is on neither side. */
const anotherSample = async (pairId: string): Promise<string> => {
  const pair = await db.pair.findUniqueOrThrow({ where: { id: pairId } });
  const taken = [pair.chosenRolloutId, pair.rejectedRolloutId].flatMap((id) => id ?? []);
  const { id } = await db.rollout.findFirstOrThrow({ where: { groupId: pair.groupId, id: { notIn: taken } } });
  return id;
};

beforeAll(async () => {
  [project, foreign] = await Promise.all([seedProject(), seedProject()]);
  run = await seedRun(project, { groups: 24 });
  await proposeIterationPairs(await getProposalTarget(project.owner, run.iterationId), defaultPairSettings, 0, watch);
  pairIds = (await db.pair.findMany({ where: { runId: run.runId }, orderBy: { seq: 'asc' } })).map(({ id }) => id);
});

/** Pairs by who decided them and how they stand, over all types. */
const standingNow = async () => {
  const { standing } = await now();
  return (by: 'people' | 'policy' | null, outcome: string) =>
    countPairs(standing, (each) => each.by === by && each.outcome === outcome);
};

describe('one act after the other', () => {
  test('an approval counts as people’s, and its undo takes it from the standing but not from the acts', async () => {
    await decide(project.reviewer, idAt(0), { action: 'approve' });
    expect((await standingNow())('people', 'unchanged')).toBe(1);
    await undo(project.reviewer);
    const { standing, acts } = await now();
    expect(standing.every(({ by }) => by === null)).toBe(true);
    expect(acts.map(({ action, acts: count, undone }) => [action, count, undone])).toEqual([
      ['approve', 1, 1],
      ['undo', 1, 0],
    ]);
  });

  test('an undo after two acts takes the later one alone', async () => {
    await decide(project.reviewer, idAt(0), { action: 'swap' });
    await decide(project.reviewer, idAt(0), { action: 'reject' });
    await undo(project.reviewer);
    await decide(project.reviewer, idAt(0), { action: 'approve' });
    const at = await standingNow();
    expect([at('people', 'swapped'), at('people', 'rejected'), at('people', 'unchanged')]).toEqual([1, 0, 0]);
  });

  test('swapped back it is as proposed; replaced and edited pairs say so', async () => {
    await decide(project.owner, idAt(0), { action: 'swap' });
    expect((await standingNow())('people', 'unchanged')).toBe(1);
    await decide(project.owner, idAt(1), { action: 'replace_rejected', rolloutId: await anotherSample(idAt(1)) });
    await decide(project.owner, idAt(1), { action: 'approve' });
    await decide(project.reviewer, idAt(2), {
      action: 'edit',
      side: 'chosen',
      text: '<think>I look again. So B.</think><answer>B</answer>',
    });
    // Changed and undecided is undecided.
    expect((await standingNow())('people', 'edited')).toBe(0);
    await decide(project.reviewer, idAt(2), { action: 'approve' });
    await decide(project.reviewer, idAt(3), { action: 'reject' });
    await decide(project.reviewer, idAt(4), { action: 'skip' });
    const at = await standingNow();
    expect(['unchanged', 'replaced', 'edited', 'rejected'].map((outcome) => at('people', outcome))).toEqual([
      1, 1, 1, 1,
    ]);
    expect(agreementOf((await now()).standing)).toMatchObject({ count: 1, total: 4 });
  });

  test('what a policy approves is the policy’s until a person decides it', async () => {
    await approveRest(project.projectId, run.iterationId, { policy: 'auto_approve' }, 0);
    expect((await standingNow())('policy', 'unchanged')).toBe(pairIds.length - 4);
    await decide(project.reviewer, idAt(5), { action: 'reject' });
    const at = await standingNow();
    expect([at('policy', 'unchanged'), at('people', 'rejected'), at(null, 'undecided')]).toEqual([
      pairIds.length - 5,
      2,
      0,
    ]);
    await undo(project.reviewer);
    expect((await standingNow())('policy', 'unchanged')).toBe(pairIds.length - 4);
  });
});

/** A small linear congruential generator: the same acts at every run. */
const randomOf = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
};

const actAtRandom = async (random: (below: number) => number): Promise<void> => {
  const viewer = random(2) === 0 ? project.owner : project.reviewer;
  const id = idAt(random(12));
  const choices = [
    () => decide(viewer, id, { action: 'approve' }),
    () => decide(viewer, id, { action: 'reject' }),
    () => decide(viewer, id, { action: 'swap' }),
    () => decide(viewer, id, { action: 'skip' }),
    () => decide(viewer, id, { action: 'edit', side: 'rejected', text: `<answer>${random(9)}</answer>` }),
    async () => decide(viewer, id, { action: 'replace_chosen', rolloutId: await anotherSample(id) }),
    () => undo(viewer),
    () => undo(viewer),
  ];
  try {
    await choices[random(choices.length)]?.();
  } catch (error) {
    if (!(error instanceof AppError)) throw error; // an act that makes no sense on this pair now
  }
};

test('after many acts, every count is what folding each pair’s acts gives', async () => {
  const random = randomOf(7);
  for (let turn = 0; turn < 220; turn += 1) await actAtRandom(random);
  const pairs = await db.pair.findMany({
    where: { runId: run.runId },
    include: { pairText: true, decisions: { orderBy: { seq: 'asc' } } },
  });
  const standing = new Map<string, number>();
  const acts = new Map<string, number>();
  const undone = new Map<string, number>();
  const add = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const { type, pairText, decisions } of pairs) {
    const proposal = storedProposalSchema.parse(pairText?.proposal);
    const stored = decisions.map((row) => pairActSchema.parse(row));
    const life = foldPair(proposal, stored);
    const inForce = new Set(actsInForce(stored).map(({ id }) => id));
    const same = (a: { rolloutId: string | null }, b: { rolloutId: string | null }) => a.rolloutId === b.rolloutId;
    const changed = life.edited
      ? 'edited'
      : same(life.chosen, proposal.chosen) && same(life.rejected, proposal.rejected)
        ? 'unchanged'
        : same(life.chosen, proposal.rejected) && same(life.rejected, proposal.chosen)
          ? 'swapped'
          : 'replaced';
    const last = decisions.findLast(
      ({ id, action }) => inForce.has(id) && (action === 'approve' || action === 'reject'),
    );
    const by = last ? (last.policy === null ? 'people' : 'policy') : null;
    const outcome = { proposed: 'undecided', approved: changed, rejected: 'rejected' }[life.state];
    add(standing, `${type} ${by} ${outcome}`);
    for (const { id, action, policy } of decisions) {
      const key = `${type} ${policy === null ? 'people' : 'policy'} ${action}`;
      add(acts, key);
      if (action !== 'undo' && !inForce.has(id)) add(undone, key);
    }
  }
  const found = await now();
  expect(
    new Map(found.standing.map(({ type, by, outcome, pairs: count }) => [`${type} ${by} ${outcome}`, count])),
  ).toEqual(standing);
  expect(new Map(found.acts.map(({ type, by, action, acts: count }) => [`${type} ${by} ${action}`, count]))).toEqual(
    acts,
  );
  expect(
    new Map(
      found.acts
        .filter((each) => each.undone > 0)
        .map(({ type, by, action, undone: count }) => [`${type} ${by} ${action}`, count]),
    ),
  ).toEqual(undone);
  expect([...undone.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(20);
});

describe('corrections of verdicts', () => {
  beforeAll(async () => {
    await pool.query(
      `INSERT INTO verdict (rollout_id, reading_id, well_formed, cut_off, answer, accuracy, consistency,
         repetition, think_tokens, token_source, evidence, reasons)
       SELECT r.id, version.reading_id, r.well_formed, false, r.answer, r.accuracy, r.consistency,
         r.repetition, r.think_tokens, r.token_source, '[]', '{}'
       FROM rollout r JOIN run ON run.id = r.run_id
         JOIN verifier_version version ON version.id = run.verifier_version_id WHERE r.run_id = $1`,
      [run.runId],
    );
  });

  test('stand by check until they are withdrawn, and name the rollouts that the list shows', async () => {
    const rollouts = await db.rollout.findMany({ where: { runId: run.runId }, take: 3, orderBy: { seq: 'asc' } });
    const [a, b, c] = rollouts.map(({ id }) => id);
    const say = (rolloutId: string, consistency: 'consistent' | 'undetermined') =>
      correctVerdict(project.reviewer, {
        decisionId: randomUUID(),
        rolloutId,
        correction: { check: 'consistency', value: consistency },
        reason: 'It says so',
      });
    await say(a ?? '', 'undetermined');
    await say(a ?? '', 'consistent');
    await say(b ?? '', 'undetermined');
    await withdrawCorrection(project.owner, {
      decisionId: randomUUID(),
      rolloutId: b ?? '',
      check: 'consistency',
      reason: 'No',
    });
    const correction = { check: 'accuracy', value: false } as const;
    for (const rolloutId of [a ?? '', c ?? '']) {
      await correctVerdict(project.owner, { decisionId: randomUUID(), rolloutId, correction, reason: 'It is wrong' });
    }
    const { corrections, corrected } = await now();
    const place = { iterationId: run.iterationId, k: 0 };
    expect(corrections).toEqual([
      { ...place, check: 'accuracy', standing: 2, corrections: 2, withdrawals: 0 },
      { ...place, check: 'consistency', standing: 1, corrections: 3, withdrawals: 1 },
    ]);
    const listed = await db.rollout.count({ where: { runId: run.runId, corrected: true } });
    expect(corrected).toEqual([{ ...place, rollouts: listed }]);
    expect(listed).toBe(2);
  });
});

test('a stranger counts nothing', async () => {
  const nothing = { standing: [], acts: [], corrections: [], corrected: [] };
  expect(await countDecisions(foreign.owner, run.runId)).toEqual(nothing);
  expect(await countDecisions({ userId: project.owner.userId, projectId: foreign.projectId }, run.runId)).toEqual(
    nothing,
  );
});
