// The keyboard alone: Tab reaches everything that can be used, nothing holds it, and one sees where one is.

import { expect } from '@playwright/test';

/** Walks the page with Tab and says what it missed and where the focus could not be seen. */
export async function expectKeyboard(page) {
  await page.evaluate(() => {
    document.activeElement?.blur();
    getSelection().removeAllRanges();
    window.scrollTo(0, 0);
    const shown = (element) => element.checkVisibility({ visibilityProperty: true });
    const usable = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')];
    // Of the radio buttons with one name Tab reaches one; the arrows reach the others.
    const groups = new Set();
    globalThis.wanted = new Set(
      usable.filter((element) => {
        if (element.disabled || element.tabIndex < 0 || !shown(element)) return false;
        if (element.type !== 'radio') return true;
        const group = `${element.form?.action}/${element.name}`;
        if (element.form?.querySelector(`input[name="${element.name}"]:checked`) ?? false) return element.checked;
        return !groups.has(group) && groups.add(group);
      }),
    );
    // In a field of a date Tab goes through its parts: one of them with a ring is enough.
    globalThis.seen = new Set();
    globalThis.focused = new Set();
    globalThis.named = (e) => `${e.localName} “${(e.getAttribute('aria-label') ?? e.labels?.[0]?.textContent ?? e.textContent).trim().slice(0, 40)}”`;
    globalThis.visited = () => {
      const element = document.activeElement;
      if (!element || element === document.body) return false;
      wanted.delete(element);
      const style = getComputedStyle(element);
      const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
      focused.add(element);
      if (ring || style.boxShadow !== 'none') seen.add(element);
      return true;
    };
  });
  const count = await page.evaluate(() => wanted.size + 4 * document.querySelectorAll('input[type=date], input[type=time]').length);
  for (let i = 0; i < count + 12; i += 1) {
    await page.keyboard.press('Tab');
    const inside = await page.evaluate(() => visited());
    if (!inside && i > 0) break;
  }
  const found = await page.evaluate(() => ({
    missed: [...wanted].map(named),
    unseen: [...focused].filter((element) => !seen.has(element)).map(named),
  }));
  expect(found, `by keyboard on ${page.url()}`).toEqual({ missed: [], unseen: [] });
}
