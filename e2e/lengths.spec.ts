import type { Page } from '@playwright/test';
import { z } from 'zod';
import { expect, test } from './fixtures/test';

const runsSchema = z.array(z.object({ id: z.uuid(), name: z.string() }));
const lengthsSchema = z.object({
  slices: z.array(z.object({ k: z.int(), stage: z.string() })),
  series: z.array(
    z.object({ slice: z.int(), n: z.int(), quantiles: z.object({ p50: z.int(), p95: z.int() }).nullable() }),
  ),
});

/** The address of the recorded run's lengths, and of one of its slices. */
const recorded = async (page: Page): Promise<{ address: string; slice: string }> => {
  const runs = runsSchema.parse(await (await page.request.get('/api/runs')).json());
  const id = runs.find(({ name }) => name === 'moving-shapes')?.id ?? '';
  return { address: `/runs/${id}/lengths`, slice: `${id}.2.grpo` };
};

test('a run says how long it thinks, in any unit, and its numbers are those of the interface', async ({ page }) => {
  test.setTimeout(120_000);
  const { address, slice } = await recorded(page);
  await page.goto(address.replace('/lengths', ''));
  await page.getByRole('navigation', { name: 'Run' }).getByRole('link', { name: 'Lengths', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Lengths' })).toBeVisible();
  const histogram = page.getByRole('region', { name: 'Histogram', exact: true });
  await expect(histogram.getByText(/^Median tokens: Eval 0 \d+; /)).toBeVisible();

  await page.goto(`${address}?slice=${slice}`);
  const told = lengthsSchema.parse(await (await page.request.get(`/api/lengths?slice=${slice}`)).json());
  const [series] = told.series;
  expect(told.slices).toEqual([expect.objectContaining({ k: 2, stage: 'grpo' })]);
  await expect(histogram.getByText(`Median tokens: GRPO 2 ${series?.quantiles?.p50}.`)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Right and wrong by length' })).toBeVisible();

  await page.keyboard.press('u');
  await expect(histogram.getByText(/^Median words: GRPO 2 \d+\./)).toBeVisible();
  await expect(page).toHaveURL(/unit=words/);
  await page.keyboard.press('l');
  await expect(page).toHaveURL(/scale=log/);
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keys of this screen' });
  await expect(help.getByText('Count in sentences')).toBeVisible();
  await expect(help.getByText('Linear scale')).toBeVisible();
  await page.keyboard.press('Escape');

  await page.reload();
  await expect(page.getByRole('button', { name: 'Words', exact: true })).toHaveAttribute('aria-pressed', 'true');
  const quantiles = page.getByRole('region', { name: 'Quantiles by iteration' });
  await quantiles.getByRole('button', { name: 'Table', exact: true }).click();
  const row = quantiles.getByRole('row', { name: /^GRPO 2/ });
  await expect(row).toContainText(new Intl.NumberFormat('en-US').format(series?.n ?? 0));
  await row.getByRole('link', { name: 'GRPO 2' }).click();
  await expect(page).toHaveURL(/\/rollouts\?run=.*iteration=2.*stage=grpo/);
  const listed = `${new Intl.NumberFormat('en-US').format(series?.n ?? 0)} rollouts`;
  await expect(page.getByRole('status').filter({ hasText: 'rollouts' })).toContainText(listed);
});

test('small charts share their axes, and what lies at the ends is one click away', async ({ page }) => {
  test.setTimeout(120_000);
  const { address, slice } = await recorded(page);
  await page.goto(`${address}?slice=${slice}&facet=correct`);
  const histogram = page.getByRole('region', { name: 'Histogram by accuracy' });
  await expect(histogram.getByRole('heading', { level: 3, name: 'correct', exact: true })).toBeVisible();
  await expect(histogram.getByRole('heading', { level: 3, name: 'wrong', exact: true })).toBeVisible();

  await expect(page.getByRole('heading', { level: 2, name: 'Does longer help?' })).toBeVisible();
  const longer = page.getByRole('region', { name: 'Does longer win?' });
  await expect(longer.getByText(/the longer side is chosen: proposed by the verifier [\d.]+ %/)).toBeVisible();

  const outliers = page.getByRole('region', { name: 'The longest rollouts' });
  await expect(outliers.getByRole('row')).toHaveCount(21);
  await outliers.getByRole('link').first().click();
  await expect(page).toHaveURL(/\/rollouts\/[0-9a-f-]{36}$/);
});

test('the lengths of a run of nobody are not there', async ({ page, expectedErrors }) => {
  expectedErrors.push(/404/);
  await page.goto('/runs/00000000-0000-4000-8000-000000000000/lengths');
  await expect(page.getByText('Nothing here', { exact: false })).toBeVisible();
});
