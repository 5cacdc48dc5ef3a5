import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { z } from 'zod';
import { expect, test } from './fixtures/test';

const flipsSchema = z.object({ rows: z.array(z.object({ questionId: z.uuid() })) });

const recordedRun = async (page: Page): Promise<string> => {
  await page.goto('/runs');
  const href = await page.getByRole('link', { name: 'moving-shapes', exact: true }).getAttribute('href');
  return href?.split('/').at(-1) ?? '';
};

/** Every figure, difference and interval of the comparison, once all of them stand. */
const figures = async (page: Page): Promise<string> => {
  const table = page.getByRole('region', { name: 'Metrics' }).getByRole('table');
  await expect(table.getByRole('row', { name: /^Correct of/ })).toContainText('points');
  return (await table.textContent()) ?? '';
};

/** A question that went from wrong to right between two slices. */
const flippedQuestion = async (page: Page, sides: string): Promise<string> => {
  const answer = await page.request.get(`/api/comparison/flips?${sides}&aspect=accuracy&from=fails&to=holds`);
  return flipsSchema.parse(await answer.json()).rows[0]?.questionId ?? '';
};

const openViews = async (page: Page) => {
  await page.getByRole('button', { name: 'Views', exact: true }).click();
  return page.getByRole('dialog', { name: 'Saved views' });
};

const removeViews = async (names: readonly string[]): Promise<void> => {
  const { db } = await import('@/lib/data/db');
  await db.savedView.deleteMany({ where: { name: { in: [...names] } } });
};

/** Somebody else of the same project, who reviews; gone when `act` is over. */
const asReviewer = async (baseURL: string, act: (link: string) => Promise<void>): Promise<void> => {
  const { db } = await import('@/lib/data/db');
  const { issueLinkToken } = await import('@/lib/data/access/auth');
  const id = randomUUID();
  const email = `${id}@studio.local`;
  const { projectId } = await db.member.findFirstOrThrow({ where: { userId: 'local-owner' } });
  await db.user.create({ data: { id, email, name: 'A reviewer', emailVerified: true } });
  await db.member.create({ data: { projectId, userId: id, role: 'reviewer' } });
  try {
    const link = new URL('/sign-in/link', baseURL);
    link.searchParams.set('token', await issueLinkToken(email));
    await act(link.href);
  } finally {
    await db.user.delete({ where: { id } });
  }
};

test('a comparison is kept under a name, opened from another screen by two people, and removed', async ({
  page,
  browser,
  baseURL,
}) => {
  const name = `before and after ${randomUUID()}`;
  const run = await recordedRun(page);
  await page.goto(`/compare?slice=${run}.0.eval&slice=${run}.2.eval&kind=choice`);
  const before = await figures(page);
  await page.getByRole('button', { name: /^All \d+ settings$/ }).click();
  await expect(page).toHaveURL(/all=settings/);
  const dialog = await openViews(page);
  await dialog.getByLabel('Keep this screen as').fill(name);
  await dialog.getByRole('button', { name: 'Save view', exact: true }).click();
  const views = page.getByRole('list', { name: 'Saved views' });
  await expect(views.getByRole('listitem').filter({ hasText: name })).toContainText('on the screen now');

  try {
    await page.reload();
    expect(await figures(page)).toBe(before);
    await page.goto('/rollouts');
    await openViews(page);
    await views.getByRole('link', { name, exact: true }).click();
    await expect(page).toHaveURL(
      new RegExp(`/compare\\?slice=${run}.0.eval&slice=${run}.2.eval&kind=choice&all=settings$`),
    );
    expect(await figures(page)).toBe(before);
    await expect(page.getByRole('button', { name: 'Only what differs' })).toHaveAttribute('aria-pressed', 'true');

    await asReviewer(baseURL ?? '', async (link) => {
      const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
      const other = await context.newPage();
      await other.goto(link);
      await other.goto(`/compare?slice=${run}.1.eval&slice=${run}.2.eval`);
      const otherwise = await figures(other);
      await openViews(other);
      const item = other.getByRole('listitem').filter({ hasText: name });
      await expect(item).toContainText('saved by Owner');
      await expect(item.getByRole('button', { name: `Remove the view ${name}` })).toHaveCount(0);
      await item.getByRole('link').click();
      await expect(other).toHaveURL(/kind=choice/);
      expect(await figures(other)).toBe(before);
      expect(before).not.toBe(otherwise);
      await context.close();
    });

    await openViews(page);
    await page.getByRole('button', { name: `Remove the view ${name}`, exact: true }).click();
    await expect(page.getByRole('link', { name, exact: true })).toHaveCount(0);
  } finally {
    await removeViews([name]);
  }
});

test('every screen that says all it shows in its address can be kept', async ({ page }) => {
  test.setTimeout(120_000);
  const run = await recordedRun(page);
  const names: string[] = [];
  const sides = `slice=${run}.0.eval&slice=${run}.2.eval`;
  const questionId = await flippedQuestion(page, sides);
  try {
    for (const [path, screen] of [
      [`/runs/${run}?smooth=20`, 'Run'],
      [`/runs/${run}/lengths?unit=words`, 'Lengths'],
      [`/compare/questions/${questionId}?${sides}`, 'Question'],
      ['/rollouts?correct=yes', 'Rollouts'],
      ['/pairs?state=all', 'Pairs'],
    ] as const) {
      const name = `${screen} ${randomUUID()}`;
      names.push(name);
      await page.goto(path);
      const dialog = await openViews(page);
      await dialog.getByLabel('Keep this screen as').fill(name);
      await dialog.getByRole('button', { name: 'Save view', exact: true }).click();
      const item = dialog.getByRole('listitem').filter({ hasText: name });
      await expect(item).toContainText(`${screen}, saved by Owner, on the screen now`);
    }
  } finally {
    await removeViews(names);
  }
});

test('a view of the question that is open already changes the screen', async ({ page }) => {
  const run = await recordedRun(page);
  const name = `by length ${randomUUID()}`;
  const sides = `slice=${run}.0.eval&slice=${run}.2.eval`;
  const question = `/compare/questions/${await flippedQuestion(page, sides)}?${sides}`;
  await page.goto(`${question}&order=length`);
  const dialog = await openViews(page);
  await dialog.getByLabel('Keep this screen as').fill(name);
  await dialog.getByRole('button', { name: 'Save view', exact: true }).click();
  try {
    await expect(dialog.getByRole('link', { name, exact: true })).toBeVisible();
    await page.goto(question);
    const order = page.getByLabel('Order of the chains');
    const asSampled = await order.inputValue();
    await openViews(page);
    await page.getByRole('link', { name, exact: true }).click();
    await expect(page).toHaveURL(/order=length/);
    await expect(order).not.toHaveValue(asSampled);
  } finally {
    await removeViews([name]);
  }
});
