// A paper of each format with doubtful places, settled in each of the three ways: kept, removed, sent anew. The editor
// sees what was kept.

import { paperOf } from './lib/documents.mjs';
import { expectGoodPage } from './lib/page.mjs';
import { enterByMail, follow, speak } from './lib/people.mjs';
import { expect, test } from './lib/test.mjs';
import { expectNothingOf, go, upload } from './lib/way.mjs';
import { words } from './lib/words.mjs';

test.use({ start: { demo: true } });
test.setTimeout(180_000);

const AUTHOR = { name: 'Ingrid Solvang', email: 'ingrid.solvang@author2.example' };
const KEPT = 'Rivermouth General Hospital';
const REMOVED = 'https://github.com/marsh-walkers/steps';
const ANEW = 'our previous work';
const PLAIN = 'The walking group slept better.';
const first = [
  `${PLAIN}`,
  `Patients of the ${KEPT} took part.`,
  `The code is at ${REMOVED} for all.`,
  `In ${ANEW} we walked slowly.`,
];
const better = [...first.slice(0, 3), 'An earlier study walked slowly.'];

for (const [kind, language] of [['docx', 'zh'], ['pdf', 'en'], ['zip', 'en']]) {
  test(`${kind}: findings kept, removed, sent anew (${language})`, async ({ page, open, office }, info) => {
    const say = words(language);
    await enterByMail(page, office, AUTHOR.email);
    await speak(page, language);
    await page.goto('/author');
    const row = page.getByRole('row').filter({ hasText: say('stage-returned') }).first();
    const number = (await row.locator('.number').textContent()).trim();

    const finding = (text) => page.locator('.finding-open').filter({ has: page.locator('mark', { hasText: text }) });
    const choose = (text, what) => finding(text).getByLabel(say(`author-finding-${what}`)).check();
    const save = () => page.getByRole('button', { name: say('author-decide-save') }).click();
    const look = async (line) => {
      await line.getByRole('link').click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('author-blind-title'));
      await expect(page.locator('.desk-text')).toContainText(PLAIN, { timeout: 60_000 });
      expectNothingOf(await page.locator('.desk-text').textContent(), [AUTHOR.name], 'the blind copy');
    };

    // One is kept and one removed; the copy is made again, without the address.
    await go(page, 'author', number, '/files');
    await look(await upload(page, say, await paperOf(kind, 'first', AUTHOR.name, first)));
    await expect(page.locator('.finding-open')).toHaveCount(3);
    await expectGoodPage(page, `blind-copy-${kind}-${language}`);
    await choose(KEPT, 'keep');
    await choose(REMOVED, 'remove');
    await save();
    await expect(page.locator('.finding-open')).toHaveCount(1);
    await expect(page.locator('.desk-text')).toContainText(PLAIN, { timeout: 60_000 });
    await expect(page.locator('.desk-text')).not.toContainText('marsh-walkers');
    await expect(page.locator('.desk-text')).toContainText(KEPT);
    await page.setViewportSize({ width: 360, height: 780 });
    await page.screenshot({ path: info.outputPath(`blind-copy-${kind}-phone.png`), fullPage: true });
    await page.setViewportSize({ width: 1280, height: 720 });

    // For the last one a better file comes, in which it does not stand.
    await choose(ANEW, 'other');
    await save();
    await expect(page).toHaveURL(/\/files/);
    await look(await upload(page, say, await paperOf(kind, 'better', AUTHOR.name, better)));
    await expect(finding(ANEW)).toHaveCount(0);
    await choose(KEPT, 'keep');
    if (await finding(REMOVED).count()) await choose(REMOVED, 'remove');
    await save();
    await expect(page.locator('.finding-open')).toHaveCount(0);
    // The copy is made again before anybody else sees it.
    await expect(page.locator('.desk-text')).toContainText(PLAIN, { timeout: 60_000 });
    await expect(page.locator('.desk-text')).not.toContainText('marsh-walkers');
    const id = page.url().split('/').pop().split('?')[0];

    // The editor sees what stands there and that the author kept it; what was removed, nobody does.
    const editor = await open();
    await follow(editor, office.links.editor);
    await speak(editor, language);
    await go(editor, 'office', number, `/files/${id}`);
    const seen = editor.locator('.finding').filter({ hasText: KEPT });
    await expect(seen).toContainText(say('office-finding-kept'));
    await expect(editor.locator('.desk-text')).toContainText(PLAIN, { timeout: 60_000 });
    expectNothingOf(await editor.getByRole('main').textContent(), [AUTHOR.name, 'marsh-walkers'], 'the editor’s page');
    await expectGoodPage(editor, `office-file-${kind}-${language}`);
  });
}
