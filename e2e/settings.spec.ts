import { expect, test } from './fixtures/test';

test('a token is shown once, works as a bearer, and stops when revoked', async ({ page, playwright, baseURL }) => {
  await page.goto('/settings');
  await page.getByLabel('New token for').fill('e2e script');
  await page.getByRole('button', { name: 'Make' }).click();
  const token =
    (await page
      .getByRole('alert')
      .getByText(/^veripo_/)
      .textContent()) ?? '';
  const script = await playwright.request.newContext({
    baseURL: baseURL ?? '',
    extraHTTPHeaders: { authorization: `Bearer ${token}` },
  });
  // No such set, but the door is open; a wrong token gets 401.
  expect((await script.get('/api/v1/pair-sets/999999/export?format=trl')).status()).toBe(404);

  await page.reload();
  await expect(page.getByText(token)).toHaveCount(0);
  await page.getByRole('button', { name: 'Revoke e2e script' }).click();
  await expect(page.getByRole('button', { name: 'Revoke e2e script' })).toHaveCount(0);
  expect((await script.get('/api/v1/pair-sets/999999/export?format=trl')).status()).toBe(401);
  await script.dispose();
});

test('a folder that is not there is refused with a sentence', async ({ page }) => {
  await page.goto('/settings');
  await page.getByLabel('Add a folder').fill('/nowhere/at/all');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByText('no folder /nowhere/at/all')).toBeVisible();
});

test('both theme switches agree, and the choice stays', async ({ page }) => {
  await page.goto('/settings');
  await page.getByRole('radio', { name: 'Dark' }).check();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('button', { name: 'Use the light theme' }).click();
  await expect(page.getByRole('radio', { name: 'Light' })).toBeChecked();
  await page.getByRole('radio', { name: 'Dark' }).check();
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('radio', { name: 'Light' }).check();
});
