import AxeBuilder from '@axe-core/playwright';
import type { APIRequestContext, Page } from '@playwright/test';
import { z } from 'zod';
import { allTasksDone } from './fixtures/seed';
import { expect, test } from './fixtures/test';

/** A page that comes, and the list around it, on a machine that does other things as well. */
const PATIENT = { timeout: 20_000 };

const runsSchema = z.array(z.object({ id: z.uuid(), name: z.string() }));
const rowsSchema = z.object({
  rows: z.array(
    z.object({
      id: z.uuid(),
      questionId: z.uuid(),
      groupId: z.uuid(),
      correct: z.boolean().nullable(),
      consistency: z.string().nullable(),
    }),
  ),
});

const flipsSchema = z.object({
  rows: z.array(z.object({ questionId: z.uuid() })),
  nextCursor: z.string().nullable(),
});

/** The recorded run, which every studio begins with. */
const findRun = async (request: APIRequestContext): Promise<string> => {
  await allTasksDone(request); // its clips are looked at in the background
  const runs = runsSchema.parse(await (await request.get('/api/runs')).json());
  return runs.find(({ name }) => name === 'moving-shapes')?.id ?? '';
};

const listRollouts = async (request: APIRequestContext, query: string) =>
  rowsSchema.parse(await (await request.get(`/api/rollouts?view=flat&${query}`)).json()).rows;

/** A question about a clip that both GRPO 1 and GRPO 2 were asked. */
const findShared = async (request: APIRequestContext, runId: string): Promise<string> => {
  const [first, second] = await Promise.all(
    [1, 2].map((k) => listRollouts(request, `run=${runId}&iteration=${k}&stage=grpo&kind=choice`)),
  );
  for (const { questionId } of first ?? []) {
    const page = await listRollouts(request, `run=${runId}&iteration=2&stage=grpo&question=${questionId}`);
    if (page.length > 0) return questionId;
  }
  return second?.[0]?.questionId ?? '';
};

const side = (page: Page, name: string, which: 'left' | 'right') =>
  page.getByRole('region', { name: `Chains of ${name}, ${which}`, exact: true });

test('evaluations before and after stand around the clip, with their verdicts counted', async ({ page }) => {
  const runId = await findRun(page.request);
  const rows = await listRollouts(page.request, `run=${runId}&iteration=0&stage=eval&kind=choice`);
  const questionId = rows[0]?.questionId ?? '';
  await page.goto(`/compare/questions/${questionId}?slice=${runId}.0.eval&slice=${runId}.2.eval`);
  await expect(page.getByRole('heading', { name: 'One question across iterations' })).toBeVisible();
  for (const [name, k, which] of [
    ['Eval 0', 0, 'left'],
    ['Eval 2', 2, 'right'],
  ] as const) {
    await expect(side(page, name, which).getByRole('article')).toHaveCount(4);
    const chains = await listRollouts(page.request, `run=${runId}&iteration=${k}&stage=eval&question=${questionId}`);
    const correct = chains.filter((chain) => chain.correct).length;
    const cell = page
      .getByRole('row', { name: /^correct/ })
      .getByRole('cell')
      .nth(k === 0 ? 0 : 1);
    await expect(cell).toHaveText(`${correct} of ${chains.length}`);
  }
  await expect(page.getByRole('navigation', { name: 'Questions', exact: true })).toContainText('of 160', PATIENT);
});

test('two chains are chosen, compared and let go by keyboard alone, and the address brings the diff back', async ({
  page,
}) => {
  const runId = await findRun(page.request);
  const questionId = await findShared(page.request, runId);
  await page.goto(`/compare/questions/${questionId}?slice=${runId}.1.grpo&slice=${runId}.2.grpo`);
  const [left, right] = [side(page, 'GRPO 1', 'left'), side(page, 'GRPO 2', 'right')];
  await expect(left.getByRole('article')).toHaveCount(8);
  await expect(right.getByRole('article')).toHaveCount(8);

  await page.keyboard.press('2');
  await expect(left.getByRole('button', { name: /^Sample 2/, pressed: true })).toBeVisible();
  // j and k walk the side in focus, l crosses over; Enter chooses.
  for (const key of ['l', 'j', 'j', 'k', 'Enter']) await page.keyboard.press(key);
  await expect(right.getByRole('button', { name: /^Sample 2/, pressed: true })).toBeVisible();
  await page.keyboard.press('Shift+Digit3');
  await expect(right.getByRole('button', { name: /^Sample 3/, pressed: true })).toBeVisible();
  expect(page.url()).not.toContain('a=');

  await page.keyboard.press('d');
  const [a, b] = [
    page.getByRole('region', { name: 'A: Sample 2 of GRPO 1', exact: true }),
    page.getByRole('region', { name: 'B: Sample 3 of GRPO 2', exact: true }),
  ];
  await expect(a).toContainText('<think>');
  await expect(b).toContainText('<think>');
  const open = page.url();
  expect(open).toMatch(/[?&]a=.+&b=/);
  await page.keyboard.press('4');
  await expect(page.getByRole('region', { name: 'A: Sample 4 of GRPO 1', exact: true })).toBeVisible();

  await page.goto(open);
  await expect(a).toBeVisible();
  await expect(b).toBeVisible();
  await page.keyboard.press('i');
  await expect(page.getByRole('region', { name: 'Both texts in one', exact: true })).toBeVisible();
  await page.keyboard.press('i');
  await page.keyboard.press('x');
  await expect(page.getByRole('region', { name: 'A: Sample 3 of GRPO 2', exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(side(page, 'GRPO 2', 'left').getByRole('button', { name: /^Sample 3/, pressed: true })).toBeVisible();
  expect(page.url()).not.toMatch(/[?&]a=/);

  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toContainText('Show what differs between the two chosen');
});

test('texts unfold with their evidence, and another step of a slice can be shown', async ({ page }) => {
  const runId = await findRun(page.request);
  const questionId = await findShared(page.request, runId);
  await page.goto(`/compare/questions/${questionId}?slice=${runId}.1.grpo&slice=${runId}.2.grpo&order=length`);
  const left = side(page, 'GRPO 1', 'left');
  for (const key of ['j', 'e']) await page.keyboard.press(key);
  await expect(left.getByRole('article').first().getByText('<answer>')).toBeVisible();
  await page.keyboard.press('E');
  await expect(page.getByText('<answer>', { exact: true })).toHaveCount(16);
  const strip = page.getByRole('region', { name: 'Frames the model saw' });
  await expect(strip.getByRole('img')).not.toHaveCount(0);
  const step = page.getByLabel('Left step');
  if (await step.isVisible()) {
    await step.selectOption({ index: 0 });
    await expect(page).toHaveURL(/group=/);
    await expect(left.getByRole('article')).toHaveCount(8);
  }
});

test('a group leads to the page, and from there to the next question of the list', async ({ page }) => {
  const runId = await findRun(page.request);
  const questionId = await findShared(page.request, runId);
  const [row] = await listRollouts(page.request, `run=${runId}&iteration=2&stage=grpo&question=${questionId}`);
  await page.goto(`/groups/${row?.groupId}`);
  await page.getByRole('link', { name: 'Across iterations' }).click();
  await expect(side(page, 'GRPO 2', 'right').getByRole('article')).toHaveCount(8, PATIENT);
  const walk = page.getByRole('navigation', { name: 'Questions', exact: true });
  await expect(walk).toContainText(/^\d+ of 152/, PATIENT);
  const place = Number.parseInt((await walk.textContent()) ?? '', 10);
  const [key, other] = place < 152 ? ['n', place + 1] : ['p', place - 1];
  await page.keyboard.press(String(key));
  await expect(walk).toContainText(`${other} of 152`, PATIENT);
  expect(page.url()).not.toContain(questionId);
});

test('the questions that flipped are walked in the order of the comparison', async ({ page }) => {
  const runId = await findRun(page.request);
  const sides = `slice=${runId}.0.eval&slice=${runId}.2.eval`;
  const answer = await page.request.get(`/api/comparison/flips?${sides}&aspect=accuracy&from=fails&to=holds`);
  const { rows, nextCursor } = flipsSchema.parse(await answer.json());
  expect(nextCursor).toBeNull();
  const [first, second] = rows;
  await page.goto(`/compare/questions/${first?.questionId}?${sides}&flip=wrong-right`);
  const walk = page.getByRole('navigation', { name: 'Questions', exact: true });
  await expect(walk).toHaveText(`1 of ${rows.length} wrong → right`, PATIENT);
  await expect(walk.getByRole('button', { name: 'Previous question' })).toBeDisabled();
  await page.keyboard.press('n');
  await expect(walk).toHaveText(`2 of ${rows.length} wrong → right`, PATIENT);
  await expect(page).toHaveURL(new RegExp(`/compare/questions/${second?.questionId}\\?.*flip=wrong-right`));
});

test('a slice that was not asked says so; on a phone one side shows at a time', async ({ page, baseURL }) => {
  test.setTimeout(120_000);
  const runId = await findRun(page.request);
  const questionId = await findShared(page.request, runId);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/compare/questions/${questionId}?slice=${runId}.1.grpo&slice=${runId}.2.eval`);
  const [left, right] = [side(page, 'GRPO 1', 'left'), side(page, 'Eval 2', 'right')];
  await expect(left.getByRole('article').first()).toBeVisible();
  await expect(right).toBeHidden();
  await page.getByRole('button', { name: 'B · Eval 2' }).click();
  await expect(right.getByText('Eval 2 was not asked this question')).toBeVisible();
  await expect(left).toBeHidden();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  for (const theme of ['light', 'dark']) {
    await page.context().addCookies([{ name: 'veripo-theme', value: theme, url: baseURL ?? '' }]);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(`/compare/questions/${questionId}?slice=${runId}.1.grpo&slice=${runId}.2.grpo`);
    await expect(side(page, 'GRPO 2', 'right').getByRole('article')).toHaveCount(8);
    const { violations } = await new AxeBuilder({ page }).analyze();
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`)).toEqual(
      [],
    );
  }
});
