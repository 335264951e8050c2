// The second step of signing in, and proving again who one is, as people meet them.

import { createHmac } from 'node:crypto';
import { expect, test } from './lib/test.mjs';
import { expectAccessible, fits } from './lib/page.mjs';
import { follow, speak } from './lib/people.mjs';
import { expectKeyboard } from './lib/keyboard.mjs';

test.use({ start: { demo: true } });
test.setTimeout(180_000);

const PASSWORD = 'three green lamps';

/** What an authenticator app shows for a secret (RFC 6238). */
function code(secret, at = Date.now()) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((sign) => letters.indexOf(sign).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const hash = createHmac('sha1', key).update(step).digest();
  const word = hash.readUInt32BE(hash[19] & 15) & 0x7fffffff;
  return String(word % 1_000_000).padStart(6, '0');
}

async function good(page) {
  for (const language of ['zh', 'en']) {
    await speak(page, language);
    await fits(page);
    await expectAccessible(page);
  }
  await expectKeyboard(page);
}

test('an editor sets the second step up and signs in with it', async ({ page, office }) => {
  const violations = [];
  page.on('console', (line) => /Content Security Policy/.test(line.text()) && violations.push(line.text()));
  await follow(page, office.links.editor);
  await page.goto('/account/password');
  await page.locator('#new').fill(PASSWORD);
  await page.locator('form[action="/account/password"]').getByRole('button').click();
  await page.goto('/account/second-step');
  await good(page);
  await expect(page.locator('svg.code-picture path')).toHaveAttribute('d', /^M4 4h1v1h-1z/);
  await page.locator('details summary', { hasText: /hand/ }).click();
  const secret = await page.locator('input[name="secret"]').inputValue();
  await expect(page.locator('code.secret')).toHaveText(secret.match(/.{4}/g).join(' '));
  await page.locator('#code').fill(code(secret));
  await page.locator('form[action="/account/second-step"]').getByRole('button').click();
  await expect(page.locator('.recovery li')).toHaveCount(10);
  await fits(page);
  await expectAccessible(page);
  const [recovery] = await page.locator('.recovery code').allTextContents();

  await page.goto('/account/confirm?next=/account/password');
  await good(page);
  const email = await page.locator('input[name="confirm-user"]').inputValue();
  await page.locator('#confirm-password').fill('not this one');
  await page.locator('form[action="/account/confirm"]').getByRole('button').click();
  await expect(page.getByRole('alert')).toBeVisible();
  await page.locator('#confirm-password').fill(PASSWORD);
  await page.locator('form[action="/account/confirm"]').getByRole('button').click();
  await expect(page).toHaveURL(/\/account\/password$/);

  await page.locator('.menu summary').click();
  await page.locator('form[action="/sign-out"]').getByRole('button').click();
  await page.goto('/sign-in');
  await page.locator('#email').fill(email);
  await page.locator('#password').fill(PASSWORD);
  await page.locator('form[action="/sign-in"]').getByRole('button').click();
  await expect(page.locator('#code')).toBeVisible();
  await fits(page);
  await expectAccessible(page);
  await page.locator('#code').fill(recovery);
  await page.locator('form[action="/sign-in/code"]').getByRole('button').click();
  await expect(page).toHaveURL(/\/account\/second-step/);
  await expect(page.getByRole('status')).toBeVisible();
  expect(violations).toEqual([]);
});
