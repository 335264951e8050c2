// Without JavaScript: an author begins a submission and uploads a file, a reviewer answers by the letter's link and
// saves a draft.

import { expect, test } from './lib/test.mjs';
import { generatedManuscript } from './lib/documents.mjs';
import { follow } from './lib/people.mjs';
import { askReviewer, begin, go, save, setPassword } from './lib/way.mjs';
import { words } from './lib/words.mjs';

const say = words('zh');
const main = (page) => page.getByRole('main');
const fill = (page, name, value) => page.getByRole('textbox', { name }).fill(value);

test.use({ locale: 'zh-CN', javaScriptEnabled: false, start: { demo: true } });
test.setTimeout(120_000);

test('an author begins a submission and uploads its file', async ({ page, office }) => {
  await follow(page, office.links.author);
  const number = await begin(page, say);
  for (const [group, key] of [
    ['author-article_type', 'type-review'],
    ['author-section', 'section-humanities'],
    ['author-language', 'author-language-zh'],
  ]) {
    await page.getByRole('group', { name: say(group) }).getByLabel(say(key)).check();
  }
  await save(page, say, 'text');
  await fill(page, say('author-title_zh'), '步行与睡眠');
  await page.getByRole('button', { name: say('author-save-later') }).click();
  await expect(page.getByRole('status')).toHaveText(say('done-draft-saved'));

  // Resumed, the step that was left is open and says what is missing when it is saved.
  await main(page).getByRole('row').filter({ hasText: number }).getByRole('link').last().click();
  await expect(page.getByRole('textbox', { name: say('author-title_zh') })).toHaveValue('步行与睡眠');
  await page.getByRole('button', { name: say('author-save'), exact: true }).click();
  await expect(page.getByRole('alert')).toContainText(say('author-missing-title_en-empty'));

  await go(page, 'author', number, '/submission/files');
  const file = await generatedManuscript('docx');
  await page.getByLabel(say('author-upload-file')).setInputFiles(file.path);
  await page.getByRole('button', { name: say('author-upload-do') }).click();
  await expect(page.getByRole('status')).toHaveText(say('done-file-uploaded'));
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole('listitem').filter({ hasText: file.name }).getByRole('link')).toBeVisible({ timeout: 500 });
  }).toPass();
  await page.getByRole('listitem').filter({ hasText: file.name }).getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('author-blind-title'));
});

test('a reviewer answers by the letter’s link and saves a draft', async ({ page, open, office }) => {
  const editor = await open();
  await follow(editor, office.links.editor);
  await editor.goto('/office/lists/find-reviewers');
  const row = editor.getByRole('row').filter({ hasText: say('office-waits-reviewers-needed', { needed: 2 }) }).first();
  const number = (await row.locator('.number').textContent()).trim();
  const email = 'deng@jiangcheng.example';
  await askReviewer(editor, say, number, { name: '邓知微', email, language: 'zh' });

  const letter = await office.letterTo(email, { about: new RegExp(number) });
  await page.goto(new URL(letter.links[0]).pathname);
  await page.getByRole('button', { name: say('own-accept-button') }).click();
  await expect(page.getByRole('alert')).toContainText(say('own-invitation-tick'));
  await page.getByLabel(say('own-accept-no-conflict')).check();
  await page.getByRole('button', { name: say('own-accept-button') }).click();
  await expect(page.getByRole('status')).toHaveText(say('done-accepted-by-link'));
  await setPassword(page, say, 'shenggao de mima 6');

  await go(page, 'reviews', number);
  await fill(page, say('own-review-assessment'), '写了一半的评语');
  await page.getByRole('textbox', { name: say('own-review-suggestion', { number: 1 }), exact: true }).fill('请补充随访的说明。');
  await page.getByRole('button', { name: say('own-review-add') }).click();
  await expect(page.getByRole('textbox', { name: say('own-review-suggestion', { number: 2 }), exact: true })).toBeVisible();
  await go(page, 'reviews', number);
  await expect(page.getByRole('textbox', { name: say('own-review-assessment') })).toHaveValue('写了一半的评语');

  // A file takes along what was typed since.
  await fill(page, say('own-review-assessment'), '写完的评语');
  await page.getByLabel(say('law-attachment-file')).setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('Line 3\n') });
  await page.getByRole('button', { name: say('author-upload-do') }).click();
  await expect(page.getByRole('status')).toHaveText(say('done-attached'));
  await expect(page.getByRole('textbox', { name: say('own-review-assessment') })).toHaveValue('写完的评语');

  // Sent too early, it says what is missing, and what was written is there.
  await page.getByRole('button', { name: say('own-review-send') }).click();
  await expect(page.getByRole('alert')).toContainText(say('own-lack-verdict'));
  await expect(page.getByRole('textbox', { name: say('own-review-assessment') })).toHaveValue('写完的评语');
});
