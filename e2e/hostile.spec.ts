import { ballQuestion } from './fixtures/rollouts';
import { expect, test } from './fixtures/test';

const image = '<img src="/x-e2e" onerror="document.title=\'owned\'">';
const script = '</script><script>document.title="owned"</script>';
const link = '[look](javascript:document.title="owned") javascript:document.title="owned"';
const frame = '<iframe srcdoc="<script>parent.document.title=1</script>"></iframe>';

const hostile = ballQuestion(0, {
  key: `${image}-key`,
  prompt: `What is this? ${image} ${script}`,
  options: [image, script, link, frame],
  samples: [
    { think: `${image} is what I see in the frames of this clip. ${script} So the answer is B.`, answer: 'B' },
    { think: `${link} and ${frame} stand here, at 0:05 and in frame 12. So the answer is C.`, answer: image },
    { think: `The frames show nothing else of note ${image}. Therefore, the answer is D.`, answer: 'B' },
  ],
});

test('hostile words of a model and of a question are shown as words', async ({ page, seed }) => {
  const { runId, setId } = await seed([hostile]);
  const harmless = async () => {
    await expect(page.locator('img[src="/x-e2e"], iframe[srcdoc], a[href^="javascript:" i]')).toHaveCount(0);
    expect(await page.title()).not.toBe('owned');
  };

  await page.goto(`/rollouts?run=${runId}&view=flat`);
  await expect(page.getByText(image).first()).toBeVisible();
  await harmless();

  await page.getByRole('link', { name: 'What is this?' }).first().click();
  await expect(page).toHaveURL(/\/rollouts\/[0-9a-f-]{36}/);
  await expect(page.getByText(image).first()).toBeVisible();
  await harmless();

  await page.goto(`/question-sets/${setId}`);
  await page.getByRole('link', { name: 'What is this?' }).click();
  await expect(page.getByText(script).first()).toBeVisible();
  await harmless();

  await page.goto(`/runs/${runId}`);
  await expect(page.getByLabel('Figures of this run')).toBeVisible();
  await harmless();
});
