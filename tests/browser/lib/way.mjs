// The steps of a manuscript's way, as people take them; `say` gives the words of their language (words.mjs).

import { expect } from '@playwright/test';
import { expectGoodPage } from './page.mjs';
import { follow, way } from './people.mjs';

const main = (page) => page.getByRole('main');
const press = (place, name) => place.getByRole('button', { name, exact: true }).click();
const fill = (place, name, value) => place.getByRole('textbox', { name }).fill(value);

/** Opens a manuscript's page of `side`, 'author', 'office' or 'reviews'. */
export const go = (page, side, number, rest = '') =>
  page.goto(`${side === 'reviews' ? '/reviews' : `/${side}/manuscripts`}/${number}${rest}`);

export async function setPassword(page, say, password) {
  await page.getByLabel(say('field-new-password')).fill(password);
  await press(page, say('password-button'));
}

/** The first editor-in-chief, by the link that the program printed. */
export async function becomeChief(page, say, office, { name, email, password }) {
  await page.goto(way(await office.welcomeLink()));
  await fill(page, say('field-name'), name);
  await fill(page, say('field-email'), email);
  await press(page, say('link-first-chief-button'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('start-title'));
  await main(page).getByRole('link', { name: say('password-title') }).click();
  await setPassword(page, say, password);
}

/** The editor-in-chief invites somebody; that person takes the role up by the letter's link on `guest`. */
export async function invite(chief, guest, say, office, { name, email, role, password }) {
  await chief.goto('/admin/people');
  await fill(chief, say('field-email'), email);
  await fill(chief, say('field-name'), name);
  await chief.getByLabel(say('people-role'), { exact: true }).selectOption({ label: say(`role-${role}`) });
  await press(chief, say('people-invite-button'));
  await expect(chief.getByRole('status')).toHaveText(say('done-invited'));
  const letter = await office.letterTo(email);
  await follow(guest, letter.links[0]);
  await setPassword(guest, say, password);
}

/** Signs up, and confirms the address by the letter. */
export async function signUp(page, say, office, { native = '', latin, email, password, affiliation }) {
  await page.goto('/sign-up');
  await fill(page, say('field-native-name'), native);
  await fill(page, say('field-latin-name'), latin);
  await fill(page, say('field-affiliation'), affiliation);
  await fill(page, say('field-email'), email);
  await page.getByLabel(say('field-password')).fill(password);
  await press(page, say('sign-up-button'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('mail-title'));
  const letter = await office.letterTo(email);
  await follow(page, letter.links[0]);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('nav-author'));
}

/** Begins a submission; gives its number. */
export async function begin(page, say) {
  await page.goto('/author');
  await press(main(page), say('author-begin'));
  await expect(page).toHaveURL(/\/submission\/type/);
  return page.url().split('/')[5];
}

/** Saves a step, and sees the next one. */
export async function save(page, say, next) {
  await press(page, say('author-save'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(say(`author-step-${next}`));
}

/** Fills every step before the files, one after the other, from the first. */
export async function writeSubmission(page, say, paper) {
  const choose = (group, key) => page.getByRole('group', { name: say(group) }).getByLabel(say(key)).check();
  await choose('author-article_type', 'type-original');
  await choose('author-section', 'section-clinical');
  await choose('author-language', `author-language-${paper.language}`);
  await save(page, say, 'text');

  for (const [field, value] of Object.entries(paper.text)) await fill(page, say(`author-${field}`), value);
  await save(page, say, 'authors');

  for (const [i, author] of paper.authors.entries()) {
    if (i > 0) {
      await press(page, say('author-add'));
      await expect(page).toHaveURL(/done=step-saved/);
    }
    const group = page.getByRole('group', { name: new RegExp(`^${say('author-n', { n: i + 1 })}(?!\\d)`) });
    await fill(group, say('author-native-name'), author.native ?? '');
    await fill(group, say('author-latin-name'), author.latin);
    await fill(group, say('author-affiliations'), author.affiliation);
    await fill(group, say('author-email'), author.email);
    await group.getByLabel(say('author-corresponding')).setChecked(i === 0);
  }
  await save(page, say, 'statements');

  for (const [field, value] of Object.entries(paper.statements)) await fill(page, say(`author-${field}`), value);
  await save(page, say, 'trial');

  await page.getByLabel(say('author-trial-yes')).check();
  await fill(page, say('author-trial-numbers'), paper.trial.number);
  await fill(page, say('author-trial-submitted'), paper.trial.submitted);
  await fill(page, say('author-trial-enrolled'), paper.trial.enrolled);
  await page.getByLabel(say('author-trial-actual')).check();
  await press(page, say('author-trial-do-read'));
  const reading = page.getByRole('region', { name: say('author-trial-read') });
  await expect(reading).toContainText(paper.trial.number);
  await expect(reading).toContainText(say('author-trial-verdict-prospective'));
  await save(page, say, 'files');
}

/** Uploads a file on the page that has the panel, and waits until its blind copy is there. */
export async function upload(page, say, file) {
  await page.getByLabel(say('author-upload-file')).setInputFiles(file.path);
  await press(page, say('author-upload-do'));
  const line = page.getByRole('listitem').filter({ hasText: file.name });
  await expect(line.getByRole('link')).toBeVisible({ timeout: 60_000 });
  return line;
}

/** Looks at the blind copy, in which no author is named, and keeps whatever is asked about. */
export async function settle(page, say, line, authors) {
  await line.getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('author-blind-title'));
  expectNothingOf(await page.locator('.desk-text').textContent(), authors, 'the blind copy');
  // Words are kept, and pictures were looked at.
  const keep = page.locator('.finding').getByRole('radio').and(page.locator('[value=keep]'));
  for (const choice of await keep.all()) await choice.check();
  if (await keep.count()) await press(page, say('author-decide-save'));
  await expect(keep).toHaveCount(0);
}

/** No word of `words` is in the text. */
export function expectNothingOf(text, words, where) {
  for (const word of words) expect.soft(text.includes(word), `“${word}” in ${where}`).toBe(false);
}

/** Checks and sends; gives nothing, since the number was there from the beginning. */
export async function send(page, say, number) {
  await go(page, 'author', number, '/submission/declarations');
  for (const what of ['original', 'not-elsewhere', 'all-agree', 'anonymous']) {
    await page.getByLabel(say(`author-declare-${what}`)).check();
  }
  await save(page, say, 'check');
  await press(page, say('author-send'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('author-receipt'));
  await expectGoodPage(page, `author-receipt-${await page.locator('html').getAttribute('lang')}`);
  await expect(main(page)).toContainText(number);
}

/** A co-author confirms by the letter's link, without an account. */
export async function confirmAuthorship(page, say, office, email) {
  const letter = await office.letterTo(email);
  await page.goto(way(letter.links[0]));
  await press(page, say('own-coauthor-yes'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('own-link-confirmed'));
}

/** The editors decide: form, letter, confirmation. `write` fills in what the decision needs. */
export async function decide(page, say, number, kind, { write, letter } = {}) {
  await go(page, 'office', number, '/decision');
  await page.getByRole('radio', { name: say(`office-decision-${kind}`) }).check();
  await write?.(page);
  await press(page, say('office-to-preview'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('office-preview'));
  await letter?.(page.locator('article.letter'));
  await press(page, say('office-to-confirm'));
  await press(page, say(`office-confirm-act-${kind}`));
  await expect(page.getByRole('status')).toHaveText(say('done-office-decided'));
}

/** The undo's time passes, and the author opens the decision on the site. */
export async function open(page, say, office, number) {
  await office.later({ minutes: 11 });
  await expect(async () => {
    await go(page, 'author', number);
    await expect(main(page).getByRole('button', { name: say('author-do-open-decision') })).toBeVisible({ timeout: 500 });
  }).toPass();
  await press(main(page), say('author-do-open-decision'));
  await expect(page.getByRole('status')).toHaveText(say('done-decision-opened'));
}

/** The editor asks somebody by address. */
export async function askReviewer(page, say, number, { name, email, language }) {
  await go(page, 'office', number, '/reviewers');
  const form = page.getByRole('region', { name: say('office-by-address') });
  await fill(form, say('office-email'), email);
  await fill(form, say('office-person-name'), name);
  await form.getByLabel(say('office-letter-lang')).selectOption(language === 'zh' ? 'zh-CN' : 'en');
  await press(form, say('office-ask-act'));
  await expect(page.getByRole('status')).toHaveText(say('done-office-asked'));
}

/** The reviewer accepts by the letter's link, sets a password, and sits at the desk. */
export async function accept(page, say, office, number, { email, password }, hidden) {
  const letter = await office.letterTo(email, { about: new RegExp(number) });
  await page.goto(way(letter.links[0]));
  expectNothingOf(letter.text + (await page.content()), hidden, `the invitation of ${email}`);
  await page.getByLabel(say('own-accept-no-conflict')).check();
  await press(page, say('own-accept-button'));
  await expect(page.getByRole('status')).toHaveText(say('done-accepted-by-link'));
  await setPassword(page, say, password);
  await go(page, 'reviews', number);
  await expect(page.getByRole('heading', { level: 2, name: say('own-desk-form') })).toBeVisible();
  expectNothingOf(await page.content(), hidden, `the desk of ${email}`);
}

/** The reviewer fills the form in and sends it. */
export async function review(page, say, number, { verdict, assessment, suggestions = [] }) {
  await go(page, 'reviews', number);
  await fill(page, say('own-review-assessment'), assessment);
  for (const what of ['originality', 'significance', 'method', 'evidence', 'presentation']) {
    await page.getByRole('radio', { name: `${say(`own-criterion-${what}`)} 4` }).check();
  }
  for (const [i, suggestion] of suggestions.entries()) {
    const field = page.getByRole('textbox', { name: say('own-review-suggestion', { number: i + 1 }), exact: true });
    if (!(await field.count())) await press(page, say('own-review-add'));
    await field.fill(suggestion);
  }
  await page.getByRole('radio', { name: say(`verdict-${verdict}`), exact: true }).check();
  await press(page, say('own-review-send'));
  await expect(page.getByRole('status')).toHaveText(say('done-own-review-sent'));
}

/**
 * The whole way, from an empty office to the published article. `cast` has chief, editor, author and two reviewers,
 * `paper` what is submitted, `file` the document; `more` gives one more person's page.
 */
export async function wholeWay({ page: author, more, office, say, language, cast, paper, file, step }) {
  const names = paper.authors.flatMap(({ native, latin, email }) => [native, latin, email]).filter(Boolean);
  const fromReviewers = [...names, ...file.authors, paper.trial.number];
  const reviewerNames = cast.reviewers.flatMap(({ name, email }) => [name, email]);
  const chief = await more();
  const editor = await more();
  const desks = [await more(), await more()];
  let number;

  await step('the office is staffed', async () => {
    await becomeChief(chief, say, office, cast.chief);
    await invite(chief, editor, say, office, { ...cast.editor, role: 'editor' });
  });

  await step('the author submits', async () => {
    await signUp(author, say, office, cast.author);
    number = await begin(author, say);
    await writeSubmission(author, say, paper);
    const line = await upload(author, say, file);
    await settle(author, say, line, [...names, ...file.authors]);
    await send(author, say, number);
    await office.letterTo(cast.author.email, { about: new RegExp(number) });
    const passer = await more();
    for (const { email } of paper.authors.slice(1)) await confirmAuthorship(passer, say, office, email);
  });

  await step('the editor screens it', async () => {
    await editor.goto('/office');
    await editor.getByRole('row').filter({ hasText: number }).getByRole('link').first().click();
    expectNothingOf(await editor.content(), [...names, paper.trial.number], 'the editor’s page before the recorded click');
    await press(main(editor), say('office-take'));
    await expect(editor.getByRole('status')).toHaveText(say('done-office-handling'));
    await decide(editor, say, number, 'send-to-review');
    await open(author, say, office, number);
    await expect(main(author)).toContainText(say('author-act-wait-review'));
  });

  await step('two reviewers read it', async () => {
    for (const reviewer of cast.reviewers) await askReviewer(editor, say, number, { ...reviewer, language });
    for (const [i, reviewer] of cast.reviewers.entries()) {
      await accept(desks[i], say, office, number, reviewer, fromReviewers);
      await review(desks[i], say, number, reviewer.review);
      expectNothingOf(await desks[i].content(), [...fromReviewers, ...reviewerNames.filter((n) => n !== reviewer.name && n !== reviewer.email)], `the desk of ${reviewer.email}`);
    }
  });

  await step('the editor asks for a revision', async () => {
    await decide(editor, say, number, 'ask-revision', {
      write: async (form) => {
        await form.getByRole('checkbox').nth(1).uncheck();
        await fill(form, say('office-own'), cast.editor.point);
      },
      letter: async (letter) => {
        expectNothingOf(await letter.first().textContent(), reviewerNames, 'the letter to the author');
        await expect(letter.first()).toContainText(cast.reviewers[0].review.suggestions[0]);
        await expect(letter.first()).not.toContainText(cast.reviewers[0].review.suggestions[1]);
        await expect(letter.first()).toContainText(cast.editor.point);
      },
    });
    await open(author, say, office, number);
    expectNothingOf(await author.content(), reviewerNames, 'the author’s page');
  });

  await step('the author answers every point and sends the revision', async () => {
    await main(author).getByRole('link', { name: say('author-do-revise') }).click();
    expectNothingOf(await author.content(), reviewerNames, 'the form of the revision');
    const answers = author.getByRole('textbox', { name: say('author-answer') });
    await expect(answers).toHaveCount(2);
    for (const [i, answer] of paper.answers.entries()) await answers.nth(i).fill(answer);
    await fill(author, say('author-rebuttal-label'), paper.rebuttal);
    await press(author, say('author-revision-save'));
    await expect(author.getByRole('status')).toHaveText(say('done-answers-saved'));
    const line = await upload(author, say, file);
    await settle(author, say, line, [...names, ...file.authors]);
    await go(author, 'author', number, '/revision');
    await press(author, say('author-revision-send'));
    await expect(author.getByRole('status')).toHaveText(say('done-revision-sent'));
  });

  await step('the reviewers read it again', async () => {
    await go(editor, 'office', number, '/reviews');
    await press(editor, say('office-again-act'));
    await expect(editor.getByRole('status')).toHaveText(say('done-office-review-again'));
    await go(desks[0], 'reviews', number);
    await expect(main(desks[0])).toContainText(paper.answers[0]);
    for (const [i, { review: said }] of cast.reviewers.entries()) {
      await review(desks[i], say, number, { verdict: 'acceptable', assessment: said.assessment });
      expectNothingOf(await desks[i].content(), fromReviewers, 'a desk of the second round');
    }
  });

  await step('the editor-in-chief accepts, the author confirms the proof', async () => {
    await decide(chief, say, number, 'accept');
    await open(author, say, office, number);
    await go(editor, 'office', number, '/decision');
    await press(editor, say('office-next-send-proof'));
    await expect(editor.getByRole('status')).toHaveText(say('done-office-proof'));
    await go(author, 'author', number);
    await main(author).getByRole('link', { name: say('author-do-check-proof') }).click();
    await expect(main(author)).toContainText(paper.trial.number);
    await press(author, say('author-proof-confirm'));
    await expect(author.getByRole('status')).toHaveText(say('done-proof-confirmed'));
  });

  await step('the article is published', async () => {
    await go(editor, 'office', number, '/publication');
    await main(editor).getByLabel(say('office-publish-seen')).check();
    await press(editor, say('office-publish-act'));
    await expect(editor.getByRole('status')).toHaveText(say('done-office-published'));
    const reader = await more();
    await reader.goto('/');
    await reader.getByRole('link', { name: paper.title }).click();
    await expect(reader.getByRole('heading', { level: 1 })).toHaveText(paper.title);
    for (const { native, latin } of paper.authors) await expect(reader.locator('.authors')).toContainText(native ?? latin);
    await expect(reader.getByRole('link', { name: paper.trial.number })).toHaveAttribute('href', paper.trial.registry);
  });
  return number;
}
