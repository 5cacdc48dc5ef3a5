import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pool } from '@/lib/data/db';
import { getOutcomes } from '@/lib/data/outcomes/outcomes';
import { type SeededProject, seedProject } from '@/lib/data/testing/seed';
import { costRatio } from '@/lib/domain/outcomes/cost';
import { changeOf } from '@/lib/domain/outcomes/quadrant';
import type { Outcomes } from '@/lib/domain/outcomes/schema';
import { closeSendingBoss } from '@/lib/jobs/boss';
import { readRecordedEvents } from './recorded-events';
import { replayRuns } from './replay';

const EXAMPLE = path.resolve('examples/moving-shapes');

let project: SeededProject;
let runId: string;
let outcomes: Outcomes;
beforeAll(async () => {
  project = await seedProject();
  const [played] = await replayRuns(project.owner, EXAMPLE, [null], () => undefined);
  runId = played?.runId ?? '';
  outcomes = await getOutcomes(project.owner, runId);
}, 180_000);
afterAll(closeSendingBoss);

test('every figure of the quadrants, over the rows of the rollouts', async () => {
  const { rows } = await pool.query(
    `SELECT turn.k, rollout.stage, count(*)::int AS rollouts,
       count(*) FILTER (WHERE correct AND consistency = 'consistent')::int AS a,
       count(*) FILTER (WHERE correct AND consistency = 'inconsistent')::int AS b,
       count(*) FILTER (WHERE NOT correct AND consistency = 'consistent')::int AS c,
       count(*) FILTER (WHERE NOT correct AND consistency = 'inconsistent')::int AS d,
       count(*) FILTER (WHERE consistency = 'undetermined')::int AS rest, sum(total_tokens)::float8 AS tokens
     FROM rollout JOIN iteration AS turn ON turn.id = rollout.iteration_id WHERE rollout.run_id = $1
     GROUP BY turn.k, rollout.stage ORDER BY turn.k, rollout.stage DESC`,
    [runId],
  );
  expect(
    outcomes.quadrants.map(({ k, stage, rollouts, parts, tokens }) => ({
      k,
      stage,
      rollouts,
      a: parts.rightConsistent,
      b: parts.rightInconsistent,
      c: parts.wrongConsistent,
      d: parts.wrongInconsistent,
      rest: parts.undetermined + parts.malformed,
      tokens,
    })),
  ).toEqual(rows);
  expect(outcomes.quadrants.map(({ k, stage }) => `${stage} ${k}`)).toEqual([
    'eval 0',
    'grpo 1',
    'eval 1',
    'grpo 2',
    'eval 2',
  ]);
  const change = changeOf(outcomes.quadrants);
  expect(change?.to).toBeLessThan(change?.from ?? 0);
});

test('every pair was approved by the policy, and frozen into the set that DPO learnt from', async () => {
  const { rows } = await pool.query(
    `SELECT turn.k, pair.type, count(*)::int AS pairs, count(item.pair_id)::int AS frozen,
       count(*) FILTER (WHERE decision.action = 'approve' AND decision.policy IS NOT NULL)::int AS approved
     FROM pair JOIN iteration AS turn ON turn.id = pair.iteration_id
     LEFT JOIN pair_set_item AS item ON item.pair_id = pair.id LEFT JOIN decision ON decision.pair_id = pair.id
     WHERE pair.run_id = $1 GROUP BY turn.k, pair.type ORDER BY turn.k, pair.type`,
    [runId],
  );
  const found = outcomes.pairs.yields.map(({ k, type, pairs, frozen, approved }) => ({
    k,
    type,
    pairs,
    frozen,
    approved,
  }));
  expect(found.sort((a, b) => a.k - b.k || (a.type < b.type ? -1 : 1))).toEqual(rows);
  expect(
    outcomes.decisions.standing.map(({ k, type, by, outcome, pairs }) => [k, type, by, outcome, pairs]).sort(),
  ).toEqual(rows.map(({ k, type, pairs }) => [k, type, 'policy', 'unchanged', pairs]).sort());
  const groups = await pool.query(
    `SELECT turn.k, count(DISTINCT rollout.group_id)::int AS groups FROM rollout
     JOIN iteration AS turn ON turn.id = rollout.iteration_id
     WHERE rollout.run_id = $1 AND rollout.stage = 'grpo' GROUP BY turn.k ORDER BY turn.k`,
    [runId],
  );
  expect(outcomes.pairs.groups.map(({ k, groups: count }) => ({ k, groups: count }))).toEqual(groups.rows);
});

test('the costs are those of the recording: its own logs say the same, whatever the replay took', async () => {
  const jobs = await Promise.all(
    outcomes.costs.jobs.map(async (job) => {
      const events = await readRecordedEvents(
        path.join(EXAMPLE, `events/${job.k}-${job.kind}.ndjson.gz`),
        () => undefined,
      );
      const result = events.find((event) => event.type === 'result');
      const states = events.filter((event) => event.type === 'state');
      const [began, ended] = [states.find(({ state }) => state === 'running'), states.at(-1)];
      const units = job.kind === 'dpo' ? result?.values.pairs : events.filter(({ type }) => type === 'rollout').length;
      const clock = (Date.parse(ended?.time ?? '') - Date.parse(began?.time ?? '')) / 1000;
      return { job, logged: { seconds: result?.values.seconds, units, clock } };
    }),
  );
  expect(jobs).toHaveLength(7);
  for (const { job, logged } of jobs) {
    expect(job.seconds).toBeCloseTo(logged.seconds ?? Number.NaN, 6);
    expect(job.units).toBe(logged.units);
    expect(job.clockSeconds).toBeCloseTo(logged.clock, 3);
  }
  const of = (kind: string, key: 'seconds' | 'units') =>
    jobs.filter(({ job }) => job.kind === kind).reduce((sum, { logged }) => sum + (logged[key] ?? 0), 0);
  const perQuestion = of('grpo', 'seconds') / (of('grpo', 'units') / 8);
  expect(costRatio(outcomes.costs.jobs, 'question').ratio).toBeCloseTo(
    perQuestion / (of('dpo', 'seconds') / of('dpo', 'units')),
    6,
  );
  // What the studio did while it played lies outside the times of the recording.
  expect(
    outcomes.costs.iterations.map(({ imported, verifySeconds, curateSeconds }) => [
      imported,
      verifySeconds,
      curateSeconds,
    ]),
  ).toEqual([
    [false, null, null],
    [false, null, null],
    [false, null, null],
  ]);
});
