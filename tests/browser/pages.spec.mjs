// Pages that no link leads to, in both languages: answers to forms, mistakes, ways that letters open. Good for axe, fitting the
// smallest phone, and pictured in out/. every-page.spec.mjs looks at those that links lead to. The journal is the demo's.

import { truncate, writeFile } from 'node:fs/promises';

import { expect, test } from './lib/test.mjs';
import { expectGoodPage } from './lib/page.mjs';
import { enterByMail, follow, speak, way } from './lib/people.mjs';
import { words } from './lib/words.mjs';

test.use({ start: { demo: true } });
test.setTimeout(240_000);

for (const language of ['zh', 'en']) {
  // The colours are the same in both languages: in one of them the light ones are enough.
  const say = words(language);
  const colours = language === 'zh' ? ['light', 'dark'] : ['light'];
  const good = (page, name) => expectGoodPage(page, `${name}-${language}`, { colours });

  const look = async (page, path, name) => {
    const answer = await page.goto(path);
    expect(answer.status(), `the answer to ${path}`).toBe(200);
    await expect(page.locator('html')).toHaveAttribute('lang', new RegExp(`^${language}`));
    await good(page, name);
  };

  // The manuscripts of a list, as ways to their pages, by the words in their rows.
  const rows = async (page, words) =>
    page.locator('tbody tr').filter({ hasText: words }).locator('a').evaluateAll((links) => links.map((a) => a.getAttribute('href')));
  const root = (path) => path.split('/').slice(0, 4).join('/');

  test.describe(`in ${language === 'zh' ? 'Chinese' : 'English'}`, () => {
    test.use({ locale: language === 'zh' ? 'zh-CN' : 'en-GB' });

    test('behind the doors', async ({ page }) => {
      await page.goto('/password/forgotten');
      await page.getByRole('main').getByRole('textbox').fill('nobody@nowhere.example');
      await page.getByRole('main').getByRole('button').click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('mail-title'));
      await good(page, 'look-in-mail');
      await page.goto('/sign-in');
      await page.getByLabel(say('field-password')).fill('not the password of anybody');
      await page.getByRole('textbox', { name: say('field-email') }).first().fill('nobody@nowhere.example');
      await page.locator('form[action="/sign-in"]').getByRole('button').click();
      await expect(page.getByRole('alert').or(page.locator('.error')).first()).toBeVisible();
      await good(page, 'sign-in-wrong');
      // A form that was open too long.
      await page.evaluate(() => {
        const form = Object.assign(document.createElement('form'), { method: 'post', action: '/author/manuscripts/2222-2222/revision' });
        form.append(Object.assign(document.createElement('input'), { name: 'rebuttal', value: 'We thank the reviewers for their careful reading.' }));
        document.body.append(form);
        form.submit();
      });
      await expect(page.locator('body')).toHaveAttribute('data-page', 'account/signed-out');
      await good(page, 'signed-out');
    });

    test('an author who leaves things out', async ({ page, office }) => {
      await follow(page, office.links.author);
      await speak(page, language);
      await page.getByRole('main').getByRole('button').first().click();
      await expect(page).toHaveURL(/submission/);
      await look(page, `${new URL(page.url()).pathname}?check=1`, 'author-step-type-missing');
      await look(page, new URL(page.url()).pathname.replace(/[^/]+$/, 'check'), 'author-step-check-missing');
      await page.context().clearCookies();
      await enterByMail(page, office, 'bo.yunfei@author3.example');
      await speak(page, language);
      await page.goto('/author');
      const [revising] = await rows(page, say('stage-revising'));
      await look(page, `${root(revising)}/files`, 'author-files');
    });

    test('letters open a way without an account', async ({ page, office }) => {
      const wanted = new Set(['reviewer/link', 'reviewer/coauthor', 'account/link']);
      for (const { links } of (await office.letters()).reverse()) {
        for (const link of links) {
          if (!/\/(invitation|coauthor|link|confirm)/.test(link) || wanted.size === 0) continue;
          await page.goto(way(link));
          const which = await page.locator('body').getAttribute('data-page');
          if (!wanted.delete(which)) continue;
          await speak(page, language);
          await good(page, which.replace('/', '-'));
        }
      }
      expect([...wanted], 'ways that no letter of the demo opens').toEqual([]);
    });

    test('what the office asks for', async ({ page, office }) => {
      await follow(page, office.links.editor);
      await speak(page, language);
      await page.goto('/office/search');
      await page.getByLabel(say('search-author-field')).fill('Hua Yunqiu');
      await page.getByRole('button', { name: say('search-author-act') }).click();
      await expect(page.getByRole('status')).toBeVisible();
      await good(page, 'office-by-author');
      await page.goto('/office/lists/decide');
      const decide = root((await rows(page, say('office-waits-decision')))[0]);
      await page.goto(`${decide}/decision`);
      await page.getByRole('radio', { name: say('office-decision-decline') }).check();
      await page.getByRole('textbox').first().fill('The question was answered elsewhere.');
      await page.getByRole('button', { name: say('office-to-preview') }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('office-preview'));
      await good(page, 'office-preview');
    });

    test('what the editor-in-chief does', async ({ page, office }) => {
      await follow(page, office.links['editor-in-chief']);
      await speak(page, language);
      await page.goto('/office');
      const proof = root((await rows(page, say('office-waits-proof')))[0]);
      await look(page, `${proof}/decision`, 'office-decision-accepted');
      await look(page, `${proof}/publication`, 'office-publication');
      await page.goto(proof);
      await page.locator('form[action$="/authors"]').evaluate((form) => (form.closest('details').open = true));
      await page.locator('form[action$="/authors"] input[name=reason]').fill('—');
      await page.locator('form[action$="/authors"] button').click();
      await expect(page.locator('ol.people')).toBeVisible();
      await good(page, 'office-authors');
      await page.goto('/admin/settings');
      await page.locator('#review-days').evaluate((field) => { field.form.noValidate = true; field.value = '0'; });
      await page.getByRole('button', { name: say('set-save') }).click();
      await expect(page.locator('.error-summary')).toBeFocused();
      await good(page, 'set-settings-wrong');
    });
  });
}

test('what a reviewer has just typed outlives an upload', async ({ page, office }, testInfo) => {
  const say = words('zh');
  await follow(page, office.links.reviewer);
  await page.goto('/reviews');
  await page.getByRole('link', { name: say('own-act-answer') }).first().click();
  await page.getByLabel(say('own-accept-no-conflict')).check();
  await page.getByRole('button', { name: say('own-accept-button') }).click();
  const assessment = page.getByRole('textbox', { name: say('own-review-assessment') });
  await assessment.fill('刚刚写下的一句');
  const file = (bytes) => ({ name: 'notes.txt', mimeType: 'text/plain', buffer: bytes });
  const send = page.getByRole('button', { name: say('author-upload-do') });
  await page.locator('#file').setInputFiles(file(Buffer.from('Line 3: say how.\n')));
  await send.click();
  await expect(page.locator('#attachments').getByRole('status')).toHaveText(say('done-attached'));
  await expect(assessment).toHaveValue('刚刚写下的一句');
  await expect(page.locator('[data-autosave-status]')).toHaveText(say('own-desk-saved'));
  // The place shows by itself what became of the file, and the page stays as it is.
  await assessment.fill('又写一句');
  await expect(page.locator('#attachments [download]')).toBeVisible({ timeout: 30_000 });
  await expect(assessment).toHaveValue('又写一句');
  // What is too large is not sent at all.
  const large = testInfo.outputPath('large.txt');
  await writeFile(large, '');
  await truncate(large, 50_000_001);
  await page.locator('#file').setInputFiles(large);
  await send.click();
  await expect(page.locator('[data-upload-status]')).toHaveText(say('problem-file-too-large', { mb: 50 }));
  // What another window saves since is not replaced unseen.
  await expect(page.locator('[data-autosave-status]')).toHaveText(say('own-desk-saved'));
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.getByRole('textbox', { name: say('own-review-assessment') }).fill('在另一个窗口');
  await expect(other.locator('[data-autosave-status]')).toHaveText(say('own-desk-saved'));
  await assessment.fill('在这个窗口');
  await expect(page.locator('[data-autosave-status]')).toHaveText(say('own-desk-elsewhere'));
});
