import type { APIRequestContext, Locator, Page } from '@playwright/test';
import { z } from 'zod';
import { ballQuestions } from './fixtures/rollouts';
import { expect, test } from './fixtures/test';

const runsSchema = z.array(z.object({ id: z.uuid(), name: z.string() }));

const findRun = async (request: APIRequestContext, wanted: string): Promise<string> => {
  const runs = runsSchema.parse(await (await request.get('/api/runs')).json());
  return runs.find(({ name }) => name === wanted)?.id ?? '';
};

const panelOf = (page: Page, title = 'Accuracy reward by step'): Locator =>
  page.getByRole('region', { name: title, exact: true });

/** The name at the end of a line, or in the key below. */
const lineName = (panel: Locator, text: string | RegExp): Locator =>
  panel.locator('svg text').filter({ hasText: text });

/** What the list of rollouts counts. */
const expectRollouts = (page: Page, count: string) =>
  expect(page.getByRole('status').filter({ hasText: 'rollouts' })).toHaveText(new RegExp(`^${count} rollouts`));

test('the curves of the recorded run: two GRPOs, every point with the rollouts that it counts', async ({ page }) => {
  const runId = await findRun(page.request, 'moving-shapes');
  await page.goto(`/runs/${runId}`);
  const accuracy = panelOf(page);
  await expect(accuracy.getByText(/GRPO 1: 0\.\d+ at first, 0\.\d+ at last/)).toBeVisible();
  await expect(lineName(accuracy, 'GRPO 2, after DPO')).toBeVisible();
  await expect(panelOf(page, 'Response length by step').getByText(/GRPO 1: [\d.]+ tokens at first/)).toBeVisible();

  // By keyboard: the first point, which says its mean over its rollouts, and opens them.
  const plot = accuracy.getByRole('application');
  await plot.focus();
  await plot.press('Home');
  const words = accuracy.getByText(/^This step 0\.\d+ \(95 %: 0\.\d+ to \d\.\d+\)$/);
  await expect(words.first()).toBeVisible();
  await plot.press('Enter');
  await expect(page).toHaveURL(/\/rollouts\?.*step=0&.*iteration=1.*stage=grpo/);
  await expectRollouts(page, '64');

  // By the table: a point in the middle of the second GRPO.
  await page.goto(`/runs/${runId}`);
  await accuracy.getByRole('button', { name: 'Table' }).click();
  const row = accuracy.getByRole('row').filter({ hasText: 'GRPO 2, after DPO' }).nth(12);
  const [from, to, rollouts] = await row.getByRole('cell').allInnerTexts();
  expect([from, to]).toEqual(['12', '12']);
  await row.getByRole('link').click();
  await expect(page).toHaveURL(/step=12&/);
  await expectRollouts(page, rollouts ?? '');
});

test('GRPO without the DPO before it lies over it, smoothed and laid out as the address says', async ({ page }) => {
  const [runId, alone] = [await findRun(page.request, 'moving-shapes'), await findRun(page.request, 'grpo-alone')];
  await page.goto(`/runs/${runId}`);
  const accuracy = panelOf(page);
  const curves = page.getByRole('region', { name: 'Curves', exact: true });
  await curves.getByRole('button', { name: 'Compare with grpo-alone' }).click();
  await expect(page).toHaveURL(new RegExp(`with=${alone}`));
  await expect(lineName(accuracy, 'GRPO 2, without DPO')).toBeVisible();
  await expect(lineName(accuracy, 'GRPO 2, after DPO')).toBeVisible();
  await expect(accuracy.getByText('Strong: mean of the last 5 steps.')).toBeVisible();

  await curves.getByLabel('Smoothing').selectOption('20');
  await expect(page).toHaveURL(/smooth=20/);
  await curves.getByLabel('Iterations', { exact: true }).selectOption('chained');
  await page.reload();
  await expect(accuracy.getByText('Strong: mean of the last 20 steps.')).toBeVisible();
  await expect(lineName(accuracy, 'Step, iterations end to end')).toBeVisible();

  await page.goto(`/runs/${runId}?with=${alone}&smooth=0&curveK=2`);
  await expect(lineName(accuracy, 'GRPO 2, without DPO')).toBeVisible();
  await expect(accuracy.getByText('Strong:')).toHaveCount(0);
  await expect(lineName(accuracy, /GRPO 1/)).toHaveCount(0);

  await curves.getByRole('button', { name: 'Take grpo-alone out of the curves' }).click();
  await expect(page).not.toHaveURL(/with=/);
  await expect(lineName(accuracy, 'GRPO 2, without DPO')).toHaveCount(0);

  await curves.getByRole('button', { name: 'Compare with…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Compare with another run' });
  await dialog.getByLabel('Find a run').fill('ALONE');
  await dialog.getByRole('button', { name: /^grpo-alone/ }).click();
  await expect(page).toHaveURL(new RegExp(`with=${alone}`));
});

test('rollouts of one step have no curve, and the panel says what to do', async ({ page, seed }) => {
  const { runId } = await seed(ballQuestions(2));
  await page.goto(`/runs/${runId}`);
  await expect(
    panelOf(page, 'Accuracy reward and response length by step').getByText('These rollouts have no steps'),
  ).toBeVisible();
});
