// What a spec imports: Playwright's `test` and `expect` with an office for each test, and a page that is watched.
//
//   import { test, expect } from './lib/test.mjs';
//   test('…', async ({ page, office }) => { await page.goto('/'); … });
//
// `office` is the program freshly started in an empty folder; `test.use({ start: { clock: true } })` starts it
// otherwise, and `{ demo: true }` in a copy of the life that the demo played (see demo.mjs). Addresses without a host are the office's. `open(options)` gives one more person: a browser context of
// its own, with a page.

import { test as base, expect } from '@playwright/test';
import { startDemo } from './demo.mjs';
import { startOffice } from './office.mjs';

export { expect };

export const test = base.extend({
  start: [{}, { option: true }],

  office: async ({ start }, use, info) => {
    const office = await (start.demo ? startDemo(start) : startOffice(start));
    await use(office);
    if (info.status !== info.expectedStatus) {
      await info.attach('what the office printed', { body: office.output, contentType: 'text/plain' });
    }
    await office.remove();
  },

  baseURL: async ({ office }, use) => use(office.url),

  page: async ({ page }, use) => {
    const complaints = watch(page);
    await use(page);
    expect(complaints, 'what the browser complained about').toEqual([]);
  },

  open: async ({ browser, baseURL, contextOptions, locale, timezoneId }, use) => {
    const opened = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({ ...contextOptions, baseURL, locale, timezoneId, ...options });
      const page = await context.newPage();
      opened.push({ context, complaints: watch(page) });
      return page;
    });
    for (const { context, complaints } of opened) {
      await context.close();
      expect(complaints, 'what the browser complained about').toEqual([]);
    }
  },
});

/** Collects script errors, breaches of the content security policy, and requests to any host but ours. */
export function watch(page) {
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(`script error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && /content security policy/i.test(message.text())) complaints.push(message.text());
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.hostname !== '127.0.0.1') complaints.push(`request to ${url.host}`);
  });
  return complaints;
}
