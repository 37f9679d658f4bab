import assert from "node:assert/strict";
import { test } from "node:test";
import { clientPath, desk } from "./desk/desk.mjs";
import { samples } from "./desk/hostile.mjs";
import { file, importFiles, message } from "./desk/mail.mjs";

const at = await desk();
const page = await at.page();
const letters = await imported();

/** Imports every sample for one client; gives the addresses of the messages, in the order of the samples. */
async function imported() {
  await page.goto("/clients/new");
  await page.getByLabel("Name").fill("Wrogowie");
  await page.locator("[name=domain]").first().fill("outside.example");
  await page.getByRole("button", { name: "Create client" }).click();
  await page.getByRole("heading", { level: 1, name: "Wrogowie" }).waitFor();
  const client = page.url();

  const from = "Wróg <wrog@outside.example>";
  const files = samples.map(([name, html], n) =>
    file(`wrogi-${n}.eml`, message({ from, subject: `Wrogi ${n}: ${name}`, html, text: "" })),
  );
  const counted = await importFiles(page, files);
  assert.equal(counted.recorded, samples.length);

  await page.goto(client);
  const lines = await page.locator("[data-row]").evaluateAll((rows) =>
    rows.map((row) => [row.querySelector(".headline").textContent, row.querySelector("[data-open]").getAttribute("href")]),
  );
  const numbered = new Map(lines.map(([headline, path]) => [Number(headline.match(/\d+/)[0]), path]));
  return samples.map((_, n) => numbered.get(n));
}

/** What `pwned` is in the page and in all its frames. */
async function ran() {
  const seen = [];
  for (const frame of page.frames()) seen.push(await frame.evaluate(() => window.pwned).catch(() => undefined));
  return seen.filter((value) => value !== undefined);
}

for (const [n, [name]] of samples.entries()) {
  test(`mail with ${name} is readable and does nothing`, async () => {
    await page.goto(letters[n]);
    const details = page.locator("details[data-frame]");
    if (!(await details.evaluate((details) => details.open))) await details.locator("summary").click();
    const frame = page.frameLocator(".as-sent iframe");
    await frame.locator("body").getByText("czytelne").first().waitFor({ state: "attached" });
    await page.waitForTimeout(60);

    assert.deepEqual(await ran(), []);
    assert.match(page.url(), new RegExp(`${letters[n]}$`), "the page has not moved on");
    const left = await frame.locator("body").evaluate((body) => {
      const doc = body.ownerDocument;
      const banned = "script, iframe, frame, object, embed, applet, form, input, button, meta[http-equiv], link:not([rel=icon]), svg, math, base:not([target])";
      const handlers = [...doc.querySelectorAll("*")].filter((one) => [...one.attributes].some(({ name }) => /^(on|hx-|data-act)/.test(name)));
      const fixed = [...doc.querySelectorAll("*")].filter((one) => ["fixed", "sticky"].includes(getComputedStyle(one).position));
      const outward = [...doc.querySelectorAll("[src], [srcset], [background], [poster]")].filter((one) =>
        !/^(data:image|\/interactions\/)/.test(one.getAttribute("src") ?? "/interactions/"));
      return [...doc.querySelectorAll(banned), ...handlers, ...fixed, ...outward].map((one) => one.outerHTML.slice(0, 120));
    });
    assert.deepEqual(left, []);
    assert.equal(at.knocks, 0, "nothing was asked of outside.example");
    at.assertNothingWrong();
  });
}

test("opened by itself, a hostile message is held by its own policy", async () => {
  for (const path of letters) {
    const answer = await page.goto(`${path}/html`);
    const policy = answer.headers()["content-security-policy"];
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /sandbox/);
    assert.ok(!/allow-scripts|allow-forms|allow-top-navigation|script-src/.test(policy), policy);
    assert.equal(await page.evaluate(() => window.pwned), undefined);
  }
});

test("in the timeline, opened in place, they do nothing either", async () => {
  await page.goto(await clientPath(page, "Wrogowie"));
  for (const n of [0, 3, 4, 15, 21]) {
    const row = page.locator("[data-row]", { hasText: `Wrogi ${n}:` });
    await row.locator("[data-unfold=open]").click();
    const details = row.locator("details[data-frame]");
    await details.waitFor();
    if (!(await details.evaluate((details) => details.open))) await details.locator("summary").click();
    await row.frameLocator("iframe").getByText("czytelne").waitFor();
  }
  assert.deepEqual(await ran(), []);
  assert.equal(await page.locator("dialog[open]").count(), 0);
});

test("headers, names of people and of files are shown as text, whatever they say", async () => {
  const evil = `"><img src=x onerror=top.pwned=1><script>top.pwned=1</script>`;
  const text = message({
    from: `=?utf-8?B?${Buffer.from(evil).toString("base64")}?= <zly@obcy-z.example>`,
    date: new Date(),
    subject: `Znaczniki ${evil}`,
    text: `${evil} znacznikowo`,
    parts: [{ type: "text/html", name: "a%22onmouseover=x.html", body: `<script>top.pwned=1</script>` }],
  });
  await importFiles(page, [file("znaczniki.eml", text)]);
  for (const path of ["/search?q=znacznikowo", `/search?q=${encodeURIComponent(evil)}`, "/inbox", `/clients?q=${encodeURIComponent(evil)}`]) {
    await page.goto(path);
    await page.waitForTimeout(60);
    assert.deepEqual(await ran(), [], path);
  }
  await page.goto("/inbox");
  const row = page.locator("[data-row]", { hasText: "Znaczniki" });
  await row.locator("[data-open]").focus();
  await page.keyboard.press("a");
  await page.locator("#picker[open]").waitFor();
  await page.keyboard.press("Escape");
  await row.locator("[data-open]").click();
  await page.locator("h1", { hasText: "Znaczniki" }).waitFor();
  const html = page.getByRole("link", { name: /^Download .*html/ });
  const answer = await page.request.get(`${await html.getAttribute("href")}?preview=1`);
  assert.match(answer.headers()["content-disposition"], /^attachment/, "a page sent to us is never shown as a page");
  assert.deepEqual(await ran(), []);
});
