// The program starts, shows itself in both languages, answers what does not exist, and starts again unchanged.

import { readFile, readdir } from 'node:fs/promises';
import { expect, test } from './lib/test.mjs';
import { startOffice } from './lib/office.mjs';
import { expectGoodPage } from './lib/page.mjs';

const LANGUAGES = [
  { locale: 'zh-CN', lang: /^zh/, words: /\p{Script=Han}{4}/u },
  { locale: 'en-GB', lang: /^en/, words: /\b(the|to|is|not)\b/i },
];

for (const { locale, lang, words } of LANGUAGES) {
  test.describe(`a reader whose browser asks for ${locale}`, () => {
    test.use({ locale });

    test('sees the front page in that language', async ({ page }) => {
      const answer = await page.goto('/');
      expect(answer.status()).toBe(200);
      await expect(page.locator('html')).toHaveAttribute('lang', lang);
      await expect(page.getByRole('main')).toContainText(words);
      await expectGoodPage(page, `front-${locale}`);
    });

    test('is told in that language that a page does not exist', async ({ page }) => {
      const answer = await page.goto('/no-such-page');
      expect(answer.status()).toBe(404);
      await expect(page.locator('html')).toHaveAttribute('lang', lang);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(words);
      await expect(page.locator('a[href="/"]').first()).toBeVisible();
      await expectGoodPage(page, `not-found-${locale}`);
    });
  });
}

test('a second start changes nothing', async ({ office, page }) => {
  const link = await office.welcomeLink();
  const before = await inventory(office);
  expect(await office.stop(), 'exit code after SIGTERM').toBe(0);

  const again = await startOffice({ folder: office.folder, port: office.port });
  try {
    expect(await inventory(again)).toEqual(before);
    const answer = await page.goto(link);
    expect(answer.status(), 'the one-time link of the first start').toBe(200);
    await expectGoodPage(page, 'first-editor-in-chief');
  } finally {
    await again.kill();
  }
});

// The key and the names of the files; a database's journal files come and go.
async function inventory(office) {
  const files = await readdir(office.data, { recursive: true });
  return {
    key: (await readFile(office.key)).toString('hex'),
    files: files.filter((file) => !/-(wal|shm|journal)$/.test(file)).sort(),
  };
}
