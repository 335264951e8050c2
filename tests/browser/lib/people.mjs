// How people come in, and in which language they read.

import { expect } from '@playwright/test';

/** Where a link of a letter or of the demo leads, on whatever address the office listens now. */
export const way = (link) => {
  const { pathname, search } = new URL(link, 'http://127.0.0.1');
  return pathname + search;
};

/** Opens a one-time link, which changes nothing, and presses the button on its page. */
export async function follow(page, link) {
  await page.goto(way(link));
  await page.getByRole('main').getByRole('button').click();
}

/** Signs in by a link that comes by mail. */
export async function enterByMail(page, office, email) {
  const known = await office.letters();
  await page.goto('/sign-in');
  await page.locator('form[action="/sign-in/link"]').getByRole('textbox').fill(email);
  await page.locator('form[action="/sign-in/link"]').getByRole('button').click();
  const letter = await office.letterTo(email, { known, about: /link to sign in|登录链接/i });
  await follow(page, letter.links[0]);
}

/** Turns the page into a language, 'zh' or 'en', with the button that every page has. */
export async function speak(page, language) {
  const html = page.locator('html');
  if ((await html.getAttribute('lang')).startsWith(language)) return;
  await page.getByRole('button', { name: language === 'en' ? 'English' : '中文', exact: true }).click();
  await expect(html).toHaveAttribute('lang', new RegExp(`^${language}`));
}
