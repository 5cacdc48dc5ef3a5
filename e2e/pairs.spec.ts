import { ballQuestions } from './fixtures/rollouts';
import { allTasksDone } from './fixtures/seed';
import { expect, test } from './fixtures/test';

test('pairs are decided by keyboard, taken back after a reload, frozen and exported', async ({ page, seed }) => {
  test.slow(); // a proposal, some twenty decisions and a freeze
  const { runId } = await seed(ballQuestions(5));
  await page.goto(`/runs/${runId}`);
  await page.getByRole('button', { name: 'Propose pairs' }).click();
  await expect(page.getByText('The proposal is queued')).toBeVisible();
  await allTasksDone(page.request);

  await page.goto(`/pairs?run=${runId}&iteration=0`);
  const progress = page.getByRole('progressbar', { name: 'Pairs decided' });
  const chosen = page.getByRole('region', { name: 'Chosen' });
  await expect(chosen).toBeVisible();
  const total = Number(await progress.getAttribute('aria-valuemax'));
  expect(total).toBeGreaterThanOrEqual(5);

  await page.keyboard.press('a');
  await expect(progress).toHaveAttribute('aria-valuenow', '1');
  await page.keyboard.press('r');
  await page.keyboard.press('a');
  await expect(progress).toHaveAttribute('aria-valuenow', '3');
  await page.keyboard.press('u');
  await expect(progress).toHaveAttribute('aria-valuenow', '2');
  await page.reload();
  await expect(chosen).toBeVisible();
  await page.keyboard.press('u');
  await expect(progress).toHaveAttribute('aria-valuenow', '1');

  // No key acts while somebody types.
  await page.keyboard.press('e');
  const text = page.getByRole('textbox').first();
  await text.press('End');
  await text.pressSequentially('a r u');
  await expect(progress).toHaveAttribute('aria-valuenow', '1');
  await page.getByRole('button', { name: 'Cancel' }).click();

  const freeze = page.getByRole('button', { name: `Freeze ${total} approved` });
  await expect(async () => {
    if (!(await freeze.isVisible())) await page.keyboard.press('a');
    await expect(freeze).toBeVisible({ timeout: 300 });
  }).toPass({ timeout: 60_000 });
  await freeze.click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: `Freeze ${total} pairs` })
    .click();
  await expect(page).toHaveURL(/\/pair-sets\/[0-9a-f-]{36}/);
  await expect(page.getByText(`${total} lines of JSON`).first()).toBeVisible();

  for (const name of ['TRL', 'ms-swift', 'LLaMA-Factory', 'OpenRLHF']) {
    const address = await page.getByRole('link', { name }).getAttribute('href');
    const [first, second] = [await page.request.get(address ?? ''), await page.request.get(address ?? '')];
    const body = await first.text();
    expect(body.trimEnd().split('\n')).toHaveLength(total);
    expect(await second.text()).toBe(body);
  }
});
