import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { z } from 'zod';
import { allTasksDone } from './fixtures/seed';
import { expect, test } from './fixtures/test';

const runsSchema = z.array(z.object({ id: z.uuid(), name: z.string() }));
const TITLE = 'Inconsistency rate';

/** A chart of the recorded run, drawn. */
const openChart = async (page: Page): Promise<Locator> => {
  await allTasksDone(page.request); // the clips of the example are looked at in the background
  const runs = runsSchema.parse(await (await page.request.get('/api/runs')).json());
  await page.goto(`/runs/${runs.find(({ name }) => name === 'moving-shapes')?.id}`);
  const panel = page.getByRole('region', { name: TITLE, exact: true });
  await expect(panel.locator('svg.recharts-surface')).toBeVisible();
  return panel;
};

const save = async (page: Page, panel: Locator, kind: RegExp): Promise<{ name: string; bytes: Buffer }> => {
  await panel.getByRole('button', { name: `Save ${TITLE}` }).click();
  const waiting = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: kind }).click();
  const download = await waiting;
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
};

test('a mark of a chart is reached by keyboard, says what it shows and opens its rollouts', async ({ page }) => {
  const panel = await openChart(page);
  const chart = panel.getByRole('application', { name: TITLE });
  await expect(chart).toHaveAttribute('aria-roledescription', 'chart');
  const said = chart.locator('[aria-live="polite"]');

  // From the table's button one stop on is the menu, one more the chart: it holds no stops of its own.
  await panel.getByRole('button', { name: 'Table' }).focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(chart).toBeFocused();
  await expect(said).not.toBeEmpty();
  await page.keyboard.press('Home');
  const first = await said.textContent();
  await page.keyboard.press('ArrowDown');
  await expect(said).not.toHaveText(first ?? '');
  await page.keyboard.press('ArrowUp');
  await expect(said).toHaveText(first ?? '');

  await page.keyboard.press('Escape');
  await expect(said).toBeEmpty();
  await page.keyboard.press('End');
  await expect(said).not.toBeEmpty();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/rollouts\?/);
});

test('the pointer finds the mark under it, and a click opens its rollouts', async ({ page }) => {
  const panel = await openChart(page);
  const chart = panel.getByRole('application', { name: TITLE });
  await chart.scrollIntoViewIfNeeded();
  await chart.hover({ position: { x: 60, y: 34 } });
  await expect(chart.getByText('Click opens the rollouts')).toBeVisible();
  // What the pointer shows is not read out: it would be said at every move.
  await expect(chart.locator('[aria-live="polite"]')).toBeEmpty();
  await chart.click({ position: { x: 60, y: 34 } });
  await expect(page).toHaveURL(/\/rollouts\?/);
});

test('a chart is also a table and a CSV with the same rows', async ({ page }) => {
  const panel = await openChart(page);
  await panel.getByRole('button', { name: 'Table' }).click();
  const rows = panel.getByRole('row');
  const heads = await panel.getByRole('columnheader').allTextContents();
  const count = (await rows.count()) - 1;
  expect(count).toBeGreaterThan(1);

  const { name, bytes } = await save(page, panel, /^CSV/);
  expect(name).toMatch(/^[\w-]+\.csv$/);
  const [head = '', ...lines] = bytes.toString('utf8').trimEnd().split('\r\n');
  expect(lines).toHaveLength(count);
  // Heads of the file carry their units; those of the table begin alike.
  const written = head.split(',').map((text) => text.replaceAll('"', ''));
  expect(written).toHaveLength(heads.length);
  for (const [at, text] of heads.entries()) expect(written[at]).toContain(text.replace(/ \(.*\)$/, ''));

  // There is no picture to save while the table is shown.
  await panel.getByRole('button', { name: `Save ${TITLE}` }).click();
  await expect(page.getByRole('menuitem', { name: /^SVG/ })).toBeDisabled();
});

test('a picture stands alone, on white, whatever the theme of the page', async ({ page, baseURL }) => {
  await page.context().addCookies([{ name: 'veripo-theme', value: 'dark', url: baseURL ?? '' }]);
  const panel = await openChart(page);
  const svg = await save(page, panel, /^SVG/);
  expect(svg.name).toMatch(/\.svg$/);
  const text = svg.bytes.toString('utf8');
  expect(text).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="\d+" height="\d+"/);
  expect(text).toContain(`<title>${TITLE}</title>`);
  expect(text).toMatch(/<desc>.{20,}<\/desc>/);
  expect(text).toMatch(/^<rect width="\d+" height="\d+" fill="rgb\(255, 255, 255\)"\/>$/m);
  expect(text).not.toMatch(/var\(|class=|style=|<script|<foreignObject|href=|url\((?!#)/);
  const parsed = await page.evaluate((source) => {
    const document = new DOMParser().parseFromString(source, 'image/svg+xml');
    return { faults: document.querySelectorAll('parsererror').length, texts: document.querySelectorAll('text').length };
  }, text);
  expect(parsed.faults).toBe(0);
  expect(parsed.texts).toBeGreaterThan(3);

  const png = await save(page, panel, /^PNG/);
  expect(png.name).toMatch(/\.png$/);
  expect([...png.bytes.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const width = Number(/width="(\d+)"/.exec(text)?.[1]);
  expect(png.bytes.readUInt32BE(16)).toBe(2 * width);
});
