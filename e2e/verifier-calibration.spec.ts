import type { Page } from '@playwright/test';
import { ballQuestions } from './fixtures/rollouts';
import { expect, test } from './fixtures/test';

const item = (page: Page, position: number) => page.getByRole('button', { name: new RegExp(`^Item ${position},`) });

/** Draws a sample of the run through the dialog and waits for its first item. */
const draw = async (page: Page, name: string, size: number): Promise<void> => {
  await page.goto('/verifier/calibration');
  await page.getByRole('button', { name: 'Draw a sample' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Run').selectOption({ label: name });
  await dialog.getByLabel('Items').fill(String(size));
  await dialog.getByRole('button', { name: 'Draw' }).click();
  await expect(page.getByRole('heading', { name: `Item 1 of ${size}` })).toBeVisible();
};

test('a sample is labelled by keyboard, blind, and the figures follow', async ({ page, seed }) => {
  const { name } = await seed(ballQuestions(3));
  const bodies: string[] = [];
  page.on('response', async (response) => {
    if (/\/items\/1$/.test(response.url())) bodies.push(await response.text());
  });
  await draw(page, name, 6);
  const verdict = page.getByRole('region', { name: 'The verifier’s verdict' });
  await expect(verdict.or(page.getByText('Hidden until you have answered'))).toBeVisible();
  await expect(page.getByText('Does the thinking conclude what the answer says?')).toBeVisible();
  await expect(page.getByText('✓ truth')).toBeHidden();
  expect(bodies.join()).not.toMatch(/"reason"|"said"|inconsistent|"truth":"B"/);

  // Consistency first; then the truth shows, and the verdict of that check alone.
  const shown = page.getByText('Nothing to compare');
  await page.keyboard.press('s');
  await expect(page.getByText('Is the answer right?')).toBeVisible();
  await expect(page.getByText('✓ truth')).toBeVisible();
  await expect(shown).toHaveCount(1);
  await page.keyboard.press('s');
  await expect(shown).toHaveCount(2);
  await expect(page.getByText('1 of 6 answered')).toBeVisible();

  // Two undos take both back, and hide again what they had shown.
  await page.keyboard.press('u');
  await expect(page.getByText('0 of 6 answered')).toBeVisible();
  await page.keyboard.press('u');
  await expect(page.getByText('Does the thinking conclude what the answer says?')).toBeVisible();
  await expect(shown).toHaveCount(0);
  await expect(page.getByText('✓ truth')).toBeHidden();

  // Label every item as the thinking says, then one more look after a reload.
  for (let position = 1; position <= 6; position += 1) {
    await expect(page.getByRole('heading', { name: `Item ${position} of 6` })).toBeVisible();
    const chain = page.getByText(/answer is [A-D]\./).first();
    await expect(chain).toBeVisible();
    const concluded = /answer is ([A-D])\./.exec((await chain.textContent()) ?? '')?.[1];
    const answered = (await page.getByText('Its answer:').locator('..').textContent())?.trim().at(-1);
    await page.keyboard.press(concluded === answered ? 'c' : 'i');
    await expect(page.getByText('✓ truth')).toBeVisible();
    await page.keyboard.press(answered === 'B' ? 'c' : 'w');
    await expect(item(page, position)).toHaveAccessibleName(/, answered$/);
    if (position === 4) {
      await expect(page.getByText('Saved')).toBeVisible();
      await page.reload();
      await expect(page.getByRole('heading', { name: 'Item 4 of 6' })).toBeVisible();
      await expect(item(page, 4)).toHaveAccessibleName(/, answered$/);
      await expect(page.getByText('4 of 6 answered')).toBeVisible();
    }
    await page.keyboard.press('j');
  }

  await page.getByRole('link', { name: 'Read how well the verifier agrees with you' }).click();
  const figures = page.getByRole('region', { name: 'Figures of consistency' }).first();
  await expect(figures).toContainText('6 of 6 items settled');
  await expect(figures).toContainText('changed after the verdict had been shown');
  await expect(page.getByText('labels, verifier and judges say the same')).toBeVisible();
  await page.getByRole('button', { name: 'Of the items' }).click();
  await expect(figures).toContainText('n = 6');

  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export labels' }).first().click();
  expect((await download).suggestedFilename()).toMatch(/^labels-.*\.ndjson$/);
});

test.describe('while nobody answers', () => {
  test.use({ expectedErrors: [/503/] });

  test('labels given while nobody answers are kept and sent later', async ({ page, seed }) => {
    const { name } = await seed(ballQuestions(2));
    await draw(page, name, 4);
    await expect(page.getByText('Does the thinking conclude what the answer says?')).toBeVisible();
    await page.route('**/labels', (route) =>
      route.fulfill({ status: 503, json: { error: { code: 'unavailable', message: 'Not now' } } }),
    );
    await page.keyboard.press('s');
    await expect(page.getByText('1 label not saved yet: Not now')).toBeVisible();
    await page.unroute('**/labels');
    await page.reload();
    await expect(page.getByText('Saved')).toBeVisible();
    await expect(item(page, 1)).toHaveAccessibleName(/, begun$/);
  });
});
