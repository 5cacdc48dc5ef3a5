import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { APIRequestContext, Locator, Page } from '@playwright/test';
import { z } from 'zod';
import { allTasksDone } from './fixtures/seed';
import { expect, test } from './fixtures/test';

const runsSchema = z.array(z.object({ id: z.uuid(), name: z.string() }));
const uploadSchema = z.object({ sha256: z.string() });

const findRun = async (request: APIRequestContext, wanted: string): Promise<string> => {
  const runs = runsSchema.parse(await (await request.get('/api/runs')).json());
  return runs.find(({ name }) => name === wanted)?.id ?? '';
};

/** The cells of a row of a panel's table, as numbers where they are. */
const cellsOf = async (panel: Locator, name: string): Promise<string[]> => {
  const row = panel.getByRole('row').filter({ has: panel.page().getByRole('rowheader', { name, exact: true }) });
  await expect(row).toBeVisible();
  return (await row.getByRole('cell').allInnerTexts()).map((text) => text.replaceAll(',', ''));
};

/** A text drawn in the picture of a panel, which holds itself once more as its title. */
const drawn = (panel: Locator, text: string | RegExp): Locator => panel.locator('text').filter({ hasText: text });

/** What the list of rollouts counts. */
const expectRollouts = async (page: Page, count: string | undefined) => {
  const rollouts = new RegExp(`^${Number(count).toLocaleString('en-US')} rollouts`);
  await expect(page.getByRole('status').filter({ hasText: 'rollouts' })).toHaveText(rollouts);
};

/** The numerator is the list that the row opens; the denominator is the same list with the consistent ones. */
const expectRateOfList = async (page: Page, panel: Locator, name: string) => {
  const [, inconsistent, decided] = await cellsOf(panel, name);
  await panel.getByRole('link', { name, exact: true }).click();
  await expect(page).toHaveURL(/\/rollouts\?.*consistency=inconsistent/);
  await expectRollouts(page, inconsistent);
  await page.goto(`${page.url()}&consistency=consistent`);
  await expectRollouts(page, decided);
};

test('the recorded run shows how inconsistency fell, each figure with its rollouts', async ({ page }) => {
  await allTasksDone(page.request); // the clips of the example are looked at in the background
  const runId = await findRun(page.request, 'moving-shapes');
  const panel = page.getByRole('region', { name: 'Inconsistency rate' });
  await page.goto(`/runs/${runId}`);
  await expect(drawn(panel, /Eval 2: [\d.]+ %, \d+ of \d+/)).toBeVisible();

  await panel.getByLabel('Bars grouped').selectOption('stage');
  await expect(page).toHaveURL(/by=stage/);
  await page.reload();
  await expect(drawn(panel, /moving-shapes: [\d.]+ %/).first()).toBeVisible();

  const plot = panel.getByRole('application');
  await plot.focus();
  await plot.press('End');
  await expect(panel.getByText('Eval 2 · held-out').first()).toBeVisible();
  await plot.press('Enter');
  await expect(page).toHaveURL(/\/rollouts\?.*iteration=2.*stage=eval.*consistency=inconsistent/);

  await page.goto(`/runs/${runId}`);
  await panel.getByRole('button', { name: 'Table' }).click();
  await expectRateOfList(page, panel, 'Eval 2 · held-out');
});

test('an evaluation of the recorded run opens the rollouts that its mean is over', async ({ page }) => {
  await allTasksDone(page.request);
  await page.goto(`/runs/${await findRun(page.request, 'moving-shapes')}`);
  const benchmarks = page.getByRole('region', { name: 'Benchmarks' });
  await benchmarks.getByRole('button', { name: 'Table' }).click();
  const [, , , scored] = await cellsOf(benchmarks, 'Eval 2 · held-out');
  await benchmarks.getByRole('link', { name: 'Eval 2 · held-out', exact: true }).click();
  await expectRollouts(page, scored);
});

const file = path.resolve('../shared/data/rollouts/videommmu_greedy.json');

test.describe('with a file of ../shared/data', () => {
  test.skip(!existsSync(file), '../shared/data is absent');

  test('a Video-MMMU set stands beside its published figures', async ({ page, runName }) => {
    const { request } = page;
    const upload = await request.post('/api/imports/upload?name=videommmu_greedy.json', { data: await readFile(file) });
    const { sha256 } = uploadSchema.parse(await upload.json());
    const chosen = { kind: 'upload', sha256, fileName: 'videommmu_greedy.json' };
    await request.post('/api/imports', { data: { file: chosen, run: runName } });
    await allTasksDone(request);

    const runId = await findRun(request, runName);
    const panel = page.getByRole('region', { name: 'Inconsistency rate' });
    const figure = drawn(panel, 'GRPO 1, published: 15.56 %');
    await page.goto(`/runs/${runId}`);
    await expect(figure).toBeVisible();
    await expect(panel.getByText('390 of 900 questions of Video-MMMU: not comparable as it stands.')).toBeVisible();
    await expect(panel.getByText('arXiv:2505.19000')).toBeVisible();
    await panel.getByRole('button', { name: 'Published' }).click();
    await expect(figure).toBeHidden();
    await expect(page).toHaveURL(/published=0/);

    await page.goto(`/runs/${runId}`);
    await panel.getByRole('button', { name: 'Table' }).click();
    await expectRateOfList(page, panel, `Eval 0 · ${runName}`);

    // A person says that it is of another benchmark: its published models stand beside it.
    await page.goto('/question-sets');
    await page.getByRole('link', { name: runName }).first().click();
    const choice = page.getByLabel('Benchmark', { exact: true });
    await expect(choice.getByRole('option', { selected: true })).toHaveText('by its name (Video-MMMU)');
    await choice.selectOption('VSI-Bench');
    await expect(choice).toBeEnabled();
    await page.reload();
    await expect(choice).toHaveValue('vsi-bench');
    await page.goto(`/runs/${runId}`);
    const benchmarks = page.getByRole('region', { name: 'Benchmarks' });
    await expect(drawn(benchmarks, 'Kimi-VL 16B-A3B, published: 37.4 %')).toBeVisible();
    await expect(benchmarks.getByText('390 of 5,130 questions of VSI-Bench')).toBeVisible();
    await expect(figure).toBeHidden();
  });
});
