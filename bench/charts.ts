/**
 * From a click to the chart painted, in Chromium on the built app, over a run of 200,000 rollouts; and how long the server
 * takes for what those screens ask. `npm run bench -- charts`, or with other numbers `… bench/charts.ts [rollouts] [repeats]`.
 * Each turn opens its page anew, so that the browser has read nothing of it before.
 */
import { type Browser, chromium, type Page } from '@playwright/test';
import pg from 'pg';
import { findBrowser } from '@/scripts/find-browser';
import { main } from '@/scripts/main';
import { findFreePort } from '@/scripts/ports';
import { say, step } from '@/scripts/progress.mjs';
import { makeSignInLink } from '@/scripts/sign-in-link';
import { type Studio, startStudio } from '@/scripts/supervise';
import { openThrowaway } from '@/scripts/throwaway';
import { OTHER_NAME, RUN_NAME, type SeededCharts, seedCharts } from './charts-seed';
import { paintsOf, settle, WATCH_PAINTS } from './paints';
import { quantile } from './quantile';

const DEFAULT_ROLLOUTS = 200_000;
const DEFAULT_REPEATS = 20;
const AIM_P95_MS = 300;

/** Times by what was measured, in the order of the first of each. */
type Times = Map<string, number[]>;

const note = (times: Times, name: string, ms: number | undefined): void => {
  if (ms === undefined) return;
  times.set(name, [...(times.get(name) ?? []), ms]);
};

const lineOf = (name: string, values: readonly number[]): string => {
  const sorted = [...values].sort((a, b) => a - b);
  const ms = (share: number): string => quantile(sorted, share).toFixed(0).padStart(6);
  return `${name.slice(0, 76).padEnd(76)} n ${String(sorted.length).padStart(3)}  p50 ${ms(0.5)}  p95 ${ms(0.95)}`;
};

const seed = async (studio: Studio, rollouts: number): Promise<SeededCharts> => {
  Object.assign(process.env, studio.environment, { LOG_LEVEL: 'error' });
  const { ensureLocalOwner } = await import('@/lib/data/access/sign-in');
  const { getViewerProject } = await import('@/lib/data/viewer');
  const owner = await ensureLocalOwner();
  const { id: projectId } = await getViewerProject(owner);
  const client = new pg.Client({ connectionString: studio.environment.DATABASE_URL });
  await client.connect();
  try {
    return await seedCharts(client, { projectId, userId: owner.userId }, rollouts);
  } finally {
    await client.end();
  }
};

const runCharts = [
  'accuracy-by-step',
  'length-by-step',
  'inconsistency',
  'benchmarks',
  'accuracy-by-consistency',
  'pairs-by-type',
  'decisions-on-pairs',
  'trainer-time-by-stage',
] as const;

const lengthCharts = ['lengths-histogram', 'lengths-distribution', 'lengths-quantiles', 'lengths-accuracy'] as const;

type Place = {
  readonly page: Page;
  readonly runId: string;
  readonly url: (path: string) => string;
  readonly times: Times;
};

/** Does something, and notes when each of the charts stood after it. */
const measure = async (
  { page, times }: Place,
  what: string,
  charts: readonly string[],
  act: () => Promise<unknown>,
) => {
  const { first, last } = await paintsOf(page, charts, act);
  for (const chart of charts) note(times, `${what}: ${chart}`, last[chart]);
  return { first, last };
};

const open = async ({ page, url }: Place, path: string): Promise<void> => {
  await page.goto(url(path));
  await settle(page);
};

const chartOf = (page: Page, name: string) => page.locator(`[data-chart="${name}"]`);

/** The same for a page that is opened: no chart stood there before, so that its first picture is of what was asked for. */
const measureOpening = async (
  { page, times }: Place,
  what: string,
  charts: readonly string[],
  act: () => Promise<unknown>,
) => {
  const { first, last } = await paintsOf(page, charts, act);
  for (const chart of charts) note(times, `${what}: ${chart}`, first[chart]);
  note(times, `${what}, nothing moves any more`, Math.max(...charts.map((chart) => last[chart] ?? 0)));
};

/** From the list of runs to a run, and on to its lengths. */
const openRun = async (place: Place): Promise<void> => {
  const { page } = place;
  await open(place, '/runs');
  await measureOpening(place, 'Run list → run', runCharts, () =>
    page.getByRole('link', { name: RUN_NAME, exact: true }).click(),
  );
  const tabs = page.getByRole('navigation', { name: 'Run', exact: true });
  await measureOpening(place, 'Run → Lengths', lengthCharts, () =>
    tabs.getByRole('link', { name: 'Lengths', exact: true }).click(),
  );
  const choose = (group: string, name: string) =>
    page.getByRole('group', { name: group }).getByRole('button', { name, exact: true }).click();
  const changed = ['lengths-histogram', 'lengths-accuracy'];
  await measure(place, 'Lengths, in words', changed, () => choose('Counted in', 'Words'));
  await measure(place, 'Lengths, log scale', changed, () => choose('Scale', 'Log'));
  await measure(place, 'Lengths, beside each other by kind', changed, () => choose('Charts', 'Kind'));
};

/** What one does to curves. */
const drawCurves = async (place: Place): Promise<void> => {
  const { page, runId } = place;
  const curves = ['accuracy-by-step', 'length-by-step'];
  await open(place, `/runs/${runId}`);
  await measure(place, 'Curves, another smoothing', curves, () =>
    page.getByLabel('Smoothing').selectOption({ index: 0 }),
  );
  await page.getByRole('button', { name: 'Compare with…', exact: true }).click();
  const other = page.getByRole('list', { name: 'Runs to compare with' }).getByRole('button', { name: OTHER_NAME });
  await other.waitFor();
  await measure(place, 'Curves, another run laid over', curves, () => other.click());
  await measure(place, 'Curves, as a table', ['accuracy-by-step'], () =>
    chartOf(page, 'accuracy-by-step').getByRole('button', { name: 'Table', exact: true }).click(),
  );
};

/** A second slice is chosen: figures first, then what is worked out question by question. */
const compare = async (place: Place, base: string, other: string): Promise<void> => {
  const { page, runId, times } = place;
  await open(place, `/compare?slice=${runId}.${base}`);
  await page.getByRole('button', { name: /^Add slices/ }).click();
  const box = page
    .getByRole('list', { name: 'Slices of the run' })
    .getByRole('checkbox', { name: new RegExp(`^${other}`) });
  await box.waitFor();
  const what = `Compare with ${other}`;
  const { first } = await measure(place, `${what}, intervals`, ['Metrics', 'differences', 'flips'], () => box.click());
  note(times, `${what}: figures`, first.Metrics);
  await measure(place, 'Compare, as a table', ['differences'], () =>
    chartOf(page, 'differences').getByRole('button', { name: 'Table', exact: true }).click(),
  );
};

/** Intervals of a comparison have no aim: the figures stand before them. Nor has the last that moves on a page. */
const hasAim = (name: string): boolean => !/, intervals|nothing moves/.test(name);

const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const OFTEN = /^\/api\/(events|tasks|jobs|runs$|trainers|pairs)/;

/** The addresses the screens asked for, one of each form. */
const listen = (page: Page): ReadonlyMap<string, string> => {
  const asked = new Map<string, string>();
  page.on('request', (request) => {
    const { pathname, search, href } = new URL(request.url());
    if (request.method() !== 'GET' || !pathname.startsWith('/api/') || OFTEN.test(pathname)) return;
    const form = `${pathname}${search}`.replaceAll(ID, '…');
    if (!asked.has(form)) asked.set(form, href);
  });
  return asked;
};

/** From the request to the last byte, one after the other, on this machine. */
const timeServer = async (page: Page, asked: ReadonlyMap<string, string>, repeats: number): Promise<Times> => {
  const times: Times = new Map();
  for (const [form, href] of asked) {
    for (let turn = 0; turn < repeats; turn += 1) {
      const start = performance.now();
      const answer = await page.request.get(href);
      await answer.body();
      note(times, `${answer.ok() ? '' : `${answer.status()} `}${form}`, performance.now() - start);
    }
  }
  return times;
};

const drive = async (browser: Browser, studio: Studio, link: string, runId: string, repeats: number) => {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(WATCH_PAINTS);
  await page.goto(link);
  const url = (path: string) => new URL(path, studio.url).href;
  const asked = listen(page);
  const place: Place = { page, runId, url, times: new Map() };
  // One turn beforehand: the first request of each kind pays for what the server and the database then keep.
  for (let turn = -1; turn < repeats; turn += 1) {
    if (turn === 0) place.times.clear();
    await openRun(place);
    await drawCurves(place);
    await compare(place, '0.eval', 'Eval 3');
    await compare(place, '1.grpo', 'GRPO 3');
  }
  return { times: place.times, server: await timeServer(page, asked, repeats) };
};

const report = (times: Times, server: Times): boolean => {
  say('\nFrom the click to the chart painted, milliseconds');
  for (const [name, values] of times) say(lineOf(name, values));
  const aimed = [...times].filter(([name]) => hasAim(name));
  const met = aimed.filter(
    ([, values]) =>
      quantile(
        values.toSorted((a, b) => a - b),
        0.95,
      ) <= AIM_P95_MS,
  );
  say(
    `\n${met.length} of ${aimed.length} within the aim of p95 ≤ ${AIM_P95_MS} ms (intervals and whole pages have none)`,
  );
  say('\nOn the server, milliseconds from request to last byte');
  for (const [name, values] of server) say(lineOf(name, values));
  return met.length === aimed.length;
};

main(async () => {
  const [rollouts = DEFAULT_ROLLOUTS, repeats = DEFAULT_REPEATS] = process.argv.slice(2).map(Number);
  const { path: executablePath } = await findBrowser();
  const throwaway = await openThrowaway();
  try {
    delete process.env.DATABASE_URL;
    delete process.env.VERIPO_BASE_URL;
    const place = { dataDir: throwaway.dataDir, host: '127.0.0.1', port: await findFreePort(), trainer: false };
    const studio = await startStudio(place, new AbortController().signal);
    const flags = [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
    ];
    try {
      const seeded = await step('Seeding rollouts', () => seed(studio, rollouts));
      say(`${seeded.rollouts} rollouts and ${seeded.pairs} pairs in one run; ${repeats} times each`);
      const link = await makeSignInLink(studio); // closes this program's connections
      const browser = await chromium.launch({ executablePath, args: flags });
      try {
        const { times, server } = await drive(browser, studio, link, seeded.runId, repeats);
        return report(times, server) ? 0 : 1;
      } finally {
        await browser.close();
      }
    } finally {
      await studio.stop();
    }
  } finally {
    await throwaway.close();
  }
});
