/**
 * How long the server takes for lists of rollouts, runs and question sets, beside `SELECT 1` on the same connection
 * pool: the first page, a deep page, each facet and order. `node --conditions=react-server --import tsx bench/lists.ts [rollouts]`.
 */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import pg from 'pg';
import { migrate } from '@/lib/data/migrate';
import { parseRolloutCursor } from '@/lib/domain/rollouts/cursor';
import { facetNames, facetValues, parseRolloutFilter, rolloutSorts } from '@/lib/domain/rollouts/filter';
import { openDatabase } from '@/scripts/database';
import { main } from '@/scripts/main';
import { say } from '@/scripts/progress.mjs';
import { root } from '@/scripts/root';
import { seedLists } from './lists-seed';
import { quantile } from './quantile';

const DEFAULT_ROLLOUTS = 200_000;
const REPEATS = 30;
const PAGE = 50;
const DEEP_PAGES = 40;
const AIM_P95_MS = 150;

type Timing = { readonly name: string; readonly p50: number; readonly p95: number };

const measure = async (name: string, work: () => Promise<unknown>): Promise<Timing> => {
  await work();
  const times: number[] = [];
  for (let turn = 0; turn < REPEATS; turn++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return { name, p50: quantile(times, 0.5), p95: quantile(times, 0.95) };
};

/** Seeds a database of its own, measures, drops it. */
const benchLists = async (rolloutCount: number): Promise<void> => {
  const server = await openDatabase(path.join(root, '.data'));
  const name = `bench_${randomBytes(4).toString('hex')}`;
  const admin = new pg.Client({ connectionString: server.adminUrl });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name} OWNER veripo`);
  try {
    const url = new URL(server.url);
    url.pathname = name;
    await migrate(url.href, path.join(root, 'prisma/migrations'));
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    const viewer = await seedLists(client, rolloutCount);
    await client.end();
    const { disconnect } = await connectStudio(url.href);
    try {
      await run(viewer, rolloutCount);
    } finally {
      await disconnect();
    }
  } finally {
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await admin.end();
    await server.close();
  }
};

/** The data functions read the environment when they are first imported. */
const connectStudio = async (url: string) => {
  Object.assign(process.env, {
    DATABASE_URL: url,
    VERIPO_DATA_DIR: path.join(root, '.data'),
    VERIPO_SECRET: randomBytes(16).toString('hex'),
    VERIPO_BASE_URL: 'http://localhost:3000',
  });
  return import('@/lib/data/db');
};

const run = async ({ userId }: { userId: string }, rolloutCount: number): Promise<void> => {
  const { listRollouts } = await import('@/lib/data/rollouts/list');
  const { listGroups } = await import('@/lib/data/rollouts/list-groups');
  const { getRolloutFacets } = await import('@/lib/data/rollouts/facets');
  const { listRuns } = await import('@/lib/data/runs/list');
  const { getRunOverview } = await import('@/lib/data/runs/overview');
  const { listQuestionSets } = await import('@/lib/data/question-sets/read');
  const { pool } = await import('@/lib/data/db');
  const viewer = { userId };
  const filterOf = (query: string) => parseRolloutFilter(new URLSearchParams(query));
  const everything = filterOf('');
  const flat = { sort: 'newest', cursor: undefined, limit: PAGE } as const;

  const deepCursor = async (sort: (typeof rolloutSorts)[number]) => {
    let cursor = undefined as ReturnType<typeof parseRolloutCursor>;
    for (let page = 0; page < DEEP_PAGES; page++) {
      const { nextCursor } = await listRollouts(viewer, everything, { sort, cursor, limit: 100 });
      cursor = parseRolloutCursor(nextCursor ?? '');
    }
    return cursor;
  };

  const raw = await measure('SELECT 1', () => pool.query('SELECT 1'));
  const timings: Timing[] = [];
  const time = async (label: string, work: () => Promise<unknown>) => {
    timings.push(await measure(label, work));
  };
  for (const sort of rolloutSorts) {
    await time(`first page, ${sort}`, () => listRollouts(viewer, everything, { ...flat, sort }));
    const cursor = await deepCursor(sort);
    await time(`page ${DEEP_PAGES * 2}, ${sort}`, () => listRollouts(viewer, everything, { ...flat, sort, cursor }));
  }
  await time('first page, grouped', () => listGroups(viewer, everything, flat));
  for (const name of facetNames) {
    for (const value of facetValues[name] ?? (name === 'iteration' ? ['2'] : [])) {
      const filter = filterOf(`${name}=${value}`);
      await time(`${name} = ${value}`, () => listRollouts(viewer, filter, flat));
      await time(`${name} = ${value}, grouped`, () => listGroups(viewer, filter, flat));
      await time(`${name} = ${value}, longest`, () => listRollouts(viewer, filter, { ...flat, sort: 'longest' }));
    }
  }
  const rare = filterOf('correct=yes&consistency=inconsistent&lengthClass=too_short&iteration=0');
  await time('four facets', () => listRollouts(viewer, rare, flat));
  await time('four facets, grouped', () => listGroups(viewer, rare, flat));
  await time('facet counts', () => getRolloutFacets(viewer, everything));
  await time('facet counts with a range', () => getRolloutFacets(viewer, filterOf('lengthMin=500')));
  await time('runs', () => listRuns(viewer));
  const [newestRun] = await listRuns(viewer);
  if (newestRun) await time('one run', () => getRunOverview(viewer, newestRun.id));
  await time('question sets', () => listQuestionSets(viewer));

  say(`${rolloutCount} rollouts, ${REPEATS} times each; milliseconds\n`);
  const line = ({ name: label, p50, p95 }: Timing) =>
    say(
      `${label.padEnd(44)} p50 ${p50.toFixed(1).padStart(7)}  p95 ${p95.toFixed(1).padStart(7)}  ${(p50 / raw.p50).toFixed(0).padStart(5)} × SELECT 1`,
    );
  line(raw);
  timings.forEach(line);
  const slow = timings.filter(({ p95 }) => p95 > AIM_P95_MS);
  say(`\n${timings.length - slow.length} of ${timings.length} lists within the aim of p95 ≤ ${AIM_P95_MS} ms`);
};

main(async () => {
  await benchLists(Number(process.argv[2] ?? DEFAULT_ROLLOUTS));
  return 0;
});
