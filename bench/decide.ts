/**
 * From a key to the next pair painted: 200 decisions in Chromium on the built app, once at a reviewer's pace and once
 * as fast as the pairs appear. `npm run bench -- decide`. The time of the key is the browser's own; painted means the
 * first task after the frame that showed the next pair.
 */
import { type Browser, chromium, type Page } from '@playwright/test';
import { z } from 'zod';
import { findBrowser } from '@/scripts/find-browser';
import { main } from '@/scripts/main';
import { findFreePort } from '@/scripts/ports';
import { say, step } from '@/scripts/progress.mjs';
import { makeSignInLink } from '@/scripts/sign-in-link';
import { type Studio, startStudio } from '@/scripts/supervise';
import { openThrowaway } from '@/scripts/throwaway';
import { quantile } from './quantile';

const DECISIONS = 200;
const GROUPS = 240;
/** 5 KB a side, as real chains have. */
const SENTENCES = 80;
const PACE_MS = 300;
const AIM_P95_MS = 100;
/** Mostly decisions, as people do; skips too, since they change the order. */
const KEYS = ['a', 'a', 'r', 'a', 'd', 'a', 'r', 'a'] as const;

/** Seeds one run of the local owner with its pairs proposed; returns how many there are. */
const seed = async (studio: Studio): Promise<number> => {
  Object.assign(process.env, studio.environment, { LOG_LEVEL: 'error' });
  const { ensureLocalOwner } = await import('@/lib/data/access/sign-in');
  const { getViewerProject } = await import('@/lib/data/viewer');
  const { seedRun } = await import('@/lib/data/testing/seed');
  const { getProposalTarget } = await import('@/lib/data/pairs/proposal-target');
  const { proposeIterationPairs } = await import('@/lib/data/pairs/propose');
  const { defaultPairSettings } = await import('@/lib/domain/pairs/settings');
  const owner = await ensureLocalOwner();
  const project = await getViewerProject(owner);
  const parts = { groups: GROUPS, sentences: SENTENCES };
  const { iterationId } = await seedRun({ projectId: project.id, owner, reviewer: owner }, parts);
  const target = await getProposalTarget(owner, iterationId);
  const watch = { signal: new AbortController().signal, onProgress: () => undefined };
  const { result } = await proposeIterationPairs(target, defaultPairSettings, 0, watch);
  return result.added;
};

/**
 * Collects the times in the page, so that no round trip to this program lies in them. Text, since the loader that
 * runs this file would put helpers of its own into a function.
 */
const WATCH_PAINTS = `(() => {
  const times = (window.benchTimes = []);
  const shown = () => document.querySelector('article[data-pair]')?.getAttribute('data-pair') ?? null;
  let pressed;
  let before = shown();
  window.addEventListener('keydown', ({ timeStamp }) => { pressed = timeStamp; }, { capture: true });
  new MutationObserver(() => {
    const now = shown();
    if (now === null || now === before || pressed === undefined) return;
    before = now;
    const since = pressed;
    pressed = undefined;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => times.push(performance.now() - since);
    requestAnimationFrame(() => port2.postMessage(null));
  }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-pair'] });
})()`;

const timesOf = async (page: Page): Promise<number[]> =>
  z.array(z.number()).parse(await page.evaluate('window.benchTimes'));

const decideAll = async (page: Page, name: string, paceMs: number): Promise<boolean> => {
  for (let turn = 0; turn < DECISIONS; turn++) {
    await page.keyboard.press(KEYS[turn % KEYS.length] ?? 'a');
    await page.waitForFunction((count) => Reflect.get(window, 'benchTimes').length > count, turn, { polling: 'raf' });
    if (paceMs > 0) await page.waitForTimeout(paceMs);
  }
  const sorted = (await timesOf(page)).sort((a, b) => a - b);
  const [p50, p95, most] = [quantile(sorted, 0.5), quantile(sorted, 0.95), sorted.at(-1) ?? 0];
  const saved = page.getByRole('status').filter({ hasText: /^\s*Saved$/ });
  await saved.waitFor({ timeout: 60_000 });
  say(
    `${name}: key to next pair painted, ${sorted.length} decisions: p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, ` +
      `most ${most.toFixed(1)} ms (aim at a reviewer’s pace: p95 at most ${AIM_P95_MS} ms)`,
  );
  return p95 <= AIM_P95_MS;
};

const openQueue = async (page: Page, studio: Studio): Promise<void> => {
  await page.goto(new URL('/pairs', studio.url).href);
  await page.locator('article[data-pair]').waitFor();
  await page.waitForTimeout(1_000); // what the page loads beside the queue is not what is measured
  await page.evaluate(WATCH_PAINTS);
};

const measure = async (browser: Browser, studio: Studio, link: string): Promise<boolean> => {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(link);
  await openQueue(page, studio);
  const paced = await decideAll(page, `At a pace of one in ${PACE_MS} ms`, PACE_MS);
  await openQueue(page, studio);
  await decideAll(page, 'As fast as pairs appear, no aim', 0);
  return paced;
};

main(async () => {
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
      const pairs = await step('Seeding pairs', () => seed(studio));
      say(`${pairs} pairs of ${SENTENCES} sentences a side`);
      const link = await makeSignInLink(studio); // closes this program's connections
      const browser = await chromium.launch({ executablePath, args: flags });
      try {
        return (await measure(browser, studio, link)) ? 0 : 1;
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
