import { ballQuestions } from './fixtures/rollouts';
import { expect, test } from './fixtures/test';

test('an inconsistent rollout shows why, and correcting it moves the rates', async ({ page, seed }) => {
  const { name, runId } = await seed(ballQuestions(3));
  const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });
  await page.goto('/runs');
  await expect(row).toContainText('3 / 12');

  await page.goto(`/rollouts?run=${runId}&view=flat`);
  const status = page.getByRole('status').filter({ hasText: 'rollouts' });
  await expect(status).toContainText('12 rollouts');
  const facet = page.getByRole('group', { name: 'Consistency' }).getByRole('checkbox', { name: 'inconsistent' });
  // The filter is the address, which follows the click a moment later: `check` would not wait for it.
  await expect(async () => {
    if (!(await facet.isChecked())) await facet.click();
    await expect(facet).toBeChecked({ timeout: 2_000 });
  }).toPass();
  await expect(status).toContainText('3 rollouts');
  await expect(page).toHaveURL(/consistency=inconsistent/);
  await page.getByRole('link', { name: 'Which way does ball' }).first().click();

  const sentence = 'Therefore, the answer is C.';
  await expect(page.getByRole('button', { name: sentence })).toBeVisible();
  await expect(page.getByTitle(/^consistency: /).filter({ hasText: 'answer is C' })).toBeVisible();

  await page.getByRole('button', { name: 'Correct consistency' }).click();
  await page.getByLabel('It should say').selectOption('consistent');
  await page.getByLabel('Why', { exact: true }).fill('It names C only as an example');
  await page.getByRole('button', { name: 'Correct', exact: true }).click();
  await expect(page.getByText('Corrected by a person')).toBeVisible();
  await page.reload();
  await expect(page.getByText('It names C only as an example')).toBeVisible();

  await page.goto('/runs');
  await expect(row).toContainText('2 / 12');
  await page.goto(`/runs/${runId}`);
  await expect(page.getByLabel('Figures of this run')).toContainText('2 of 12 decided');
  await page.goto(`/rollouts?run=${runId}&consistency=inconsistent`);
  await expect(status).toContainText('2 rollouts');
});
