import { ballQuestions, studioLines } from './fixtures/rollouts';
import { expect, test } from './fixtures/test';

test('files are recognised, imported, verified, and their bad lines are told', async ({ page, runName }) => {
  await page.goto('/imports');
  const lines = studioLines(ballQuestions(3));
  await page.getByLabel('Drag files here, or choose them').setInputFiles([
    {
      name: 'e2e.ndjson',
      mimeType: 'text/plain',
      buffer: Buffer.from([...lines, '{"veripo":1,"type":"rollout"}'].join('\n')),
    },
    { name: 'holiday.json', mimeType: 'application/json', buffer: Buffer.from('{"sun": true}') },
  ]);
  const chosen = page.getByRole('list', { name: 'Chosen files' });
  await expect(chosen.getByText('Studio NDJSON')).toBeVisible();
  await expect(chosen.getByRole('alert')).toContainText('no known format');

  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByText('Rollouts belong to a run: name one')).toBeVisible();
  await page.getByLabel('Run', { exact: true }).fill(runName);
  await page.getByRole('button', { name: 'Import', exact: true }).click();

  const item = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('link', { name: runName }) })
    .first();
  await expect(item.getByText('12 new rollouts, 0 known, 3 new questions')).toBeVisible();
  await item.getByRole('button', { name: '1 refused' }).click();
  await expect(item.getByRole('table', { name: 'Refused lines' }).getByRole('row').nth(1)).toContainText('13');

  await item.getByRole('link', { name: runName }).first().click();
  await expect(page.getByRole('heading', { name: runName, level: 1 })).toBeVisible();
  const figures = page.getByLabel('Figures of this run');
  await expect(figures).toContainText('12 verified');
  await expect(figures).toContainText('9 of 12 with a truth');
  await expect(figures).toContainText('3 of 12 decided');
  await figures.getByRole('link', { name: '25.0 %' }).first().click();
  await expect(page).toHaveURL(/\/rollouts\?.*consistency=inconsistent/);
  await expect(page.getByRole('status').filter({ hasText: 'rollouts' })).toContainText('3 rollouts');
});

test('the same file again brings nothing twice', async ({ page, seed, runName }) => {
  await seed(ballQuestions(2));
  const file = { name: `${runName}.ndjson`, mimeType: 'text/plain' };
  await page.goto('/imports');
  await page
    .getByLabel('Drag files here, or choose them')
    .setInputFiles([{ ...file, buffer: Buffer.from(studioLines(ballQuestions(3)).join('\n')) }]);
  await page.getByLabel('Run', { exact: true }).fill(runName);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByText('4 new rollouts, 8 known, 1 new question')).toBeVisible();
});

test('a path is taken only under a declared root', async ({ page }) => {
  await page.goto('/imports');
  await page.getByLabel("Or a path on the studio's machine").fill('/etc/passwd');
  await page.getByRole('button', { name: 'Add' }).first().click();
  await expect(page.getByText('No such file under')).toBeVisible();
});
