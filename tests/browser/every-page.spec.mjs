// Every page that links lead to, as each of its readers: good for axe in light and in dark, fitting the smallest phone in
// both languages, to be used by the keyboard alone. The last test names the templates that nobody looked at.

import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from './lib/test.mjs';
import { crawl } from './lib/crawl.mjs';
import { expectAccessible, fits } from './lib/page.mjs';
import { enterByMail, follow, speak } from './lib/people.mjs';
import { expectKeyboard } from './lib/keyboard.mjs';

// One worker, one after another: what the tests have seen is put together at the end.
test.describe.configure({ mode: 'default' });
test.use({ start: { demo: true } });
test.setTimeout(900_000);

/** Who reads, by the demo's link for a role or by an address, and where that person begins: at a path, or at the first link below `at` that begins so. */
const PEOPLE = {
  'a visitor': ['', ['/', '/articles?q=zzz', '/sign-in', '/sign-up', '/password/forgotten', '/help/anonymous', '/no-such-page', '/link/abc', { at: '/articles?q=green', link: '/articles/' }]],
  'an author': ['author', ['/author', '/account', '/account/erasure', '/account/password']],
  'an author who revises': ['bo.yunfei@author3.example', ['/author']],
  'an author with an accepted article': ['dario.penhaligon@author4.example', ['/author']],
  'an author with a proof': ['yu.qinghe@author5.example', ['/author']],
  'an editor': ['editor', ['/office', '/office/search?q=zzzz', '/office/search?q=%E9%9A%8F%E6%9C%BA&due=month', { at: '/office/search?q=asthma', link: '/office/manuscripts/' }, { at: '/office/search?stage=re-review', link: '/office/manuscripts/', then: '/changes' }]],
  'the editor-in-chief': ['editor-in-chief', ['/office', '/admin/start', '/admin/people']],
  'the administrator': ['administrator', ['/admin/people']],
  'a reviewer': ['reviewer', ['/reviews']],
  'a reviewer in a later round': ['wu.wanqing@reviewer3.example', ['/reviews', { at: '/reviews', link: '/reviews/', then: '/changes' }]],
  'a reviewer who writes': ['lu.zhizhi@reviewer5.example', ['/reviews']],
};

/** Templates that no link of the demo leads to, and the test that looks at them. */
const ELSEWHERE = {
  'account/code': 'strangers',
  'account/confirm': 'strangers',
  'account/look-in-mail': 'pages',
  'account/recovery-codes': 'strangers',
  'account/signed-out': 'pages',
  'author/files': 'pages',
  'author/receipt': 'whole-way',
  'demo/letter': 'demo',
  'demo/letters': 'demo',
  'demo/people': 'demo',
  'editor/authors': 'pages',
  'editor/by-author': 'pages',
  'editor/preview': 'pages',
  'editor/publication': 'pages',
  'reviewer/coauthor': 'pages',
  'reviewer/concerned': 'exits',
  'reviewer/link': 'pages',
};

const seen = new Map();
const looked = new Set();

for (const [who, [door, starts]] of Object.entries(PEOPLE)) {
  test(`what ${who} can reach`, async ({ page, office }) => {
    if (door.includes('@')) await enterByMail(page, office, door);
    else if (door) await follow(page, office.links[door]);
    await page.goto(door ? '/account' : '/');
    await speak(page, 'zh');
    const from = [];
    for (const start of starts) from.push(typeof start === 'string' ? start : await linkFrom(page, start));
    const paths = await crawl(page, from, seen, async (path, answer) => {
      await test.step(path, async () => {
        expect(answer.status(), `the answer to ${path}`).toBeLessThan(/no-such|abc/.test(path) ? 500 : 400);
        await good(page);
        await expectAccessible(page);
        await expectKeyboard(page);
      });
    });
    expect(paths.length).toBeGreaterThan(0);
    await page.goto(door ? '/account' : '/');
    await speak(page, 'en');
    for (const path of paths) {
      await page.goto(path);
      await good(page, 'en');
    }
  });
}

test('a focus that cannot be seen is found', async ({ page }) => {
  await page.goto('/sign-in');
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('input:focus-visible { outline: none !important; box-shadow: none !important; }');
    document.adoptedStyleSheets = [sheet];
  });
  await expect(expectKeyboard(page)).rejects.toThrow(/unseen/);
});

/** The first link at `at` that begins so; with `then`, the page of that name below the first manuscript that has a link to it. */
async function linkFrom(page, { at, link, then }) {
  await page.goto(at);
  const links = await page.locator(`main a[href^="${link}"]`).evaluateAll((all) => all.map((a) => a.getAttribute('href')));
  if (!then) {
    expect(links[0], `a link at ${at}`).toBeTruthy();
    return links[0];
  }
  const depth = link.split('/').length;
  for (const manuscript of new Set(links.map((path) => path.split('/').slice(0, depth).join('/')))) {
    await page.goto(manuscript);
    const path = manuscript + then;
    if (await page.locator(`main a[href="${path}"]`).count()) return path;
  }
  throw new Error(`no manuscript at ${at} leads to ${then}`);
}

async function good(page, language = 'zh') {
  looked.add(await page.locator('body').getAttribute('data-page'));
  await expect(page.locator('html')).toHaveAttribute('lang', new RegExp(`^${language}`));
  await expect(page).toHaveTitle(/\S/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  for (const landmark of ['banner', 'main', 'contentinfo']) await expect(page.getByRole(landmark)).toHaveCount(1);
  await fits(page);
}

test('no template was left out', async () => {
  const folder = fileURLToPath(new URL('../../templates/', import.meta.url));
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.html'));
  const pages = [];
  for (const name of names) {
    if ((await readFile(folder + name, 'utf8')).includes('{% extends')) pages.push(name.replace(/\.html$/, ''));
  }
  expect(pages.length).toBeGreaterThan(50);
  const missing = pages.filter((name) => !looked.has(name)).sort();
  expect(missing).toEqual(Object.keys(ELSEWHERE).sort());
});
