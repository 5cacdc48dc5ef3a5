import { expect, test } from './fixtures/test';

test.use({ storageState: { cookies: [], origins: [] } });

test('a stranger is shown the door', async ({ page }) => {
  await page.goto('/runs');
  await expect(page).toHaveURL(/\/sign-in/);
  const answer = await page.request.get('/api/runs');
  expect(answer.status()).toBe(401);
});

test('the link opens the studio once', async ({ page, browser, baseURL }) => {
  const { createSignInLink } = await import('@/lib/data/access/sign-in');
  const link = await createSignInLink(baseURL ?? '');
  await page.goto(link);
  await expect(page.getByRole('heading', { name: 'Runs', level: 1 })).toBeVisible();

  const other = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const second = await other.newPage();
  await second.goto(link);
  await expect(second).toHaveURL(/\/sign-in\?used/);
  await other.close();

  await page.reload();
  await expect(page.getByRole('heading', { name: 'Runs', level: 1 })).toBeVisible();
});
