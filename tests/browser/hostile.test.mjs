// Every hostile message there is, opened in a browser: nothing runs, nothing leaves, nothing is covered. Mail of other
// programs' tests is opened as well where it lies beside the checkout.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { letters } from "./desk/hostile.mjs";
import { Own } from "./desk/own.mjs";

const corpus = fileURLToPath(new URL("../../../shared/data/corpora/mail-hard.tar.zst", import.meta.url));
/** So many messages of the corpus are opened at most. */
const ENOUGH = 400;
/** So many frames are open at once in one page. */
const FRAMES = 30;

const own = new Own();
own.run("client", "add", "Wrogowie", "--domain", "outside.example");
own.record("hostile", letters.map(({ bytes }) => bytes));
const opened = own.found("client:wrogowie").map(({ id, subject }) => {
  const n = Number(subject.match(/^Wrogi (\d+):/)[1]);
  return { ...letters[n], n, path: `/interactions/${id}` };
}).sort((one, other) => one.n - other.n);
const known = new Set(opened.map(({ path }) => path));
own.record("corpus", wild());
const others = own.found("after:1900-01-01").map(({ id, subject }) => ({ name: subject, path: `/interactions/${id}` }));
const theirs = others.filter(({ path }) => !known.has(path)).slice(0, ENOUGH);
await own.serve();
// The desk reads where the server is when it is loaded.
const { desk } = await import("./desk/desk.mjs");
const at = await desk();
after(() => own.close());
const page = await at.page();
const noted = watched();

/** Messages with HTML from other programs' tests. */
function wild() {
  if (!existsSync(corpus)) {
    console.log(`SKIPPED: mail of others is not there: ${corpus}`);
    return [];
  }
  const folder = mkdtempSync(join(tmpdir(), "kronika-wild-"));
  try {
    execFileSync("tar", ["--zstd", "-xf", corpus, "-C", folder]);
    const paths = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const files = paths.map((entry) => readFileSync(join(entry.parentPath, entry.name)));
    return files.filter((bytes) => /^content-type:\s*text\/html/im.test(bytes.toString("latin1"))).slice(0, ENOUGH);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What is wrong with the document of a message; runs in the page. */
function faults(doc) {
  const every = [...doc.querySelectorAll("*")];
  const banned = "script, iframe, frame, object, embed, applet, form, input, button, select, textarea, dialog, meta[http-equiv], link:not([rel=icon]), svg, math, template, video, audio, [popover], [id], [name]:not(meta), base:not([target=_blank])";
  const handlers = every.filter((one) => [...one.attributes].some(({ name }) => /^(on|hx-|data-(?!blocked-src))/.test(name)));
  const moved = every.filter((one) => {
    const style = doc.defaultView.getComputedStyle(one);
    return style.position !== "static" || style.transform !== "none" || style.backgroundImage !== "none";
  });
  const inward = /^(data:image\/(png|jpe?g|gif|webp|bmp);|\/interactions\/[^/?]+\/parts\/[^/?]+\?preview=1$)/i;
  const outward = every.filter((one) => ["src", "srcset", "background", "poster", "ping", "data", "cite", "action"].some((name) =>
    one.hasAttribute(name) && !inward.test(one.getAttribute(name))));
  const led = [...doc.querySelectorAll("[href]:not(link)")].filter((one) =>
    !["http:", "https:", "mailto:", "tel:"].includes(one.protocol) || one.target !== "_blank" || !/noopener/.test(one.rel));
  return [...doc.querySelectorAll(banned), ...handlers, ...moved, ...outward, ...led].map((one) => one.outerHTML.slice(0, 160));
}

/** Whether the page is still ours: nothing of a message lies over what stands around its frame. Runs in the page. */
function covered() {
  scrollTo(0, 0);
  const ours = [".rail .wordmark", "header.top", "main h1"].map((what) => document.querySelector(what));
  return ours.filter((one) => {
    const { left, top, width, height } = one.getBoundingClientRect();
    const above = document.elementFromPoint(left + width / 2, top + height / 2);
    return !above || (!one.contains(above) && !above.contains(one));
  }).map((one) => one.outerHTML.slice(0, 80));
}

/**
 * Shows documents in frames like the one of this page, and in frames that only the document's own policy holds; what is
 * wrong with each. Runs in the page.
 */
async function framed(messages) {
  const real = document.querySelector("[data-frame] iframe");
  const place = document.createElement("details");
  place.className = "as-sent";
  place.open = place.dataset.frame = true;
  real.closest("main").append(place);
  const show = async ({ path, expected }, sandboxed) => {
    const frame = real.cloneNode();
    if (!sandboxed) frame.removeAttribute("sandbox");
    frame.loading = "eager";
    frame.src = `${path}/html`;
    const loaded = new Promise((done) => frame.addEventListener("load", done, { once: true }));
    place.append(frame);
    await loaded;
    await new Promise((done) => setTimeout(done, 60));
    const doc = frame.contentDocument;
    if (!doc) return ["the document has left our site"];
    const wrong = window.faults(doc);
    if (frame.contentWindow.pwned !== undefined) wrong.push("it ran");
    if (doc.location.pathname !== `${path}/html`) wrong.push(`it has moved to ${doc.location}`);
    if (expected && !doc.body.textContent.includes(expected)) wrong.push(`it cannot be read: ${doc.body.innerHTML.slice(0, 300)}`);
    return wrong;
  };
  const both = messages.map(async (message) => [...(await show(message, true)), ...(await show(message, false))]);
  const found = await Promise.all(both);
  place.remove();
  return found;
}

/** Notes what the page tries while it shows messages. */
function watched() {
  const noted = [];
  page.on("dialog", (dialog) => (noted.push(`a dialog: ${dialog.message()}`), dialog.dismiss()));
  page.on("popup", (popup) => noted.push(`a window: ${popup.url()}`));
  page.on("download", (download) => noted.push(`a download: ${download.url()}`));
  page.on("request", (request) => {
    const { protocol, origin, href } = new URL(request.url());
    if (protocol !== "data:" && origin !== process.env.KRONIKA_ADDRESS) noted.push(`a request: ${href}`);
    if (request.method() !== "GET") noted.push(`${request.method()} ${href}`);
  });
  return noted;
}

/** What happened in the page and its frames since the last time. */
async function happened() {
  const seen = await Promise.all(page.frames().map((frame) => frame.evaluate(() => window.pwned).catch(() => undefined)));
  return [...seen.filter((value) => value !== undefined).map((value) => `pwned: ${value}`), ...noted.splice(0)];
}

/** Opens a message as a reader does; what was wrong. */
async function read({ path, expected }) {
  await page.goto(path);
  const details = page.locator("details[data-frame]");
  if (!(await details.evaluate((details) => details.open))) await details.locator("summary").click();
  const body = page.frameLocator(".as-sent iframe").locator("body");
  await body.getByText(expected).first().waitFor({ state: "attached" });
  const moved = page.url() === process.env.KRONIKA_ADDRESS + path ? [] : [`the page has moved to ${page.url()}`];
  return [...moved, ...(await page.evaluate(covered)), ...(await happened())];
}

/** Shows the documents of messages in one page, many at once; what was wrong with each, and with the page. */
async function showAll(messages) {
  await read(opened[0]);
  await page.evaluate(`window.faults = ${faults}`);
  const found = [];
  for (let n = 0; n < messages.length; n += FRAMES) {
    const some = messages.slice(n, n + FRAMES).map(({ path, expected }) => ({ path, expected }));
    found.push(...(await page.evaluate(framed, some)));
    const around = [...(await page.evaluate(covered)), ...(await happened())];
    if (around.length > 0) found.at(-1).push(`some of the ${FRAMES} up to here: ${around}`);
  }
  return found;
}

test("there are more than three hundred ways to do harm, each in a message of its own", () => {
  assert.ok(letters.length >= 300);
  assert.equal(opened.length, letters.length);
});

test("shown without any protection, letters with handlers do run: these tests would notice", async () => {
  const context = await at.browser.newContext();
  await context.route("**", (route) => route.abort());
  const bare = await context.newPage();
  const armed = letters.filter(({ name }) => /^a handler with /.test(name));
  let ran = 0;
  for (const { html } of armed) {
    await bare.goto("about:blank");
    await bare.setContent(html, { waitUntil: "commit" });
    await bare.waitForTimeout(40);
    ran += (await bare.evaluate(() => window.pwned === 1)) ? 1 : 0;
  }
  await context.close();
  assert.ok(ran > 10, `only ${ran} of ${armed.length} ran`);
  at.knocks = 0;
});

test("the document of each is readable, and does nothing in our frame nor outside of it", async (each) => {
  const found = await showAll(opened);
  for (const [n, { name }] of opened.entries()) {
    await each.test(`mail with ${name}`, () => assert.deepEqual(found[n], []));
  }
  at.assertNothingWrong();
});

test("each document carries a policy that lets nothing run and nothing in", async () => {
  for (const { path } of opened) {
    const answer = await page.request.get(`${path}/html`);
    const policy = answer.headers()["content-security-policy"];
    assert.match(policy, /^default-src 'none';.*; sandbox/);
    assert.ok(!/allow-scripts|allow-forms|allow-top|script-src|http/.test(policy), policy);
    assert.equal(answer.headers()["x-dns-prefetch-control"], "off");
  }
});

test("read as a person reads, they do nothing to the page around them", async () => {
  // Each kind, and each that tries the page itself: its title, names, files.
  const some = opened.filter(({ n, parts, expected }) => expected && (n % 24 === 0 || parts.length > 1));
  for (const letter of some) assert.deepEqual(await read(letter), [], letter.name);
  assert.ok(some.length > 30);
});

test("in lists, in the words that a search found, and unfolded in place, they are text", async () => {
  const [client] = (await (await page.request.get("/clients?q=Wrogowie")).text()).match(/\/clients\/[^"/]+(?=")/g).slice(-1);
  const lists = ["/search?q=znacznikowo", `/search?q=${encodeURIComponent('"><img src=x onerror=top.pwned=1>')}`, "/search?q=client:wrogowie", client];
  for (const path of lists) {
    await page.goto(path);
    if (path !== lists[1]) await page.locator("[data-row]").nth(10).waitFor();
    assert.equal(await page.locator("main :is(script, iframe, svg script, [onerror], [onload], [onfocus], a[href^='javascript:'])").count(), 0, path);
    assert.deepEqual(await happened(), [], path);
  }
  const rows = page.locator("[data-row]");
  for (const n of [0, 3, 7]) {
    await rows.nth(n).locator("[data-unfold=open]").click();
    const details = rows.nth(n).locator("details[data-frame]");
    await details.waitFor();
    if (!(await details.evaluate((details) => details.open))) await details.locator("summary").click();
    await rows.nth(n).frameLocator("iframe").getByText("czytelne").first().waitFor();
  }
  assert.deepEqual([...(await page.evaluate(covered)), ...(await happened())], []);
  assert.equal(await page.locator("dialog[open]").count(), 0);
});

test("what is attached is kept as a file, unless it is a picture or text, and those hold still", async () => {
  let pages = 0;
  for (const { path } of opened.filter(({ parts }) => parts.length > 1)) {
    const html = await (await page.request.get(path)).text();
    const hrefs = new Set(html.match(/\/interactions\/[^/"]+\/parts\/[\d.]+/g));
    assert.ok(hrefs.size >= 4, path);
    for (const href of hrefs) {
      const { "content-type": type, "content-disposition": kept, "content-security-policy": policy } = (await page.request.get(`${href}?preview=1`)).headers();
      if (/^attachment/.test(kept ?? "")) {
        pages += 1;
        continue;
      }
      assert.match(type, /^(text\/plain|application\/pdf|image\/(png|jpeg|gif|webp|bmp))/);
      assert.match(policy, /^default-src 'none'/);
    }
  }
  assert.ok(pages >= 40, `${pages} pages and drawings`);
  assert.deepEqual(await happened(), []);
});

test("mail of other programs' tests does nothing either", { skip: theirs.length === 0 }, async () => {
  const found = await showAll(await withHtml(theirs));
  const wrong = found.map((what, n) => [theirs[n].path, ...what]).filter((what) => what.length > 1);
  assert.deepEqual(wrong, []);
  console.log(`${found.length} messages of others were opened`);
});

/** Those that have an HTML form; a form that cannot be found would be a document of ours. */
async function withHtml(messages) {
  const answers = [];
  for (const message of messages) {
    if ((await page.request.get(`${message.path}/html`)).ok()) answers.push(message);
  }
  return answers;
}
