/**
 * How long the data functions behind comparisons and charts take, beside `SELECT 1` on the same pool: of one run two
 * slices of 100,000 rollouts with 12,500 shared questions each; of another, of 200,000 rollouts, evaluations, steps,
 * 15,000 pairs, decisions and jobs. `npm run -s bench -- comparison`, or `… bench/comparison.ts [repeats] [part of a name]`.
 *
 * Wall time, the longest that Node gave nobody else a turn, and the processor time of Node and of PostgreSQL in one call.
 */
import { loadavg } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Client } from 'pg';
import type { Slice } from '@/lib/domain/slices/slice';
import { main } from '@/scripts/main';
import { say } from '@/scripts/progress.mjs';
import { seedCharts } from './charts-seed';
import { readServerCpu } from './cpu-time';
import { SAMPLES_PER_GROUP, seedLists } from './lists-seed';
import { onSeeded } from './on-seeded';

/** A tenth of the groups are evaluated, the others sampled by GRPO: these are 12,501 questions in each slice of GRPO. */
const QUESTIONS = 13_890;
const TURNS = 2;
const ROLLOUTS = 200_000;
const DEFAULT_REPEATS = 20;
const AIM_P95_MS = 150;
const AIM_INTERVALS_MS = 1_000;
const AIM_BREATH_MS = 50;
const MOST_SLICES = 12;

const seed = async (client: Client) => {
  const shape = { runs: 1, iterations: TURNS, questions: QUESTIONS };
  const viewer = await seedLists(client, QUESTIONS * TURNS * SAMPLES_PER_GROUP, shape);
  const { rows } = await client.query<{ id: string }>('SELECT id FROM run');
  const charts = await seedCharts(client, viewer, ROLLOUTS);
  return { viewer: { userId: viewer.userId }, wideId: rows[0]?.id ?? '', loopId: charts.runId };
};
type Seeded = Awaited<ReturnType<typeof seed>>;

type Work = { readonly name: string; readonly aim: number | null; readonly work: () => Promise<unknown> };

/** What a screen of comparisons asks, for two slices and for as many as it takes. */
const comparisons = async ({ viewer, wideId, loopId }: Seeded): Promise<Work[]> => {
  const { readChanges, readComparison } = await import('@/lib/data/comparison/compare');
  const { listFlippedQuestions } = await import('@/lib/data/comparison/list-flips');
  const { readTallies } = await import('@/lib/data/comparison/read-tallies');
  const { getQuestionWalk } = await import('@/lib/data/question-comparison/walk');
  const { readFindings } = await import('@/lib/data/findings/read');
  const { listSlices } = await import('@/lib/data/slices/list');
  const { wholeSlices } = await import('@/lib/domain/slices/narrow');
  const pair: [Slice, Slice] = [
    { runId: wideId, k: 0, stage: 'grpo' },
    { runId: wideId, k: 1, stage: 'grpo' },
  ];
  const summaries = await listSlices(viewer, [loopId, wideId]);
  const many = summaries.map(({ runId, k, stage }): Slice => ({ runId, k, stage })).slice(-MOST_SLICES);
  const flip = { aspect: 'accuracy', from: 'fails', to: 'holds' } as const;
  const page = (cursor?: { moved: number; questionId: string }) =>
    listFlippedQuestions(viewer, pair, wholeSlices, flip, cursor);
  const questionId = (await page()).rows.at(-1)?.questionId ?? '';
  return [
    { name: 'list of slices', aim: AIM_P95_MS, work: () => listSlices(viewer, [wideId]) },
    { name: 'list of slices, two runs', aim: null, work: () => listSlices(viewer, [wideId, loopId]) },
    { name: 'figures of 2 slices', aim: AIM_P95_MS, work: () => readComparison(viewer, pair, wholeSlices) },
    { name: `figures of ${many.length} slices`, aim: null, work: () => readComparison(viewer, many, wholeSlices) },
    { name: 'tallies of 2 slices', aim: null, work: () => readTallies(viewer, pair, wholeSlices) },
    { name: 'intervals of 2 slices', aim: AIM_INTERVALS_MS, work: () => readChanges(viewer, pair, wholeSlices) },
    { name: `intervals of ${many.length} slices`, aim: null, work: () => readChanges(viewer, many, wholeSlices) },
    { name: 'a page of flips', aim: null, work: () => page() },
    { name: 'the next page of flips', aim: null, work: () => page({ moved: 0.5, questionId }) },
    {
      name: 'a step through flips',
      aim: null,
      work: () => getQuestionWalk(viewer, questionId, pair, { flip, narrow: wholeSlices }),
    },
    { name: 'findings of a run', aim: null, work: () => readFindings(viewer, loopId) },
  ];
};

/** What a run's page and the page of its lengths ask. */
const charts = async ({ viewer, loopId }: Seeded): Promise<Work[]> => {
  const { getRunOverview } = await import('@/lib/data/runs/overview');
  const { getCurves } = await import('@/lib/data/curves/read');
  const { getRunBenchmarks } = await import('@/lib/data/benchmarks/read');
  const { getOutcomes } = await import('@/lib/data/outcomes/outcomes');
  const { listQuadrants } = await import('@/lib/data/outcomes/quadrants');
  const { listPairYields } = await import('@/lib/data/outcomes/pair-yields');
  const { countDecisions } = await import('@/lib/data/outcomes/decisions');
  const { listCosts } = await import('@/lib/data/outcomes/costs');
  const { getLengths } = await import('@/lib/data/lengths/distribution');
  const { getLengthSteps } = await import('@/lib/data/lengths/steps');
  const { getLengthWithin } = await import('@/lib/data/lengths/within');
  const { getLengthExtremes } = await import('@/lib/data/lengths/extremes');
  const { getLengthPairs } = await import('@/lib/data/lengths/pairs');
  const { defaultChoice } = await import('@/lib/domain/curves/choice');
  const { parseLengthSelection } = await import('@/lib/domain/lengths/selection');
  const { listSlices } = await import('@/lib/data/slices/list');
  const { formatSlices, wholeSlices } = await import('@/lib/domain/slices/narrow');
  const newest = (await listSlices(viewer, [loopId])).slice(-6);
  const lengths = parseLengthSelection(formatSlices(newest, wholeSlices));
  const timed: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['overview of a run', () => getRunOverview(viewer, loopId)],
    ['curves', () => getCurves(viewer, loopId, defaultChoice)],
    ['curves by set', () => getCurves(viewer, loopId, { ...defaultChoice, set: 'each' })],
    ['benchmarks', () => getRunBenchmarks(viewer, loopId)],
    ['outcomes', () => getOutcomes(viewer, loopId)],
    ['outcomes: quadrants', () => listQuadrants(viewer, loopId)],
    ['outcomes: pairs', () => listPairYields(viewer, loopId)],
    ['outcomes: decisions', () => countDecisions(viewer, loopId)],
    ['outcomes: costs', () => listCosts(viewer, loopId)],
    ['lengths', () => getLengths(viewer, lengths)],
    ['lengths by kind', () => getLengths(viewer, { ...lengths, facet: 'kind' })],
    ['lengths by step', () => getLengthSteps(viewer, lengths)],
    ['lengths within questions', () => getLengthWithin(viewer, lengths)],
    ['longest and shortest', () => getLengthExtremes(viewer, lengths)],
    ['lengths of pairs', () => getLengthPairs(viewer, lengths)],
  ];
  return timed.map(([name, work]) => ({ name, aim: AIM_P95_MS, work }));
};

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.ceil(share * values.length) - 1)] ?? 0;

type Timing = { readonly name: string; readonly met: boolean; readonly line: string };

const measure = async ({ name, aim, work }: Work, repeats: number, serverPid: number): Promise<Timing> => {
  await work();
  await work();
  const times: number[] = [];
  const held = monitorEventLoopDelay({ resolution: 1 });
  const before = { node: process.cpuUsage(), server: await readServerCpu(serverPid) };
  held.enable();
  for (let turn = 0; turn < repeats; turn++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  held.disable();
  const { user, system } = process.cpuUsage(before.node);
  const server = await readServerCpu(serverPid);
  const breath = held.max / 1e6;
  const [p50, p95] = [quantile(times, 0.5), quantile(times, 0.95)];
  const met = aim === null || (p95 <= aim && (aim < AIM_INTERVALS_MS || breath <= AIM_BREATH_MS));
  const ms = (value: number | null): string => (value === null ? '–' : value.toFixed(0)).padStart(6);
  const each = server === null || before.server === null ? null : (server - before.server) / repeats;
  const load = loadavg()[0] ?? 0;
  const line = `${name.padEnd(28)} p50 ${ms(p50)}  p95 ${ms(p95)}  held ${ms(breath)}  CPU: Node ${ms((user + system) / 1_000 / repeats)}  SQL ${ms(each)}  load ${load.toFixed(1).padStart(5)}${met ? '' : `  over ${aim}`}`;
  return { name, met, line };
};

main(async () => {
  const [repeats = DEFAULT_REPEATS] = process.argv.slice(2, 3).map(Number);
  const wished = process.argv[3] ?? '';
  return onSeeded(seed, async (seeded, serverPid) => {
    const { pool } = await import('@/lib/data/db');
    const works = [...(await comparisons(seeded)), ...(await charts(seeded))];
    say(`${repeats} times each; milliseconds, processor time a call, load of the machine\n`);
    const raw: Work = { name: 'SELECT 1', aim: null, work: () => pool.query('SELECT 1') };
    const timings: Timing[] = [];
    for (const work of [raw, ...works.filter(({ name }) => name.includes(wished))]) {
      const timing = await measure(work, repeats, serverPid);
      say(timing.line);
      timings.push(timing);
    }
    const met = timings.filter((timing) => timing.met).length;
    say(`\n${met} of ${timings.length} within their aims: p95 ≤ ${AIM_P95_MS} ms, intervals ≤ ${AIM_INTERVALS_MS} ms`);
    return met === timings.length;
  });
});
