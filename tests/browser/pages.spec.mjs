// Every page, in both languages, as each of its readers: good for axe, fitting the smallest phone, and pictured in
// out/ (open them after a change of the look). The journal is the demo's.

import { expect, test } from './lib/test.mjs';
import { expectGoodPage } from './lib/page.mjs';
import { enterByMail, follow, speak } from './lib/people.mjs';
import { words } from './lib/words.mjs';

test.use({ start: { demo: true } });
test.setTimeout(240_000);

for (const language of ['zh', 'en']) {
  // The colours are the same in both languages: in one of them the light ones are enough.
  const say = words(language);
  const colours = language === 'zh' ? ['light', 'dark'] : ['light'];

  const look = async (page, path, name) => {
    const answer = await page.goto(path);
    expect(answer.status(), `the answer to ${path}`).toBe(200);
    await expect(page.locator('html')).toHaveAttribute('lang', new RegExp(`^${language}`));
    await expectGoodPage(page, `${name}-${language}`, { colours });
  };

  // The manuscripts of a list, as ways to their pages, by the stage that the row names.
  const rows = async (page, words) =>
    page.locator('tbody tr').filter({ hasText: words }).locator('a').evaluateAll((links) => links.map((a) => a.getAttribute('href')));

  test.describe(`in ${language === 'zh' ? 'Chinese' : 'English'}`, () => {
    test.use({ locale: language === 'zh' ? 'zh-CN' : 'en-GB' });

    test('public pages and the doors', async ({ page }) => {
      await look(page, '/', 'public-home');
      await look(page, '/articles', 'public-articles');
      const article = await page.locator('.articles a').first().getAttribute('href');
      await look(page, '/articles?q=zzz', 'public-articles-none');
      await look(page, article, 'public-article');
      for (const guide of ['authors', 'reviewers', 'stages']) await look(page, `/guides/${guide}`, `guide-${guide}`);
      await look(page, '/privacy', 'guide-privacy');
      await look(page, '/imprint', 'guide-imprint');
      for (const topic of ['anonymous', 'review', 'revise', 'stages']) await look(page, `/help/${topic}`, `help-${topic}`);
      await look(page, '/sign-in', 'sign-in');
      await look(page, '/sign-up', 'sign-up');
      await look(page, '/password/forgotten', 'forgotten');
    });

    test('what an author sees while writing', async ({ page, office }) => {
      await follow(page, office.links.author);
      await speak(page, language);
      await look(page, '/author', 'author-manuscripts');
      const draft = (await rows(page, say('stage-draft')))[0];
      const number = draft.split('/')[3];
      const manuscript = `/author/manuscripts/${number}`;
      await look(page, manuscript, 'author-draft');
      for (const step of ['type', 'text', 'authors', 'statements', 'trial', 'files', 'reviewers', 'declarations', 'check']) {
        await look(page, `${manuscript}/submission/${step}`, `author-step-${step}`);
      }
      await page.goto(`${manuscript}/submission/files`);
      await look(page, await page.locator('.files a').first().getAttribute('href'), 'author-blind');
      await page.goto('/author');
      const [screened] = await rows(page, say('stage-screening'));
      await look(page, `${screened.split('/').slice(0, 4).join('/')}/withdrawal`, 'author-withdrawal');
      await page.goto('/author');
      await page.getByRole('main').getByRole('button').first().click();
      await expect(page).toHaveURL(/submission/);
      await look(page, `${new URL(page.url()).pathname}?check=1`, 'author-step-type-missing');
      await look(page, new URL(page.url()).pathname.replace(/[^/]+$/, 'check'), 'author-step-check-missing');
      await look(page, '/account', 'account');
      await look(page, '/account/password', 'password');
    });

    test('what an author sees afterwards', async ({ page, office }) => {
      for (const [who, stages] of [
        ['bo.yunfei@author3.example', ['revising', 'lapsed', 'declined']],
        ['dario.penhaligon@author4.example', ['accepted', 'released', 'in-review']],
        ['yu.qinghe@author5.example', ['proof', 'withdrawn']],
      ]) {
        await page.context().clearCookies();
        await enterByMail(page, office, who);
        await speak(page, language);
        await look(page, '/author', `author-manuscripts-${who.split('@')[0]}`);
        for (const stage of stages) {
          await page.goto('/author');
          const [path] = await rows(page, say(stage === 'proof' ? 'author-list-check-proof' : `stage-${stage}`));
          expect(path, `a manuscript ${stage} of ${who}`).toBeTruthy();
          const manuscript = path.split('/').slice(0, 4).join('/');
          await look(page, manuscript, `author-${stage}`);
          if (stage === 'revising') await look(page, `${manuscript}/revision`, 'author-revision');
          if (stage === 'proof') await look(page, `${manuscript}/proof`, 'author-proof');
        }
      }
    });

    test('what the office sees', async ({ page, office }) => {
      await follow(page, office.links.editor);
      await speak(page, language);
      await look(page, '/office', 'office');
      for (const list of ['give-notice', 'find-reviewers', 'decide', 'overdue', 'waiting']) {
        await look(page, `/office/lists/${list}`, `office-list-${list}`);
      }
      await look(page, '/office/search?q=zzzz', 'office-found-nothing');
      await look(page, '/office/search?q=%E9%9A%8F%E6%9C%BA&due=month', 'office-found');
      await look(page, '/office/letters', 'office-undelivered');
      await page.goto('/office/search');
      await page.getByLabel(say('search-author-field')).fill('Hua Yunqiu');
      await page.getByRole('button', { name: say('search-author-act') }).click();
      await expect(page.getByRole('status')).toBeVisible();
      await expectGoodPage(page, `office-by-author-${language}`, { colours });
      const first = async (list, words = /(?:)/) => {
        await page.goto(`/office/lists/${list}`);
        return (await rows(page, words))[0];
      };
      const decide = (await first('decide', say('office-waits-decision'))).split('/').slice(0, 4).join('/');
      await look(page, decide, 'office-manuscript');
      for (const tab of ['reviewers', 'reviews', 'decision', 'letters', 'history']) await look(page, `${decide}/${tab}`, `office-${tab}`);
      await page.goto(`${decide}/letters`);
      await look(page, await page.locator('tbody a').first().getAttribute('href'), 'office-letter');
      await page.goto(decide);
      await look(page, await page.locator('.files a').first().getAttribute('href'), 'office-file');
      const find = (await first('find-reviewers')).split('/').slice(0, 4).join('/');
      await look(page, `${find}/reviewers`, 'office-reviewers-to-find');
      await look(page, `${find}/reviews`, 'office-reviews-none');
    });

    test('what the editor-in-chief and the administrator see', async ({ page, office }) => {
      await follow(page, office.links['editor-in-chief']);
      await speak(page, language);
      await page.goto('/office');
      const proof = (await rows(page, say('office-waits-proof')))[0].split('/').slice(0, 4).join('/');
      await look(page, `${proof}/decision`, 'office-decision-accepted');
      await look(page, `${proof}/publication`, 'office-publication');
      await page.goto(proof);
      await page.locator('form[action$="/authors"]').evaluate((form) => (form.closest('details').open = true));
      await page.locator('form[action$="/authors"] input[name=reason]').fill('—');
      await page.locator('form[action$="/authors"] button').click();
      await expect(page.locator('ol.people')).toBeVisible();
      await expectGoodPage(page, `office-authors-${language}`, { colours });
      await look(page, '/admin/people', 'people');
      await look(page, '/admin/start', 'first-steps');
      for (const set of ['settings', 'calendar', 'journal', 'letters', 'searches']) await look(page, `/admin/${set}`, `set-${set}`);
      await look(page, '/admin/journal/lists/declarations', 'set-list');
      await look(page, '/admin/journal/texts/authors/en', 'set-text');
      await look(page, '/admin/letters/revision-asked/zh-CN', 'set-letter');
      await page.goto('/admin/settings');
      await page.locator('#review-days').evaluate((field) => { field.form.noValidate = true; field.value = '0'; });
      await page.getByRole('button', { name: say('set-save') }).click();
      await expect(page.locator('.error-summary')).toBeFocused();
      await expectGoodPage(page, `set-settings-wrong-${language}`, { colours });
    });

    test('what a reviewer sees', async ({ page, office }) => {
      await follow(page, office.links.reviewer);
      await speak(page, language);
      await look(page, '/reviews', 'reviews');
      const [invitation] = await rows(page, say('own-asked-answer'));
      await look(page, invitation, 'reviewer-invitation');
      await page.goto('/reviews');
      const [sent] = await rows(page, say('own-asked-done'));
      await look(page, sent, 'reviewer-sent');
      await page.context().clearCookies();
      await enterByMail(page, office, 'wu.wanqing@reviewer3.example');
      await speak(page, language);
      await look(page, '/reviews', 'reviews-wu');
      const [again] = await rows(page, say('own-asked-review'));
      await look(page, again, 'reviewer-desk-again');
      await page.context().clearCookies();
      await enterByMail(page, office, 'lu.zhizhi@reviewer5.example');
      await speak(page, language);
      await page.goto('/reviews');
      const [write] = await rows(page, say('own-asked-review'));
      await look(page, write, 'reviewer-desk');
    });
  });
}
