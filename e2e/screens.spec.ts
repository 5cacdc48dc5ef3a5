import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { z } from 'zod';
import { ballQuestions } from './fixtures/rollouts';
import { allTasksDone } from './fixtures/seed';
import { expect, test } from './fixtures/test';

type Ids = { readonly runId: string; readonly setId: string };

const flipsSchema = z.object({ rows: z.array(z.object({ questionId: z.uuid() })).min(1) });

/** Two evaluations of a run side by side, and a question that flipped between them. */
const comparedScreens = async (page: Page, run: string): Promise<string[]> => {
  const runId = run.split('/').at(-1) ?? '';
  const pair = `slice=${runId}.0.eval&slice=${runId}.2.eval`;
  const flips = await page.request.get(`/api/comparison/flips?${pair}&aspect=accuracy&from=fails&to=holds`);
  const [first] = flipsSchema.parse(await flips.json()).rows;
  return [`/compare?${pair}`, `/compare/questions/${first?.questionId}?${pair}&flip=wrong-right`];
};

/** The screens of a run that was trained: the recorded one, which every studio begins with. */
const trainedScreens = async (page: Page): Promise<string[]> => {
  await page.goto('/runs');
  const run = (await page.getByRole('link', { name: 'moving-shapes', exact: true }).getAttribute('href')) ?? '';
  await page.goto(run);
  const iteration = (await page.getByRole('link', { name: 'Iteration 2', exact: true }).getAttribute('href')) ?? '';
  return [run, `${run}/lengths`, `${run}/curriculum`, iteration, ...(await comparedScreens(page, run))];
};

/** Every screen with something on it. */
const screens = async (page: Page, { runId, setId }: Ids): Promise<string[]> => {
  await page.goto(`/runs/${runId}`);
  await page.getByRole('button', { name: 'Propose pairs' }).click();
  await expect(page.getByText('The proposal is queued')).toBeVisible();
  await allTasksDone(page.request);
  const addressOf = async (list: string, start: RegExp): Promise<string> => {
    await page.goto(list);
    const link = page.locator('main a[data-row], main a[href*="/questions/"]').first();
    const href = (await link.getAttribute('href')) ?? '';
    expect(href).toMatch(start);
    return href;
  };
  return [
    '/runs',
    `/runs/${runId}`,
    `/rollouts?run=${runId}`,
    `/rollouts?run=${runId}&view=flat`,
    await addressOf(`/rollouts?run=${runId}`, /^\/groups\//),
    await addressOf(`/rollouts?run=${runId}&view=flat`, /^\/rollouts\//),
    `/pairs?run=${runId}&iteration=0`,
    '/pair-sets',
    '/question-sets',
    `/question-sets/${setId}`,
    await addressOf(`/question-sets/${setId}`, /^\/question-sets\//),
    '/verifier',
    '/train',
    '/train/launch',
    `/train/launch?run=${runId}`,
    ...(await trainedScreens(page)),
    '/imports',
    '/settings',
  ];
};

const settled = async (page: Page, address: string) => {
  await page.goto(address);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('[role="status"][aria-label^="Loading"]')).toHaveCount(0);
};

test('axe finds no serious fault on any screen, in either theme', async ({ page, seed, baseURL }) => {
  test.setTimeout(480_000);
  const addresses = await screens(page, await seed(ballQuestions(3)));
  for (const theme of ['light', 'dark']) {
    await page.context().addCookies([{ name: 'veripo-theme', value: theme, url: baseURL ?? '' }]);
    for (const address of addresses) {
      await settled(page, address);
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
      expect.soft(serious, `${theme} ${address}`).toEqual([]);
    }
  }
});

test('no screen scrolls sideways on a phone', async ({ page, seed }) => {
  test.setTimeout(120_000);
  const addresses = await screens(page, await seed(ballQuestions(3)));
  await page.setViewportSize({ width: 390, height: 844 });
  for (const address of addresses) {
    await settled(page, address);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect.soft(over, address).toBeLessThanOrEqual(0);
  }
});

const MOST_STEPS = 120;

test('every control is reached by Tab and shows its focus', async ({ page, seed }) => {
  test.setTimeout(120_000);
  const { runId } = await seed(ballQuestions(2));
  for (const address of ['/runs', `/runs/${runId}`, '/imports', '/settings', `/rollouts?run=${runId}`]) {
    await settled(page, address);
    const controls = await page.evaluate(() => {
      const all = [...document.querySelectorAll<HTMLElement>('main :is(a[href], button, input, select, summary)')];
      const seen = all.filter(
        (element) => element.checkVisibility() && !element.matches(':disabled, [type="radio"]:not(:checked)'),
      );
      for (const [at, element] of seen.entries()) element.dataset.e2e = String(at);
      return seen.length;
    });
    const reached = new Set<string>();
    for (let step = 0; step < MOST_STEPS && reached.size < controls; step++) {
      await page.keyboard.press('Tab');
      const found = await page.evaluate(() => {
        const element = document.activeElement;
        if (!(element instanceof HTMLElement)) return undefined;
        // A file input is as small as a dot: its label wears the ring.
        const ring = element.matches('[type="file"]') ? element.closest('label') : element;
        return { at: element.dataset.e2e, outline: ring ? getComputedStyle(ring).outlineStyle : 'none' };
      });
      if (found?.at === undefined) continue;
      reached.add(found.at);
      expect.soft(found.outline, `${address}, control ${found.at}`).not.toBe('none');
    }
    expect.soft(reached.size, address).toBe(controls);
  }
});

test('a question mark shows the keys of the screen, but not while somebody types', async ({ page, seed }) => {
  const { runId } = await seed(ballQuestions(2));
  await settled(page, `/rollouts?run=${runId}`);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys of this screen' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await settled(page, '/settings');
  await page.getByLabel('New token for').pressSequentially('what?');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});
