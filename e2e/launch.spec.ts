import { ballQuestions } from './fixtures/rollouts';
import { expect, test } from './fixtures/test';

test('a launch form explains, bounds, marks and resets its fields, and says why it cannot launch', async ({
  page,
  seed,
}) => {
  const { runId } = await seed(ballQuestions(2));
  await page.goto(`/train/launch?run=${runId}`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Launch iteration 1 of');
  const grpo = page.getByRole('region', { name: 'GRPO', exact: true });
  const summary = page.getByRole('complementary', { name: 'Summary' });

  const rate = grpo.getByLabel('Learning rate', { exact: true });
  await expect(rate).toHaveValue('1e-6');
  await rate.fill('2');
  await expect(grpo.getByText('Learning rate must be more than 0, at most 1')).toBeVisible();
  await expect(rate).toHaveAttribute('aria-invalid', 'true');
  await grpo.getByRole('button', { name: 'Reset Learning rate to 1e-6' }).click();
  await expect(rate).toHaveValue('1e-6');

  await page.getByLabel('Group-Slow-Search (next)').check();
  await expect(rate).toHaveValue('5e-7');
  await expect(page.getByRole('region', { name: 'DPO', exact: true }).getByText('passed over')).toBeVisible();
  await grpo.getByRole('checkbox').nth(1).check();
  await expect(summary.getByText('rollouts, ').first()).toBeVisible();

  // Its rollouts were imported: no weights to go on from. Where no trainer is online, that is said first.
  await expect(summary.getByRole('status').first()).toContainText(/no weights|trainer/i);
  await expect(summary.getByRole('button', { name: 'Launch iteration 1' }).first()).toBeDisabled();
});
