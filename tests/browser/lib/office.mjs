// Starts the built program as a person would, in a fresh folder on a free port, and stops it again.

import { spawn } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { linksIn, readLetters } from './letters.mjs';

const BINARY =
  process.env.BAUTA_BIN ?? fileURLToPath(new URL('../../../target/debug/bauta', import.meta.url));
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
 *   patience milliseconds until it must answer
 */
export async function startOffice({ command = ['serve'], folder, from, env = {}, port, patience = 45_000 } = {}) {
  const place = folder ?? (await mkdtemp(join(tmpdir(), 'bauta-office-')));
  if (from) await cp(from, place, { recursive: true });
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

function freePort() {
  return new Promise((done, fail) => {
    const server = createServer().on('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}
