import { z } from 'zod';
import { allTasksDone } from './fixtures/seed';
import { expect, test } from './fixtures/test';

const runsSchema = z.array(z.object({ id: z.uuid(), name: z.string() }));

test('the clip, the frames the model saw and the chain stand side by side', async ({ page }) => {
  await allTasksDone(page.request); // the clips of the example are looked at in the background
  const runs = runsSchema.parse(await (await page.request.get('/api/runs')).json());
  const example = runs.find(({ name }) => name === 'moving-shapes');
  await page.goto(`/rollouts?run=${example?.id}&iteration=1&stage=grpo&view=flat&kind=choice`);
  // Those about a clip: the others begin with the scene in words.
  await page
    .getByRole('link', { name: /^(What|Which) / })
    .first()
    .click();

  const strip = page.getByRole('region', { name: 'Frames the model saw' });
  await expect(
    strip.getByText('8 frames of 56 × 56 pixels as the trainer logged them, with their times.'),
  ).toBeVisible();
  const pictures = strip.getByRole('img');
  await expect(pictures).toHaveCount(8);
  await expect(pictures.nth(3)).toHaveAccessibleName('Frame 3');

  const frame = page.getByLabel('Frame', { exact: true });
  await strip
    .getByRole('button')
    .filter({ has: page.getByRole('img', { name: 'Frame 3' }) })
    .click();
  await expect(frame).toHaveValue('3');
  await page.getByRole('button', { name: 'One frame on' }).click();
  await expect(frame).toHaveValue('4');
  await page.getByRole('button', { name: 'One frame back' }).click();
  await expect(frame).toHaveValue('3');
});
