// The ways out of the office, from the demo's saved life: declined, withdrawn, released and offered again, lapsed.

import { expect, test } from './lib/test.mjs';
import { expectGoodPage } from './lib/page.mjs';
import { enterByMail, follow, speak, way } from './lib/people.mjs';
import { decide, expectNothingOf, go, open as openDecision } from './lib/way.mjs';
import { words } from './lib/words.mjs';

const HUA = 'hua.yunqiu@author.example';
const SOLVANG = 'ingrid.solvang@author2.example';

test.use({ locale: 'zh-CN', start: { demo: true, clock: true } });
test.setTimeout(120_000);

const main = (page) => page.getByRole('main');
const press = (page, name) => main(page).getByRole('button', { name, exact: true }).click();

// The number of the first manuscript of the author's list whose row says so.
async function listed(page, words) {
  await page.goto('/author');
  const row = page.getByRole('row').filter({ hasText: words }).first();
  return (await row.locator('.number').textContent()).trim();
}

test('declined at screening: the author reads why, nobody reads it any more', async ({ page, open, office }) => {
  const say = words('zh');
  await follow(page, office.links.author);
  const number = await listed(page, say('stage-screening'));
  const editor = await open();
  await follow(editor, office.links.editor);
  await go(editor, 'office', number);
  await press(editor, say('office-take'));
  const why = '选题与本刊的方向不合，恕难采用。';

  // Without a reason it is refused, and what was chosen is still there.
  await go(editor, 'office', number, '/decision');
  await editor.getByRole('radio', { name: say('office-decision-decline') }).check();
  await press(editor, say('office-to-preview'));
  await expect(editor.getByRole('alert')).toContainText(say('problem-needs-message'));
  await expect(editor.getByRole('radio', { name: say('office-decision-decline') })).toBeChecked();

  await decide(editor, say, number, 'decline', {
    write: (form) => form.getByRole('textbox', { name: say('office-message') }).fill(why),
    letter: (letter) => expect(letter.first()).toContainText(why),
  });
  await expect(main(editor)).toContainText(say('office-pending', { kind: say('office-decision-decline') }));
  await go(page, 'author', number);
  expectNothingOf(await main(page).textContent(), [why], 'the author’s page while the letter waits');
  await openDecision(page, say, office, number);
  await expect(main(page)).toContainText(why);
  await expect(page.getByRole('heading', { level: 2, name: say('author-act-declined') })).toBeVisible();
});

test('a decision taken back within the ten minutes reaches nobody', async ({ page, open, office }) => {
  const say = words('zh');
  await follow(page, office.links.author);
  const number = await listed(page, say('stage-screening'));
  const editor = await open();
  await follow(editor, office.links.editor);
  await go(editor, 'office', number);
  await press(editor, say('office-take'));
  await decide(editor, say, number, 'send-to-review');
  await press(editor, say('office-undo'));
  await expect(editor.getByRole('status')).toHaveText(say('done-office-undone'));
  await office.later({ minutes: 15 });
  await go(page, 'author', number);
  await expect(page.getByRole('heading', { level: 2, name: say('author-act-wait-screening') })).toBeVisible();
});

test('withdrawn by the author while reviewers are sought', async ({ page, open, office }) => {
  const say = words('zh');
  await follow(page, office.links.author);
  const number = await listed(page, say('stage-in-review'));
  await go(page, 'author', number);
  await main(page).getByRole('link', { name: say('author-withdraw-link') }).click();
  await page.getByRole('textbox', { name: say('author-withdraw-reason') }).fill('另有安排');
  const known = await office.letters();
  await press(page, say('author-withdraw-do'));
  await expect(page.getByRole('status')).toHaveText(say('done-manuscript-withdrawn'));
  await expect(page.getByRole('heading', { level: 2, name: say('author-act-withdrawn') })).toBeVisible();
  await office.letterTo(HUA, { known, about: new RegExp(number) });
  const editor = await open();
  await follow(editor, office.links.editor);
  await go(editor, 'office', number);
  await expect(main(editor)).toContainText(say('stage-withdrawn'));
  await expect(main(editor)).toContainText(say('office-nothing-to-do'));
});

test('released after a month without a notice, and offered here again', async ({ page, office }) => {
  const say = words('zh');
  await follow(page, office.links.author);
  const number = await listed(page, say('stage-screening'));
  const known = await office.letters();
  await office.later({ days: 7 });
  await enterByMail(page, office, HUA);
  await go(page, 'author', number);
  await expect(page.getByRole('heading', { level: 2, name: say('author-act-reaffirm') })).toBeVisible();
  await expect(main(page)).toContainText(say('author-event-closed-screening'));
  await office.letterTo(HUA, { known, about: new RegExp(number) });

  await press(page, say('author-do-reaffirm'));
  await expect(page.getByRole('status')).toHaveText(say('done-reaffirmed'));
  await expect(page.getByRole('heading', { level: 2, name: say('author-act-wait-screening') })).toBeVisible();
});

test('given up: no revision within two months', async ({ page, office }) => {
  const say = words('en');
  await enterByMail(page, office, SOLVANG);
  const number = await listed(page, say('stage-revising'));
  const known = await office.letters();
  await office.later({ days: 10 });
  await enterByMail(page, office, SOLVANG);
  await go(page, 'author', number);
  await expect(page.getByRole('heading', { level: 2, name: say('author-act-lapsed') })).toBeVisible();
  await office.letterTo(SOLVANG, { known, about: new RegExp(number) });
  const answer = await go(page, 'author', number, '/revision');
  expect(new URL(page.url()).pathname, `the form is gone (${answer.status()})`).toBe(`/author/manuscripts/${number}`);
});

test('the authors change: whoever is concerned reads what it would mean, and agrees without an account', async ({ page, open, office }) => {
  const say = words('en');
  await follow(page, office.links.author);
  await page.goto('/account');
  await speak(page, 'en');
  const number = await listed(page, say('stage-in-review'));
  await go(page, 'author', number, '/requests/authors');
  const fieldset = page.locator('fieldset').last();
  const other = await fieldset.getByRole('textbox', { name: say('author-email') }).inputValue();
  await fieldset.getByRole('button', { name: say('author-up') }).click();
  await page.getByRole('textbox', { name: say('law-ask-why-authors') }).fill('The statistician did most of the work.');
  const known = await office.letters();
  await press(page, say('law-ask-authors-do'));
  const passer = await open();
  const letter = await office.letterTo(other, { known, about: new RegExp(number) });
  await passer.goto(way(letter.links[0]));
  await expect(passer.locator('body')).toHaveAttribute('data-page', 'reviewer/concerned');
  await expectGoodPage(passer, 'concerned');
  await main(passer).getByRole('button').first().click();
  await expect(main(passer)).not.toContainText(say('law-concerned-yes'));
});
