import type { Locator, Page } from '@playwright/test';
import { ballQuestions } from './fixtures/rollouts';
import { allTasksDone } from './fixtures/seed';
import { expect, test } from './fixtures/test';

/** What the list of rollouts counts. */
const expectRollouts = (page: Page, count: number) =>
  expect(page.getByRole('status').filter({ hasText: 'rollouts' })).toHaveText(
    new RegExp(`^${count.toLocaleString('en-US')} rollouts`),
  );

const numberIn = (text: string): number => Number(/[\d,]+/.exec(text)?.[0].replaceAll(',', '') ?? Number.NaN);

/** Every number of a slice: its cells and what stands beside them, then the sum that they are said to make. */
const partsOf = async (slice: Locator): Promise<{ parts: number[]; sum: number }> => {
  const cells = await slice.getByRole('cell').getByRole('link').allInnerTexts();
  const below = await slice.getByRole('paragraph').getByRole('link').allInnerTexts();
  return { parts: [...cells, ...below.slice(0, -1)].map(numberIn), sum: numberIn(below.at(-1) ?? '') };
};

test('the parts of each stage of the recorded run add up to the rollouts that the list behind them holds', async ({
  page,
}) => {
  await page.goto('/runs');
  const run = (await page.getByRole('link', { name: 'moving-shapes', exact: true }).getAttribute('href')) ?? '';
  await page.goto(run);
  const slices = page.getByRole('region', { name: /^Accuracy × consistency of / });
  await expect(slices).toHaveCount(5);
  await expect(page.getByText(/Right by wrong thinking fell from .* from Eval 0 to Eval 2/)).toBeVisible();
  for (const slice of await slices.all()) {
    const { parts, sum } = await partsOf(slice);
    expect(parts.reduce((total, count) => total + count, 0)).toBe(sum);
  }

  const first = page.getByRole('region', { name: 'Accuracy × consistency of Eval 0' });
  const { sum } = await partsOf(first);
  const sick = first.getByRole('link', { name: /^Right by wrong thinking: / });
  const count = numberIn((await sick.getAttribute('title'))?.split(': ')[1] ?? '');
  await sick.click();
  await expect(page).toHaveURL(/\/rollouts\?.*iteration=0.*stage=eval.*correct=yes.*consistency=inconsistent/);
  await expectRollouts(page, count);
  await page.goBack();
  await first.getByRole('link', { name: /^= / }).click();
  await expectRollouts(page, sum);
});

test('the recorded run tells the cost of its recording, and a price turns it into money', async ({ page }) => {
  await page.goto('/runs');
  const run = (await page.getByRole('link', { name: 'moving-shapes', exact: true }).getAttribute('href')) ?? '';
  await page.goto(run);
  const table = page.getByRole('region', { name: 'Time and cost by stage' });
  // The closing figure of the recording's first GRPO: 52.86 s, however fast it was replayed.
  const grpo = table.getByRole('row', { name: /^GRPO 1 / });
  await expect(grpo).toContainText('52.9 s');
  await expect(grpo).toContainText('1,920 rollouts');
  await expect(table.getByRole('columnheader', { name: 'Cost', exact: true })).toHaveCount(0);
  await page.getByLabel('Price per device-hour').fill('100');
  await expect(page).toHaveURL(/price=100/);
  await expect(grpo).toContainText('1.47');
  await page.reload();
  await expect(grpo).toContainText('1.47');
  await page.getByLabel('Price per device-hour').fill('much');
  await expect(page.getByText('A price is a number above 0, such as 2.5')).toBeVisible();
  await expect(table.getByRole('columnheader', { name: 'Cost', exact: true })).toHaveCount(0);
});

test('a decided pair moves the panel of decisions without a reload', async ({ page, context, seed }) => {
  const { runId } = await seed(ballQuestions(4));
  await page.goto(`/runs/${runId}`);
  await expect(page.getByText('No pairs are proposed yet, so there is nothing to decide.')).toBeVisible();
  await page.getByRole('button', { name: 'Propose pairs' }).click();
  await expect(page.getByText('The proposal is queued')).toBeVisible();
  await allTasksDone(page.request);
  await expect(page.getByText(/^0 pairs decided by people, 0 by a policy, \d+ undecided\./)).toBeVisible();
  await expect(page.getByText('no job of a trainer here, so nobody measured')).toBeVisible();

  const review = await context.newPage();
  await review.goto(`/pairs?run=${runId}&iteration=0`);
  await expect(review.getByRole('region', { name: 'Chosen' })).toBeVisible();
  const progress = review.getByRole('progressbar', { name: 'Pairs decided' });
  await review.keyboard.press('a');
  await expect(progress).toHaveAttribute('aria-valuenow', '1');
  await review.keyboard.press('r');
  await expect(progress).toHaveAttribute('aria-valuenow', '2');
  await page.bringToFront();
  await expect(page.getByText(/^2 pairs decided by people,.*People approved 1 of the 2 they decided/)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Acts on pairs' })).toContainText('People');

  await review.bringToFront();
  await review.keyboard.press('u');
  await expect(progress).toHaveAttribute('aria-valuenow', '1');
  await page.bringToFront();
  await expect(page.getByText(/^1 pair decided by people,.*People approved 1 of the 1 they decided/)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Acts on pairs' })).toContainText('1 undone');
});
