// The demo's life, played once a run, and copied for each test that wants it.
//
// As Playwright's global setup it starts `bauta demo` in a folder and waits for nothing; tests that do not want the
// demo run meanwhile. `startDemo` waits until the life is there.

import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startOffice } from './office.mjs';

const ROLES = ['editor-in-chief', 'editor', 'assistant', 'author', 'reviewer', 'administrator'];

export default async function play() {
  const folder = await mkdtemp(join(tmpdir(), 'bauta-life-'));
  process.env.DEMO_LIFE = folder;
  let over = false;
  const played = (async () => {
    const office = await startOffice({ command: ['demo'], folder, patience: 240_000 });
    try {
      const links = {};
      for (const role of ROLES) links[role] = new URL(await office.signInLink(role)).pathname;
      await office.stop();
      await say(folder, { links });
    } finally {
      await office.kill();
    }
  })().catch((error) => over || say(folder, { error: error.message }));
  return async () => {
    over = true;
    await played;
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
}

async function say(folder, words) {
  await writeFile(join(folder, 'played.new'), JSON.stringify(words));
  await rename(join(folder, 'played.new'), join(folder, 'played'));
}

async function life() {
  const folder = process.env.DEMO_LIFE;
  for (;;) {
    const words = await readFile(join(folder, 'played'), 'utf8').catch(() => '');
    if (words) {
      const { links, error } = JSON.parse(words);
      if (error) throw new Error(`the demo could not be played: ${error}`);
      return { folder, links };
    }
    await pause(100);
  }
}

/** An office that goes on where the demo stopped. `links` has each role's way to sign in, good once in each copy. */
export async function startDemo(options) {
  const { folder: from, links } = await life();
  const folder = await mkdtemp(join(tmpdir(), 'bauta-demo-'));
  const data = join(folder, 'data');
  await cp(join(from, 'data-demo'), data, { recursive: true });
  const office = await startOffice({ ...options, folder, env: { BAUTA_KEY: join(data, 'vault.key') } });
  return Object.assign(office, { links, key: join(data, 'vault.key') });
}
