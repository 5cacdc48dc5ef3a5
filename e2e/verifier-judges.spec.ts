import { startTestJudge, type TestJudge } from '@/lib/judge/testing/server';
import { ballQuestion } from './fixtures/rollouts';
import { allTasksDone } from './fixtures/seed';
import { expect, test } from './fixtures/test';

let judge: TestJudge;
test.beforeEach(async () => {
  judge = await startTestJudge();
});
test.afterEach(() => judge.close());

/** The rules find no commitment in them; the test judge's rule does. */
const vague = (letter: string) =>
  `I compare the first frame with the last one. Whoever looks at the shadow sees that option ${letter} fits it best of all.`;
const questions = [0, 1, 2].map((at) =>
  ballQuestion(at, {
    samples: [
      { think: 'It moved to the right. So the answer is B.', answer: 'B' },
      { think: `Look ${at}. ${vague('B')}`, answer: 'B' },
      { think: `See ${at}. ${vague('C')}`, answer: 'B' },
    ],
  }),
);

test('a judge is tried, decides what the rules leave open, and a held-out one reports', async ({
  page,
  seed,
  runName,
}) => {
  const { runId } = await seed(questions);
  const names = { decides: `decides ${Date.now()}`, reports: `reports ${Date.now()}` };
  await page.goto(`/verifier/judges?run=${runId}`);
  const add = async (name: string, role: string) => {
    await page.getByRole('button', { name: 'Add a judge' }).first().click();
    const form = page.getByRole('form', { name: 'Add a judge' });
    await form.getByLabel('Name').fill(name);
    await form.getByLabel('Model').fill(name);
    await form.getByLabel('Role').selectOption(role);
    await form.getByLabel('Address').fill(new URL(judge.url).origin);
    await form.getByLabel('US dollars per million tokens in').fill('1');
    return form;
  };
  const form = await add(names.decides, 'decides');
  await form.getByLabel('Address').fill('ftp://gpu-host');
  await form.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(form.getByText('Give an address that begins with http:// or https://')).toBeVisible();
  await form.getByLabel('Address').fill(new URL(judge.url).origin);
  await form.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(form.getByText('It answers, and reads B where the thinking concludes B.')).toBeVisible();
  await form.getByRole('button', { name: 'Add judge' }).click();
  await expect(page.getByText(`Added ${names.decides}.`)).toBeVisible();
  await expect(page.getByText(`0 of 9`).first()).toBeVisible();

  await page.getByRole('button', { name: `Use in a new version: ${names.decides}` }).click();
  const dialog = page.getByRole('dialog', { name: `Let ${names.decides} decide` });
  await dialog.getByRole('button', { name: 'Save the version and use it' }).click();
  await expect(page.getByText(`${runName} stands on version`)).toBeVisible();
  await allTasksDone(page.request);
  const decided = page.locator('dl').filter({ hasText: 'by the judge' });
  await expect(decided).toContainText('by the judge66.7 %6 of 9');
  const figures = page.getByLabel(`Figures of ${names.decides}`);
  await expect(figures).toContainText('Judged rollouts6');
  expect(judge.sent.join()).not.toContain('truth');

  await page.goto(`/rollouts?run=${runId}&view=flat&consistency=inconsistent`);
  await page.getByRole('link', { name: 'Which way does ball' }).first().click();
  await expect(page.getByText(`Decided by the judge ${names.decides}: inconsistent.`)).toBeVisible();
  await expect(page.getByText('The judge reads C, the answer says B.')).toBeVisible();
  await expect(page.getByTitle(/^consistency: /).filter({ hasText: 'option C fits it best' })).toBeVisible();

  await page.goto(`/verifier/judges?run=${runId}`);
  await (await add(names.reports, 'reports')).getByRole('button', { name: 'Add judge' }).click();
  await expect(page.getByText(`Added ${names.reports}.`)).toBeVisible();
  await page.getByRole('button', { name: `Report: ${names.reports}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Report', exact: true }).click();
  await expect(page.getByText(`${names.reports} reports: 1 task queued.`)).toBeVisible();
  await allTasksDone(page.request);
  const row = page.getByLabel(`Agreement of ${names.reports}`).getByRole('row', { name: /^all/ });
  await expect(row).toContainText('0.0 %');

  await page.getByRole('button', { name: `Remove: ${names.reports}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove it' }).click();
  await expect(page.getByRole('heading', { name: names.reports, exact: true })).toHaveCount(0);
  await expect(page.getByRole('button', { name: `Remove: ${names.decides}` })).toHaveCount(0);
});

test('a budget stops a judge in words, and raising it goes on', async ({ page, seed }) => {
  const { runId } = await seed(questions);
  const name = `poor ${Date.now()}`;
  await page.goto(`/verifier/judges?run=${runId}`);
  await page.getByRole('button', { name: 'Add a judge' }).first().click();
  const form = page.getByRole('form', { name: 'Add a judge' });
  await form.getByLabel('Name').fill(name);
  await form.getByLabel('Model').fill(name);
  await form.getByLabel('Address').fill(new URL(judge.url).origin);
  await form.getByLabel('Token budget (optional)').fill('100');
  await form.getByRole('button', { name: 'Add judge' }).click();
  await page.getByRole('button', { name: `Use in a new version: ${name}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Save the version and use it' }).click();
  await allTasksDone(page.request);
  const work = page.getByRole('list', { name: 'Work of judges' }).getByRole('listitem').filter({ hasText: name });
  await expect(work).toContainText('has no room for another request: raise it, and judge again. 6 rollouts stay');
  expect(judge.sent).toEqual([]);

  await page.getByRole('button', { name: `Change: ${name}` }).click();
  const dialog = page.getByRole('dialog', { name: `Change ${name}` });
  await dialog.getByLabel('Token budget (optional)').fill('');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await work.getByRole('button', { name: 'Resume' }).click();
  await allTasksDone(page.request);
  await expect(work).toContainText('6 judged');
  await expect(page.locator('dl').filter({ hasText: 'by the judge' })).toContainText('by the judge66.7 %');
});
