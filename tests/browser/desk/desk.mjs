// A desk to sit at: a browser that is signed in, lets nothing out, and remembers whatever went wrong.
import assert from "node:assert/strict";
import { createServer } from "node:net";
import { after } from "node:test";
import { chromium } from "playwright-core";

export const address = process.env.KRONIKA_ADDRESS;
/** The same server by name: passkeys need one, and links of invitations carry it. */
export const named = address.replace("127.0.0.1", "localhost");
export const password = process.env.KRONIKA_PASSWORD;

/** Sent with requests that no page of ours makes: what a browser says about a form of our own. */
export const ours = { "sec-fetch-site": "same-origin" };

/**
 * A browser for one file of tests. Every host that mail names (they all end in .example) leads to a trap, so that
 * whatever leaves is caught, even what no page can see: connections opened ahead, prefetches.
 */
export class Desk {
  wrong = [];
  knocks = 0;
  sessions = new Map();
  /** Where else pages may lead. */
  also = [];

  async open() {
    this.trap = createServer((socket) => {
      this.knocks += 1;
      socket.destroy();
    });
    await new Promise((ready) => this.trap.listen(0, "127.0.0.1", ready));
    const elsewhere = `MAP *.example 127.0.0.1:${this.trap.address().port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE *.localhost`;
    this.browser = await chromium.launch({
      executablePath: process.env.CHROMIUM,
      args: [`--host-resolver-rules=${elsewhere}`],
    });
  }

  async close() {
    await this.browser.close();
    this.trap.close();
  }

  /** A page of its own visitor; `user: null` for nobody, otherwise signed in. */
  async page({ user = "reader-en", ...options } = {}) {
    const context = await this.browser.newContext({
      baseURL: address,
      viewport: { width: 1440, height: 900 },
      locale: "en-GB",
      reducedMotion: "reduce",
      ...options,
    });
    context.setDefaultTimeout(10_000);
    this.watch(context);
    if (user) await this.signIn(context, user);
    return context.newPage();
  }

  /** Signs in once per user; their other pages share the session. */
  async signIn(context, user) {
    if (!this.sessions.has(user)) {
      await signIn(context.request, user);
      this.sessions.set(user, await context.cookies());
    }
    await context.addCookies(this.sessions.get(user));
  }

  /** Notes script errors, refused content, failed answers and every request to somewhere else. */
  watch(context) {
    const note = (what) => this.wrong.push(what);
    context.on("request", (request) => {
      const url = new URL(request.url());
      if (/^https?:$/.test(url.protocol) && ![address, named, ...this.also].includes(url.origin)) note(`request to ${url.href}`);
    });
    context.on("response", (response) => {
      if (response.status() >= 500) note(`${response.status()} from ${response.url()}`);
    });
    context.on("weberror", (error) => note(`script error: ${error.error().stack}`));
    context.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) note(`${message.type()}: ${message.text()} (${message.location().url})`);
    });
  }

  /** Forgets one expected complaint that matches; fails if there was none. */
  expectComplaint(pattern) {
    const at = this.wrong.findIndex((what) => pattern.test(what));
    assert.notEqual(at, -1, `nothing complained of ${pattern}, only of: ${this.wrong.join("\n")}`);
    this.wrong.splice(at, 1);
  }

  assertNothingWrong() {
    assert.deepEqual(this.wrong, []);
    assert.equal(this.knocks, 0, "something outside was asked for");
  }
}

/** A desk for the tests of a file; after them it checks that nothing went wrong on any page. */
export async function desk() {
  const desk = new Desk();
  await desk.open();
  after(async () => {
    await desk.close();
    desk.assertNothingWrong();
  });
  return desk;
}

async function signIn(request, user) {
  const form = { user, password: user === "ewa" ? process.env.KRONIKA_OWNER_PASSWORD : password };
  const answer = await request.post("/sign-in", { form, headers: ours, maxRedirects: 0 });
  assert.equal(answer.status(), 303, `${user} can sign in`);
}

/** The address of the client of this name. */
export async function clientPath(page, name) {
  await page.goto(`/clients?q=${encodeURIComponent(name)}`);
  return page.locator("[data-open]", { hasText: name }).first().getAttribute("href");
}

/** The address of the first interaction that a search finds. */
export async function found(page, query) {
  await page.goto(`/search?q=${encodeURIComponent(query)}`);
  return page.locator("[data-open]").first().getAttribute("href");
}
