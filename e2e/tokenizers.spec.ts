import { expect, test } from './fixtures/test';

/** One token a word. */
const file = (word: string) =>
  JSON.stringify({
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: { type: 'WhitespaceSplit' },
    post_processor: null,
    decoder: null,
    model: { type: 'WordLevel', vocab: { '<unk>': 0, [word]: 1 }, unk_token: '<unk>' },
  });

test.describe('a file that is none', () => {
  test.use({ expectedErrors: [/400/] });

  test('is refused in a sentence, and one that counts is kept and forgotten', async ({ page }) => {
    const name = `words ${Date.now()}`;
    await page.goto('/settings');
    const choose = async (content: string) => {
      await page
        .getByLabel('Choose a tokenizer.json')
        .setInputFiles({ name: 'tokenizer.json', mimeType: 'application/json', buffer: Buffer.from(content) });
      await page.getByLabel('Name of the tokenizer').fill(name);
      await page.getByRole('button', { name: 'Add tokenizer' }).click();
    };
    await choose('[1, 2]');
    await expect(page.getByText('This is no tokenizer.json: choose the file of that name')).toBeVisible();
    await choose(file(name));
    const row = page.getByRole('list', { name: 'Tokenizers' }).getByRole('listitem').filter({ hasText: name });
    await expect(row).toContainText('no verifier version counts with it yet');
    await row.getByRole('button', { name: `Remove ${name}` }).click();
    await expect(row).toBeHidden();
  });
});
