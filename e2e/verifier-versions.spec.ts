import { ballQuestion } from './fixtures/rollouts';
import { allTasksDone } from './fixtures/seed';
import { expect, test } from './fixtures/test';

/** Long enough to count as a repeat when it is said twice, and too little of the text to matter under the default. */
const said = 'The ball leaves the left edge in the first frame and reaches the middle of the table in the last one.';
const filler = Array.from({ length: 90 }, (_, at) => `detail${at}`).join(' ');

/** Two right chains, the longer of which says a sentence twice; and a wrong one. */
const question = (at: number) => {
  const usual = ballQuestion(at);
  const long = `${said} ${filler} and ${said} It moved to the right. So the answer is B.`;
  const [right, , wrong] = usual.samples;
  if (!right || !wrong) throw new Error('a ball question has samples');
  return ballQuestion(at, { samples: [right, { think: long, answer: 'B' }, wrong] });
};

test('a moved threshold becomes a version, the run moves to it, and decided pairs go stale', async ({ page, seed }) => {
  test.slow(); // two proposals and a verification
  const { name, runId } = await seed([question(0), question(1), question(2)]);
  await page.goto(`/runs/${runId}`);
  await page.getByRole('button', { name: 'Propose pairs' }).click();
  await expect(page.getByText('The proposal is queued')).toBeVisible();
  await allTasksDone(page.request);

  await page.goto(`/pairs?run=${runId}&iteration=0&type=length`);
  const progress = page.getByRole('progressbar', { name: 'Pairs decided' });
  await expect(page.getByRole('region', { name: 'Chosen' })).toBeVisible();
  await page.keyboard.press('a');
  await expect(progress).toHaveAttribute('aria-valuenow', '1');

  await page.goto(`/verifier/thresholds?run=${runId}&maxRepetition=0.02`);
  await page.getByRole('button', { name: /^Save as/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('No repeats');
  await dialog.getByRole('button', { name: /^Save/ }).click();
  await dialog.getByRole('button', { name: 'Not now' }).click();

  // Side by side, before anything moves.
  await page.goto('/verifier');
  await page.getByRole('combobox', { name: 'Run', exact: true }).selectOption({ label: name });
  await expect(page).toHaveURL(new RegExp(`run=${runId}`));
  const to = page.getByRole('combobox', { name: 'To' });
  const saved = to.getByRole('option', { name: /No repeats$/ });
  await to.selectOption((await saved.first().getAttribute('value')) ?? '');
  await expect(page.getByText('3 of 9 rollouts would stand otherwise')).toBeVisible();
  const pairs = page.getByRole('region', { name: 'Pairs' });
  await expect(pairs.getByText('1 pair', { exact: true })).toBeVisible();
  await expect(pairs.getByText('become stale')).toBeVisible();

  await page.getByRole('button', { name: 'Use for a run…' }).first().click();
  await dialog.getByLabel('Run').selectOption({ label: name });
  await expect(dialog.getByText('3 of its 9 rollouts would stand otherwise')).toBeVisible();
  await dialog.getByRole('button', { name: 'Use for this run' }).click();
  await expect(dialog).toBeHidden();
  await allTasksDone(page.request);

  await page.goto(`/pairs?run=${runId}&iteration=0`);
  await page
    .getByRole('navigation', { name: 'Type' })
    .getByRole('link', { name: /^Stale\s*1$/ })
    .click();
  await expect(page.getByText('Stale: the chosen chain now counts as repetitive under version')).toBeVisible();
  await page.getByRole('button', { name: 'Freeze…' }).click();
  await expect(dialog.getByText('1 of the 1 approved is stale')).toBeVisible();
  await expect(dialog.getByText('Every approved pair is stale')).toBeVisible();
  await dialog.getByRole('checkbox', { name: /is stale/ }).uncheck();
  await expect(dialog.getByRole('button', { name: 'Freeze 1 pair' })).toBeVisible();
});
