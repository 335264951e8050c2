// Starts the built program as a person would, in a fresh folder on a free port, and stops it again.

import { spawn } from 'node:child_process';
import { cp, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { linksIn, readLetters } from './letters.mjs';

const BINARY =
  process.env.BAUTA_BIN ?? fileURLToPath(new URL('../../../target/debug/bauta', import.meta.url));
const LIBFAKETIME = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].map((cpu) => `/usr/lib/${cpu}/faketime/libfaketimeMT.so.1`);
const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/**
 * Starts an office and waits until it answers.
 *
 *   command  what it is started with: ['serve'] (default), ['demo'], …
 *   folder   an existing folder to go on in (a second start); a fresh temporary one otherwise
 *   from     a saved life: its contents are copied into the fresh folder first
 *   env      further settings, for instance { BAUTA_SMTP_URL: … }
 *   port     a fixed port, so that a second start has the address of the first
 *   clock    true: the program's clock can be moved forward while it runs, see `Office.later`
 *   patience milliseconds until it must answer
 */
export async function startOffice({ command = ['serve'], folder, from, env = {}, port, clock, patience = 45_000 } = {}) {
  const place = folder ?? (await mkdtemp(join(tmpdir(), 'bauta-office-')));
  if (from) await cp(from, place, { recursive: true });
  if (clock) env = { ...(await movableClock(place)), ...env };
  const address = `127.0.0.1:${port ?? (await freePort())}`;
  const office = new Office(place, address, command, env);
  try {
    await office.answers(patience);
  } catch (error) {
    await office.kill();
    throw error;
  }
  return office;
}

export class Office {
  #child;
  #ended;
  #ahead = 0;

  constructor(folder, address, command, env) {
    this.folder = folder;
    this.data = join(folder, 'data');
    this.key = join(folder, 'vault.key');
    this.address = address;
    this.port = Number(address.split(':')[1]);
    this.url = `http://${address}`;
    this.output = '';
    // Of the settings in the environment only those given here count.
    const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('BAUTA_')));
    this.#child = spawn(BINARY, command, {
      cwd: folder,
      env: { ...inherited, BAUTA_DATA: this.data, BAUTA_KEY: this.key, BAUTA_ADDRESS: address, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(this.#child);
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => (this.output += text));
    }
    this.#ended = new Promise((done) => {
      this.#child.on('error', (error) => done({ error }));
      this.#child.on('close', (code, signal) => done({ code, signal }));
    }).then((end) => {
      running.delete(this.#child);
      this.end = end;
      return end;
    });
  }

  /** Waits until the program answers a request, whatever the answer. */
  async answers(patience) {
    await this.#until(patience, 'did not answer', async () =>
      fetch(this.url, { redirect: 'manual', signal: AbortSignal.timeout(2_000) }).then(
        (answer) => answer.body?.cancel().then(() => true) ?? true,
        () => false,
      ),
    );
  }

  /** Waits until the output matches, and gives the match. */
  printed(pattern, patience = 5_000) {
    return this.#until(patience, `did not print ${pattern}`, () => pattern.exec(this.output));
  }

  /** The one-time link that `serve` prints at the first start: the first address in its output that has a path. */
  async welcomeLink() {
    return this.#until(5_000, 'did not print a one-time link', () =>
      linksIn(this.output).find((link) => link.startsWith(this.url) && new URL(link).pathname !== '/'),
    );
  }

  /** The sign-in link that `demo` prints for a role: 'editor-in-chief', 'editor', 'author' or 'reviewer'. */
  async signInLink(role) {
    return (await this.printed(new RegExp(`^${role}\\s+(https?://\\S+)`, 'm')))[1];
  }

  /** All letters in the outbox folder, oldest first. */
  letters() {
    return readLetters(join(this.data, 'outbox'));
  }

  /**
   * The newest letter to an address; waits for one that is not among `known` (letters seen before) and whose
   * subject or text matches `about`.
   */
  letterTo(recipient, { known = [], about = /(?:)/, patience = 15_000 } = {}) {
    const seen = new Set(known.map((letter) => letter.file));
    return this.#until(patience, `wrote no letter to ${recipient} matching ${about}`, async () =>
      (await this.letters())
        .filter((letter) => letter.to.includes(recipient.toLowerCase()) && !seen.has(letter.file))
        .filter((letter) => about.test(letter.subject) || about.test(letter.text))
        .at(-1),
    );
  }

  /** Moves the clock of a program that was started with `clock: true` forward; its timers run on as they did. */
  async later({ days = 0, minutes = 0 }) {
    this.#ahead += days * 86_400 + minutes * 60;
    await setClock(this.folder, this.#ahead);
  }

  /** Asks the program to stop, as a service manager does; fails when it does not go by itself. Gives its exit code. */
  async stop(patience = 10_000) {
    this.#child.kill('SIGTERM');
    const end = await Promise.race([this.#ended, pause(patience, null, { ref: false })]);
    if (!end) {
      await this.kill();
      throw new Error(`the office did not stop within ${patience} ms of SIGTERM; it printed:\n${this.output}`);
    }
    return end.code;
  }

  /** Ends the program at once, as a power cut does. */
  async kill() {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  /** Ends the program and removes its folder. */
  async remove() {
    await this.kill();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }

  async #until(patience, complaint, attempt) {
    const deadline = Date.now() + patience;
    for (;;) {
      const result = await attempt();
      if (result) return result;
      if (this.end) break;
      if (Date.now() > deadline) break;
      await pause(25);
    }
    const state = this.end ? `ended with ${this.end.error ?? this.end.signal ?? `code ${this.end.code}`}` : 'is running';
    throw new Error(`the office ${complaint} within ${patience} ms (it ${state}); it printed:\n${this.output}`);
  }
}

// libfaketime stands before the C library's clock and reads how far it is ahead from a file, each time it is asked.
async function movableClock(folder) {
  let library;
  for (const found of LIBFAKETIME) if (existsSync(found)) library ??= found;
  if (!library) throw new Error('libfaketime is missing; get it with: apt-get install libfaketime');
  await setClock(folder, 0);
  return {
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: join(folder, 'clock'),
    FAKETIME_NO_CACHE: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    FAKETIME_DONT_RESET: '1',
  };
}

async function setClock(folder, seconds) {
  // By another name first: the program never reads half a number.
  await writeFile(join(folder, 'clock.new'), `+${seconds}\n`);
  await rename(join(folder, 'clock.new'), join(folder, 'clock'));
}

function freePort() {
  return new Promise((done, fail) => {
    const server = createServer().on('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}
