import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/test';

/** Evaluations of the recorded run, before and after. */
const openComparison = async (page: Page): Promise<void> => {
  await page.goto('/runs');
  const href = await page.getByRole('link', { name: 'moving-shapes', exact: true }).getAttribute('href');
  const run = href?.split('/').at(-1) ?? '';
  await page.goto(`/compare?slice=${run}.0.eval&slice=${run}.2.eval`);
};

const metrics = ['Accuracy', 'Correct of', 'Inconsistent', 'Correct and consistent', 'Malformed', 'Thinking', 'Reward'];

/** The figures of each metric on the screen, the baseline's first. */
const figuresOnScreen = async (page: Page): Promise<string[][]> => {
  const table = page.getByRole('region', { name: 'Metrics' });
  await expect(table.getByRole('row', { name: /^Correct of/ })).toContainText('points better');
  return Promise.all(
    metrics.map((name) =>
      table
        .getByRole('row', { name: new RegExp(`^${name}`) })
        .getByRole('link')
        .allInnerTexts(),
    ),
  );
};

test('a comparison is saved as one file that opens without the studio and says the same', async ({
  page,
  browser,
}, testInfo) => {
  await openComparison(page);
  const waiting = page.waitForEvent('download');
  // Right away: what is not read yet is waited for.
  await page.getByRole('button', { name: 'Report', exact: true }).click();
  const download = await waiting;
  expect(download.suggestedFilename()).toBe('comparison-moving-shapes-eval-0-vs-eval-2.html');
  const file = testInfo.outputPath('report.html');
  await download.saveAs(file);
  const text = await readFile(file, 'utf8');
  expect(text).not.toContain('<script');
  expect(text).not.toMatch(/ (?:src|href)=|var\(--/);
  expect(text.match(/https?:\/\/[^<\s]*/g)).toEqual([page.url().replaceAll('&', '&amp;')]);
  const shown = await figuresOnScreen(page);
  const correct = page.getByRole('region', { name: 'Metrics' }).getByRole('row', { name: /^Correct of/ });
  const change = /[+−][\d.]+ points better/.exec((await correct.textContent()) ?? '')?.[0];

  const alone = await browser.newContext({ offline: true, storageState: { cookies: [], origins: [] } });
  const report = await alone.newPage();
  const complaints: string[] = [];
  const asked: string[] = [];
  report.on('console', (message) => complaints.push(message.text()));
  report.on('pageerror', (error) => complaints.push(String(error)));
  report.on('request', (request) => asked.push(request.url()));
  const address = pathToFileURL(file).href;
  await report.goto(address);
  await expect(report).toHaveTitle('Eval 2 against Eval 0, moving-shapes');
  await expect(report.getByRole('heading', { name: 'Eval 2 against Eval 0', exact: true })).toBeVisible();
  const table = report.getByRole('table').filter({ hasText: 'mean r_a of scored rollouts' });
  for (const [at, name] of metrics.entries()) {
    const row = table.getByRole('row', { name: new RegExp(`^${name}`) });
    expect(await row.locator('.figure').allInnerTexts()).toEqual(shown[at]);
  }
  const changes = table.getByRole('row', { name: /^Correct of/ }).locator('.better');
  expect(await changes.textContent()).toBe(`▲ ${change}`);
  for (const title of ['Differences', 'Flips against the baseline']) {
    const chart = report.locator('figure').filter({ has: report.getByRole('heading', { name: title, exact: true }) });
    const picture = chart.locator('> svg');
    await expect(picture).toBeVisible();
    const box = await picture.boundingBox();
    expect(box?.width).toBeGreaterThan(600);
    expect(await picture.locator('path').count()).toBeGreaterThan(5);
    expect(await picture.locator('text').count()).toBeGreaterThan(5);
  }
  await expect(report.getByText('2,000 draws with seed')).toBeVisible();
  await expect(report.getByRole('table').filter({ hasText: 'Start weights' })).toContainText('DPO of iteration 1');
  await expect(
    report.getByRole('heading', { name: /^wrong → right: 15 of \d+, those that moved most$/ }),
  ).toBeVisible();
  expect(complaints).toEqual([]);
  expect(asked).toEqual([address]);
  await report.setViewportSize({ width: 390, height: 844 });
  expect(await report.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  await alone.close();
});

test('a phone and open tables give the same charts; one slice gives no report', async ({ page }, testInfo) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openComparison(page);
  await page.getByRole('region', { name: 'Differences' }).getByRole('button', { name: 'Table', exact: true }).click();
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Report', exact: true }).click();
  const file = testInfo.outputPath('phone.html');
  await (await waiting).saveAs(file);
  const widths = [...(await readFile(file, 'utf8')).matchAll(/<svg width="(\d+)" height/g)].map(([, width]) =>
    Number(width),
  );
  expect(widths).toHaveLength(2);
  for (const width of widths) expect(width).toBeGreaterThan(600);
  await expect(page.getByRole('button', { name: 'Report', exact: true })).toBeEnabled();
  await page.goto('/compare');
  await expect(page.getByRole('button', { name: 'Report', exact: true })).toBeDisabled();
});
