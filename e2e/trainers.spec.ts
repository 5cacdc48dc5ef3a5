import { freePort, hasTrainer } from '@/lib/trainer/testing';
import { expect, test } from './fixtures/test';

test('the trainer of this machine comes online by itself', async ({ page }) => {
  test.skip(!hasTrainer(), 'the trainer is not installed here: npm run trainer-test');
  await page.goto('/train');
  const row = page.getByRole('list', { name: 'Trainers' }).getByRole('listitem').filter({ hasText: 'this machine' });
  await expect(row.getByText('online')).toBeVisible({ timeout: 30_000 });
  await expect(row.getByRole('rowheader', { name: 'cpu' })).toBeVisible();
});

test('a trainer is registered, asked, and forgotten after a confirmation', async ({ page }) => {
  await page.goto('/settings#trainers');
  const name = `away ${Date.now()}`;
  const port = await freePort();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Address').fill('ftp://gpu-host');
  await page.getByLabel('Token', { exact: true }).fill('a-token-of-the-browser-tests');
  await page.getByRole('button', { name: 'Register' }).click();
  await expect(page.getByText('Give an address that begins with http:// or https://')).toBeVisible();

  await page.getByLabel('Address').fill(`http://127.0.0.1:${port}`);
  await page.getByRole('button', { name: 'Register' }).click();
  const row = page.getByRole('list', { name: 'Trainers' }).getByRole('listitem').filter({ hasText: name });
  await expect(row.getByText('not reached')).toBeVisible();
  await expect(row.getByText(`The trainer at 127.0.0.1:${port} cannot be reached (ECONNREFUSED).`)).toBeVisible();
  await expect(row.getByText('It has never answered')).toBeVisible();
  await row.getByRole('button', { name: `Check now: ${name}` }).click();
  await expect(row.getByText('not reached')).toBeVisible();

  await row.getByRole('button', { name: `Forget ${name}` }).click();
  const dialog = page.getByRole('dialog', { name: `Forget ${name}?` });
  await dialog.getByRole('button', { name: 'Forget it' }).click();
  await expect(dialog).toBeHidden();
  await expect(row).toHaveCount(0);
  await page.reload();
  await expect(page.getByText(name)).toHaveCount(0);
});
