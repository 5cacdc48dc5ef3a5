import { ballQuestions } from './fixtures/rollouts';
import { allTasksDone } from './fixtures/seed';
import { expect, test } from './fixtures/test';

test('a threshold moved by keyboard says what would change, is saved as a version, and the run moves to it', async ({
  page,
  seed,
}) => {
  const { name, runId } = await seed(ballQuestions(3));
  await page.goto(`/verifier/thresholds?run=${runId}`);
  const status = page.getByRole('status').filter({ hasText: 'rollouts' });
  await expect(status).toContainText('12 rollouts, as they stand');
  const shares = page.getByRole('region', { name: 'Shares as saved and as moved' });
  const short = shares.getByRole('row', { name: /Too short/ });
  await expect(short).toContainText('0 / 12');

  const slider = page.getByRole('slider', { name: /^Too short below/ });
  await slider.focus();
  await slider.press('ArrowRight');
  await expect(slider).toHaveAttribute('aria-valuetext', '17, saved 16');
  await page.getByLabel('Too short below, as a number').fill('4000');
  await expect(status).toContainText('12 of 12 rollouts would stand otherwise');
  await expect(short).toContainText('12 / 12');
  await expect(page).toHaveURL(/minThinkTokens=4000/);
  const flips = page.getByRole('region', { name: 'Length: in range → too short' });
  await expect(flips.getByRole('link', { name: /Which way does ball/ }).first()).toHaveAttribute(
    'href',
    /^\/rollouts\//,
  );
  // Two right ones, a wrong one and one by wrong thinking: every question gives pairs.
  const pairs = page.getByRole('region', { name: 'Pairs that a proposal would give' });
  await expect(pairs.getByRole('row', { name: /Consistency/ })).toContainText('3');

  await page.reload();
  await expect(status).toContainText('12 of 12 rollouts would stand otherwise');

  await page.getByRole('button', { name: 'Save as version…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(`Longer, ${name}`);
  await dialog.getByRole('button', { name: 'Save version' }).click();
  await expect(dialog).toContainText('12 of its 12 rollouts would stand otherwise');
  await dialog.getByRole('button', { name: 'Use for this run' }).click();
  await expect(dialog).toBeHidden();
  // Thresholds are now moved away from the saved version.
  await expect(status).toContainText('12 rollouts, as they stand');
  await expect(short).toContainText('12 / 12');
  await allTasksDone(page.request);
  await page.goto(`/rollouts?run=${runId}&lengthClass=too_short`);
  await expect(page.getByRole('status').filter({ hasText: 'rollouts' })).toContainText('12 rollouts');
});
