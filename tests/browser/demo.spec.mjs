// The demo as a stranger meets it: a bar on every page, another person with one click, a clock that moves, letters.

import { expect, test } from '@playwright/test';
import { startOffice } from './lib/office.mjs';
import { expectGoodPage } from './lib/page.mjs';

test.setTimeout(420_000);

test('be anybody, move the clock, read the letters', async ({ page }) => {
  const office = await startOffice({ command: ['demo'], patience: 300_000 });
  try {
    await page.goto(office.url);
    // Whose letter comes first, and so the language from there on, is left to chance.
    const bar = page.getByRole('complementary', { name: /演示|Demonstration/ });
    await expect(bar).toContainText('信件只留在这台电脑上');
    await page.goto(`${office.url}/demo`);
    await expectGoodPage(page, 'demo-people');
    await page.getByRole('button', { name: '换成此人 沈若兰' }).click();
    await expect(page).toHaveURL(/\/office$/);
    await expect(bar).toContainText('沈若兰 · 主编');

    // The first manuscript that waits for a notice runs out of its month.
    const first = page.locator('#give-notice tbody tr').first();
    const number = await first.locator('.number').textContent();
    await bar.getByRole('button', { name: '＋一周' }).click();
    await expect(page.locator('#give-notice')).not.toContainText(number);
    await bar.getByRole('link', { name: /刚才寄出 \d+ 封/ }).click();
    await expectGoodPage(page, 'demo-letters');
    await page.getByRole('searchbox', { name: '稿件编号或主题' }).fill(number);
    await page.getByRole('main').getByRole('button', { name: '显示' }).click();
    const letter = page.locator('tbody a').filter({ hasText: number }).first();
    await letter.click();
    await expectGoodPage(page, 'demo-letter');

    // Its links open for its recipient, who is one click away.
    const become = page.locator('.notice form, form.notice').getByRole('button');
    if (await become.isVisible()) await become.click();
    await page.locator('.letter-body a').first().click();
    await expect(page.getByRole('main')).toContainText(number);

    // From the bar's own list, on a phone.
    await page.setViewportSize({ width: 390, height: 844 });
    await bar.locator('summary').click();
    await bar.getByRole('button', { name: /岑伯良|Cen Boliang/ }).click();
    await expect(page).toHaveURL(/\/reviews$/);
    await expectGoodPage(page, 'demo-reviews');
  } finally {
    await office.remove();
  }
});
