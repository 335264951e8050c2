// Pictures of every page, in both languages, at several widths, light and dark: one command, no assertions.
//
//   node tests/browser/shots.mjs            all of them, into target/shots, with index.html and contact sheets
//   node tests/browser/shots.mjs office     only pages whose name holds the word
//
// Starts `bauta demo` (BAUTA_BIN, else target/debug/bauta), signs in as one person after another, and follows every
// link to pages of a kind that it has not seen. What is new in the program is found by itself.

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { crawl, kind } from './lib/crawl.mjs';
import { startOffice } from './lib/office.mjs';

const OUT = fileURLToPath(new URL('../../target/shots/', import.meta.url));
const WIDTHS = { narrow: 320, phone: 390, desk: 1280, wide: 1920 };
const LANGUAGES = { zh: 'zh-CN', en: 'en' };
const SCHEMES = ['light', 'dark'];
/** Whom one has to be to see every page, and where that person begins. */
const PEOPLE = {
  visitor: ['/', '/articles?q=zzz', '/sign-in', '/sign-up', '/password/forgotten', '/help/anonymous', '/no-such-page', '/link/abc'],
  author: ['/author', '/account', '/account/password'],
  author2: ['/author'],
  author5: ['/author'],
  author6: ['/author'],
  author10: ['/author'],
  reviewer: ['/reviews'],
  reviewer5: ['/reviews'],
  reviewer3: ['/reviews'],
  editor: ['/office', '/office?q=zzzz'],
  chief: ['/office', '/admin/start', '/admin/people'],
  admin: ['/admin/people'],
};
async function be(page, office, who) {
  await page.context().clearCookies();
  if (who === 'visitor') return;
  await post(page, office, '/demo/as', { who });
}

const post = (page, office, path, form) =>
  page.request.post(office.url + path, { form, headers: { 'Sec-Fetch-Site': 'same-origin' }, maxRedirects: 0 });

const office = await startOffice({ command: ['demo'], patience: 180_000 });
const browser = await chromium.launch({ executablePath: process.env.BAUTA_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const only = process.argv[2];
const taken = [];
try {
  await rm(OUT, { recursive: true, force: true });
  await mkdir(OUT, { recursive: true });
  const context = await browser.newContext({ baseURL: office.url, reducedMotion: 'reduce', timezoneId: 'Asia/Shanghai' });
  const page = await context.newPage();
  const seen = new Map();
  for (const [who, starts] of Object.entries(PEOPLE)) {
    await be(page, office, who);
    const paths = await crawl(page, who === 'visitor' ? [...starts, '/demo', '/demo/letters'] : starts, seen);
    for (const [language, tag] of Object.entries(LANGUAGES)) {
      await post(page, office, '/language', { to: tag, back: '/' });
      for (const [index, path] of paths.entries()) {
        const name = `${who}-${String(index).padStart(2, '0')}${kind(path).replace(/[^A-Za-z0-9-]+/g, '_')}`;
        if (only && !name.includes(only)) continue;
        await page.goto(office.url + path);
        for (const scheme of SCHEMES) {
          await page.emulateMedia({ colorScheme: scheme });
          for (const [size, width] of Object.entries(WIDTHS)) {
            if (scheme === 'dark' && (size === 'narrow' || size === 'wide')) continue;
            await page.setViewportSize({ width, height: width < 500 ? 844 : 900 });
            const file = `${name}.${language}.${size}.${scheme}.jpeg`;
            await page.screenshot({ path: OUT + file, fullPage: true, type: 'jpeg', quality: 80 });
            taken.push({ file, name, path, who, language, size, scheme });
          }
        }
      }
    }
    console.log(`${who}: ${paths.length} pages`);
  }
  await writeFile(`${OUT}index.html`, index(taken));
  await sheets(page, taken);
  console.log(`${taken.length} pictures in ${OUT}`);
} finally {
  await browser.close();
  await office.remove();
}

function index(shots) {
  const groups = new Map();
  for (const shot of shots) groups.set(shot.name, [...(groups.get(shot.name) ?? []), shot]);
  const rows = [...groups].map(
    ([name, all]) =>
      `<h2>${name}</h2><p>${all[0].path} as ${all[0].who}</p><div>${all
        .map((s) => `<a href="${s.file}"><img loading="lazy" src="${s.file}" alt="${s.file}"></a>`)
        .join('')}</div>`,
  );
  return `<!doctype html><meta charset="utf-8"><title>Bauta, every page</title><style>body{font:15px sans-serif;background:#777;color:#fff}div{display:flex;gap:8px;align-items:start;overflow-x:auto}img{height:420px;width:auto;max-width:640px;object-fit:cover;object-position:top}</style>${rows.join('')}`;
}

/** Contact sheets: many pages side by side, to be looked at in one go. */
async function sheets(page, shots) {
  const sets = [
    ['zh-desk', (s) => s.language === 'zh' && s.size === 'desk' && s.scheme === 'light', 3, 640],
    ['en-desk', (s) => s.language === 'en' && s.size === 'desk' && s.scheme === 'light', 3, 640],
    ['zh-phone', (s) => s.language === 'zh' && s.size === 'phone' && s.scheme === 'light', 6, 320],
    ['en-narrow', (s) => s.language === 'en' && s.size === 'narrow' && s.scheme === 'light', 6, 320],
    ['zh-dark', (s) => s.language === 'zh' && s.size === 'desk' && s.scheme === 'dark', 3, 640],
  ];
  await page.emulateMedia({ colorScheme: 'light' });
  for (const [name, wanted, columns, width] of sets) {
    const chosen = shots.filter(wanted);
    for (let from = 0; from < chosen.length; from += columns) {
      const some = chosen.slice(from, from + columns);
      const cells = some.map((s) => `<figure><figcaption>${s.name}</figcaption><img src="file://${OUT}${s.file}"></figure>`).join('');
      await page.setViewportSize({ width: columns * (width + 8), height: 1000 });
      await writeFile(`${OUT}sheet.html`, `<!doctype html><meta charset="utf-8"><style>body{margin:0;background:#777;display:flex;gap:8px;align-items:start;font:12px sans-serif;color:#fff}figure{margin:0;width:${width}px}img{width:100%;display:block;max-height:1900px;object-fit:cover;object-position:top}</style>${cells}`);
      await page.goto(`file://${OUT}sheet.html`);
      await page.screenshot({ path: `${OUT}sheet-${name}-${String(from / columns).padStart(2, '0')}.jpeg`, fullPage: true, type: 'jpeg', quality: 75 });
    }
  }
  await rm(`${OUT}sheet.html`);
}
