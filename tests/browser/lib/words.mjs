// The words on buttons and labels, from the same files as the program's: tests find what a person reads.

import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const locales = fileURLToPath(new URL('../../../src/words/locales/', import.meta.url));
const TAG = { zh: 'zh-CN', en: 'en' };

/** `say(key, values)` for a language, 'zh' or 'en'. */
export function words(language) {
  const folder = `${locales}${TAG[language]}/`;
  const text = readdirSync(folder).map((name) => readFileSync(folder + name, 'utf8')).join('\n');
  const messages = new Map(
    [...text.matchAll(/^([a-z][\w-]*) =((?:.*)(?:\n[ ]+.*)*)/gm)].map(([, key, value]) => [key, value.trim()]),
  );
  return (key, values = {}) => {
    const pattern = messages.get(key);
    if (pattern === undefined) throw new Error(`no words for ${key} in ${TAG[language]}`);
    return pattern
      .replace(/\{\s*\$(\w+)\s*->([\s\S]*?)\n\s*\}/g, (_, name, forms) => choose(forms, values[name]))
      .replace(/\{\s*\$(\w+)\s*\}/g, (_, name) => values[name])
      .replace(/\{\s*"([^"]*)"\s*\}/g, '$1');
  };
}

function choose(forms, count) {
  const known = Object.fromEntries([...forms.matchAll(/(\*?)\[(\w+)\]\s*(.*)/g)].map(([, star, name, form]) => [star || name, form]));
  return known[count] ?? (count === 1 ? known.one : undefined) ?? known['*'];
}
