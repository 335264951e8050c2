// What every page must pass, and pictures of it.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect } from '@playwright/test';

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const out = fileURLToPath(new URL('../out/', import.meta.url));

export const DESKTOP = { width: 1280, height: 900 };
export const PHONE = { width: 390, height: 844 };

/** No serious or critical finding of axe, in light and in dark colours. */
export async function expectAccessible(page, { colours = ['light', 'dark'] } = {}) {
  for (const colorScheme of colours) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await accessibilityFindings(page), `axe on ${page.url()}, ${colorScheme}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
}

/** The serious and critical findings of axe, a line each. Needs a page with JavaScript switched on. */
export async function accessibilityFindings(page) {
  // Evaluated over the debugging protocol, which a page's content security policy does not touch.
  await page.evaluate(axeSource);
  const run = page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  const { violations } = await Promise.race([run, pause(20_000, null, { ref: false }).then(gaveUp)]);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) => nodes.map(({ target, any }) => `${id}: ${help}: ${target} ${any[0]?.message ?? ''}`.trim()));
}

function gaveUp() {
  throw new Error('axe gave no answer in 20 s: is JavaScript switched off in this page?');
}

/** Nothing sticks out to the right of the smallest phone: no sideways scrolling at 320 px. */
export async function fits(page, width = 320) {
  const before = page.viewportSize();
  await page.setViewportSize({ width, height: 640 });
  const stickingOut = await page.evaluate(() => {
    const edge = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= edge) return [];
    const culprits = [...document.body.querySelectorAll('*')]
      .filter((element) => element.getBoundingClientRect().right > edge + 0.5)
      .map((element) => `${element.localName}.${element.className || '-'} “${element.textContent.trim().slice(0, 40)}”`);
    return [`${document.documentElement.scrollWidth} px wide`, ...culprits.slice(0, 8)];
  });
  expect(stickingOut, `${page.url()} at ${width} px`).toEqual([]);
  if (before) await page.setViewportSize(before);
}

/** Pictures of the whole page in out/: NAME-desktop.png and NAME-phone.png. */
export async function screenshots(page, name) {
  const before = page.viewportSize();
  for (const [kind, size] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
    await page.setViewportSize(size);
    await page.screenshot({ path: `${out}${name}-${kind}.png`, fullPage: true, animations: 'disabled' });
  }
  if (before) await page.setViewportSize(before);
}

/** The checks that each template gets once, with its pictures. */
export async function expectGoodPage(page, name, options) {
  await expect(page).toHaveTitle(/\S/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  await expectAccessible(page, options);
  await fits(page);
  await screenshots(page, name);
}
