import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/test';

/** Questions that the list of flips loads at a time. */
const PAGE = 50;

/** The recorded run, which every studio begins with. */
const recordedRun = async (page: Page): Promise<string> => {
  await page.goto('/runs');
  const href = await page.getByRole('link', { name: 'moving-shapes', exact: true }).getAttribute('href');
  return href?.split('/').at(-1) ?? '';
};

const metric = (page: Page, name: string) =>
  page.getByRole('region', { name: 'Metrics' }).getByRole('row', { name: new RegExp(`^${name}`) });

test('a comparison begins with a suggestion and says what changed from Eval 0 to Eval 2', async ({ page }) => {
  await recordedRun(page);
  await page.getByRole('link', { name: 'Compare', exact: true }).click();
  await page.getByRole('link', { name: 'Eval 0 → Eval 2 of moving-shapes', exact: true }).click();
  await expect(metric(page, 'Correct of')).toContainText('54.1 %');
  await expect(metric(page, 'Correct of')).toContainText('346 / 640');
  await expect(metric(page, 'Correct of')).toContainText('78.8 %');
  await expect(metric(page, 'Correct of')).toContainText('+24.7 points better');
  await expect(metric(page, 'Inconsistent')).toContainText('37.2 %');
  await expect(metric(page, 'Inconsistent')).toContainText('220 / 591');
  await expect(metric(page, 'Inconsistent')).toContainText('17 / 623');
  await expect(metric(page, 'Inconsistent')).toContainText('−34.5 points better');
  await expect(page.getByText('paired over the same 160 questions')).toBeVisible();
  const settings = page.getByRole('region', { name: 'Configuration' });
  await expect(settings.getByRole('row', { name: /^Start weights/ })).toContainText('DPO of iteration 1');
});

test('every count of flips opens as many questions, and a reload keeps the list open', async ({ page }) => {
  const run = await recordedRun(page);
  await page.goto(`/compare?slice=${run}.0.eval&slice=${run}.2.eval`);
  const flips = page.getByRole('region', { name: 'Right or wrong' });
  const counts = flips.getByRole('button', { name: /question/ });
  await expect(counts.first()).toBeVisible();
  const names = await counts.evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label') ?? ''));
  let total = 0;
  for (const name of names) {
    const count = Number(/: (\d+) question/.exec(name)?.[1]);
    total += count;
    await flips.getByRole('button', { name, exact: true }).click();
    const title = `Questions ${name.split(':')[0]}`;
    const list = page.getByRole('region', { name: title, exact: true }).first();
    const more = list.getByRole('button', { name: /^Show more/ });
    await expect(list.getByRole('row').nth(1)).toBeVisible();
    for (let shown = PAGE; shown < count; shown += PAGE) {
      await more.click();
      await expect(list.locator('tbody tr')).toHaveCount(Math.min(count, shown + PAGE));
    }
    await expect(list.locator('tbody tr')).toHaveCount(count);
  }
  expect(total).toBe(160);
  await page.reload();
  const last = page.getByRole('region', { name: `Questions ${names.at(-1)?.split(':')[0]}`, exact: true }).first();
  await expect(last.locator('tbody a').first()).toHaveAttribute('href', /^\/compare\/questions\/.*slice=.*slice=/);
});

test('slices are added, narrowed, swapped and taken away, and the address says so', async ({ page }) => {
  const run = await recordedRun(page);
  await page.goto('/compare');
  await page.getByLabel('Find a run').fill('moving-sh');
  await page.getByRole('button', { name: 'moving-shapes', exact: true }).click();
  await page.getByRole('button', { name: 'Add every iteration' }).click();
  const chosen = page.getByRole('list', { name: 'Chosen slices' }).getByRole('listitem');
  await expect(chosen).toHaveCount(3);
  await expect(page).toHaveURL(new RegExp(`slice=${run}.0.eval&slice=${run}.1.eval&slice=${run}.2.eval`));
  await page.keyboard.press('x');
  await expect(chosen.first()).toContainText('Eval 1');
  await expect(chosen.first()).toContainText('Baseline');
  await page.getByRole('button', { name: 'Remove Eval 0 of moving-shapes' }).click();
  await expect(chosen).toHaveCount(2);
  await page.getByRole('checkbox', { name: 'regression' }).check();
  await expect(page).toHaveURL(/kind=regression/);
  await expect(metric(page, 'Correct of')).toContainText('/ 160');
});

test('whole runs are ticked in their list and compared by their newest iterations', async ({ page }) => {
  const run = await recordedRun(page);
  await page.getByRole('checkbox', { name: 'Compare moving-shapes', exact: true }).check();
  await expect(page.getByText('Tick one run more to compare them.')).toBeVisible();
  await page.goto(`/compare?run=${run}`);
  await expect(page).toHaveURL(new RegExp(`slice=${run}.2.eval`));
});

test.describe('slices of nobody', () => {
  test.use({ expectedErrors: [/404/] });
  test('are told as such', async ({ page }) => {
    const nobody = '00000000-0000-4000-8000-000000000000';
    await page.goto(`/compare?slice=${nobody}.0.eval&slice=${nobody}.1.eval`);
    await expect(page.getByText('One of these slices is not there, or is not yours')).toBeVisible();
  });
});
