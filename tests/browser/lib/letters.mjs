// The letters that an office without SMTP leaves in <data>/outbox/*.eml, read as a mail program would.

import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** All letters of an outbox folder, oldest first; none while the folder does not exist. */
export async function readLetters(outbox) {
  const names = (await readdir(outbox).catch(() => [])).filter((name) => name.endsWith('.eml'));
  const letters = await Promise.all(
    names.map(async (name) => {
      const file = join(outbox, name);
      const written = (await stat(file, { bigint: true })).mtimeNs;
      return { file, written, ...parseLetter(await readFile(file)) };
    }),
  );
  return letters.sort((a, b) => Number(a.written - b.written) || a.file.localeCompare(b.file));
}

/** `{ headers, from, to: [address…], subject, text, html, links: [url…] }` of the bytes of an .eml file. */
export function parseLetter(bytes) {
  const { headers, body } = splitPart(bytes.toString('latin1'));
  const texts = { 'text/plain': '', 'text/html': '' };
  collectTexts(headers, body, texts);
  const [text, html] = [texts['text/plain'], texts['text/html']];
  return {
    headers,
    from: addresses(headers.from)[0],
    to: addresses(headers.to),
    subject: decodeWords(headers.subject ?? ''),
    text,
    html,
    links: linksIn(text || html),
  };
}

/** Every http(s) address in a text, in order, without the punctuation that ends a sentence. */
export function linksIn(text) {
  return [...text.matchAll(/https?:\/\/[^\s<>"'（）。，；、」”]+/g)].map(([link]) => link.replace(/[.,;:!?)\]]+$/, ''));
}

function splitPart(part) {
  const [, head, body = ''] = /^([\s\S]*?)\r?\n\r?\n([\s\S]*)$/.exec(part) ?? [null, part];
  const headers = {};
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  return { headers, body };
}

function collectTexts(headers, body, texts) {
  const type = headers['content-type'] ?? 'text/plain; charset=utf-8';
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (boundary) {
    for (const part of body.split(`--${boundary}`).slice(1)) {
      if (part.startsWith('--')) break;
      const inner = splitPart(part.replace(/^[ \t]*\r?\n/, '').replace(/\r?\n$/, ''));
      collectTexts(inner.headers, inner.body, texts);
    }
    return;
  }
  const kind = type.split(';')[0].trim().toLowerCase();
  if (!(kind in texts)) return;
  const charset = /charset="?([^";\s]+)"?/i.exec(type)?.[1] ?? 'utf-8';
  texts[kind] += new TextDecoder(charset).decode(decodeBody(body, headers['content-transfer-encoding']));
}

function decodeBody(body, encoding = '7bit') {
  switch (encoding.toLowerCase()) {
    case 'base64':
      return Buffer.from(body, 'base64');
    case 'quoted-printable':
      return unescapeHex(body.replace(/[ \t]+(?=\r?\n)/g, '').replace(/=\r?\n/g, ''));
    default:
      return Buffer.from(body, 'latin1');
  }
}

function unescapeHex(text) {
  return Buffer.from(
    text.replace(/=([0-9A-Fa-f]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  );
}

// RFC 2047: =?utf-8?b?…?= and =?utf-8?q?…?=; white space between two of them does not count.
function decodeWords(header) {
  return header
    .replace(/(\?=)\s+(?==\?)/g, '$1')
    .replace(/=\?([^?]+)\?([bq])\?([^?]*)\?=/gi, (_, charset, encoding, word) => {
      const bytes =
        encoding.toLowerCase() === 'b' ? Buffer.from(word, 'base64') : unescapeHex(word.replace(/_/g, ' '));
      return new TextDecoder(charset).decode(bytes);
    });
}

function addresses(header = '') {
  return (header.match(/[^\s<>,;"]+@[^\s<>,;"]+/g) ?? []).map((address) => address.toLowerCase());
}
