// The pages that a person can reach by links, one or some of each kind, in the order in which they are found.

/** How many pages of one kind are worth a look, where it is more than one. */
const MORE = { '/author/manuscripts/N': 3, '/office/manuscripts/N': 2, '/office/manuscripts/N/decision': 2, '/reviews/N': 3, '/articles/N': 12 };

/** The same for pages that differ in their numbers alone. */
export const kind = (path) =>
  path
    .replace(/\?.*$/, '')
    .replace(/[0-9A-Z]{4}-[0-9A-Z]{4}/g, 'N')
    .replace(/\/\d+(?=\/|$)/g, '/1')
    .replace(/(\/admin\/letters)\/[a-z-]+(\/en)?$/, '$1/L')
    .replace(/(\/admin\/journal\/texts)\/[a-z-]+(\/en)?$/, '$1/T')
    .replace(/\/pages\/.*/, '/pages');

const dull = /\/(download|copy|static|feed\.atom|sitemap\.xml)|^\/demo\/letters\?|\.png$/;

/** Follows links from `starts`; `look(path, answer)` is called on each page while it is open. `seen` counts kinds over several people. */
export async function crawl(page, starts, seen, look = () => {}) {
  const queue = [...starts];
  const found = [];
  const queued = new Set(queue);
  while (queue.length > 0) {
    const path = queue.shift();
    const what = kind(path);
    const count = seen.get(what) ?? 0;
    if (count >= (starts.includes(path) ? 9 : (MORE[what] ?? 1))) continue;
    const answer = await page.goto(path).catch(() => null);
    if (!answer || !/text\/html/.test(answer.headers()['content-type'] ?? '')) continue;
    seen.set(what, count + 1);
    found.push(path);
    const links = await page.locator('main a[href^="/"], footer a[href^="/"]').evaluateAll((all) => all.map((a) => a.getAttribute('href').replace(/#.*/, '')));
    await look(path, answer);
    for (const link of links) {
      if (!link || queued.has(link) || dull.test(link)) continue;
      queued.add(link);
      queue.push(link);
    }
  }
  return found;
}
