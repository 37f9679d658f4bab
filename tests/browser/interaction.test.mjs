import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { address, desk, found } from "./desk/desk.mjs";
import { file, importFiles, message } from "./desk/mail.mjs";

const at = await desk();
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
const picture = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAFUlEQVR4nGM4UaCAFTEMLYkTOCQA4ttRgQ3OsUcAAAAASUVORK5CYII=",
  "base64",
);
const table = Buffer.from(Array.from({ length: 5_000 }, (_, n) => n % 256));
const original = message({
  from: "Iga Listowska <iga@listowska.example>",
  to: "Ewa Marczak <ewa@lipowa7.example>, Marek <marek@lipowa7.example>",
  subject: "Kosztorys łazienki i rzęsorki",
  text: [
    "Dzień dobry,", "", "rzęsorki policzyłam osobno, 1 250 zł.", "",
    "W dniu 1.10.2026 Ewa Marczak pisze:", "> Kiedy przyśle Pani kosztorys?", "> Ewa", "",
    "-- ", "Iga Listowska", "tel. 600 000 000",
  ].join("\r\n"),
  html: `<p>Dzień dobry,</p><p><b>rzęsorki</b> policzyłam osobno.</p><img src="cid:plan@listowska" alt="plan">
    <img src="https://tracker.example/open.gif" alt=""><a href="https://listowska.example/oferta">oferta</a>`,
  parts: [
    { type: "image/png", name: "plan.png", body: picture, id: "plan@listowska" },
    { type: "application/octet-stream", name: "tabela.bin", body: table },
    { type: "text/plain", name: "spis.txt", body: "wanna\numywalka\n" },
  ],
});
const path = await imported();

async function imported() {
  const page = await at.page();
  const counted = await importFiles(page, [file("kosztorys.eml", original)]);
  assert.equal(counted.recorded, 1);
  const path = await found(page, "rzęsorki");
  await page.context().close();
  return path;
}

/** What a click on a download gives: its name and its bytes. */
async function downloaded(page, link) {
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

test("what was said is read at once; quotations and the signature are folded", async () => {
  const page = await at.page();
  await page.goto(path);
  await page.getByRole("heading", { level: 1, name: "Kosztorys łazienki i rzęsorki" }).waitFor();
  assert.match(await page.locator(".letter > .text").innerText(), /^Dzień dobry,\s+rzęsorki policzyłam osobno, 1 250 zł\.$/);
  const quote = page.locator("details.quoted", { hasText: "Earlier messages" });
  assert.ok(!(await quote.getByText("Kiedy przyśle Pani kosztorys?").isVisible()));
  await quote.locator("summary").click();
  assert.ok(await quote.getByText("Kiedy przyśle Pani kosztorys?").isVisible());
  assert.ok(!(await page.getByText("tel. 600 000 000").isVisible()));
});

test("everyone who took part is named, and who is ours is marked", async () => {
  const page = await at.page();
  await page.goto(path);
  const people = await page.locator(".participants li").allInnerTexts();
  assert.equal(people.length, 3);
  assert.match(people[0], /From[\s\S]*Iga Listowska\s+iga@listowska\.example/);
  assert.match(people[1], /To[\s\S]*Ewa Marczak[\s\S]*us/);
});

test("the formatted message shows in a frame that runs nothing and fetches nothing from outside", async () => {
  const page = await at.page();
  await page.goto(path);
  await page.getByText("Show as its sender formatted it").click();
  const frame = page.frameLocator(".as-sent iframe");
  await frame.getByText("rzęsorki").waitFor();
  assert.match(await page.locator(".as-sent .note").innerText(), /^1 item from elsewhere is blocked/);
  assert.ok(!(await page.locator(".letter").isVisible()), "it shows either as text or as sent");

  const shown = await frame.getByAltText("plan").evaluate((image) => [image.complete, image.naturalWidth]);
  assert.deepEqual(shown, [true, 8], "a picture that came with it is shown");
  const sandbox = await page.locator(".as-sent iframe").getAttribute("sandbox");
  assert.ok(!/allow-scripts|allow-forms|allow-top-navigation/.test(sandbox), sandbox);
  const link = frame.getByRole("link", { name: "oferta" });
  assert.match(await link.getAttribute("rel"), /noopener/);
});

test("attachments come back byte for byte, under their own names", async () => {
  const page = await at.page();
  await page.goto(path);
  const file = await downloaded(page, page.getByRole("link", { name: "Download tabela.bin" }));
  assert.equal(file.name, "tabela.bin");
  assert.equal(sha256(file.bytes), sha256(table));
});

test("pictures show small in their place and whole on a click, texts in a page of their own", async () => {
  const page = await at.page();
  await page.goto(path);
  const thumb = page.getByAltText("Preview of plan.png");
  await thumb.scrollIntoViewIfNeeded();
  await page.waitForFunction(() => document.querySelector(".thumb img").naturalWidth === 8);

  for (const [name, type] of [["plan.png", /^image\/png/], ["spis.txt", /^text\/plain/]]) {
    const href = await page.locator(".attachment", { hasText: name }).locator("a[target=_blank]").getAttribute("href");
    const answer = await page.request.get(href);
    assert.match(answer.headers()["content-type"], type);
    assert.match(answer.headers()["content-security-policy"], /default-src 'none'.*sandbox/);
    assert.equal(answer.headers()["x-content-type-options"], "nosniff");
  }
});

test("the original is downloaded exactly as it came, and its SHA-256 is the one shown", async () => {
  const page = await at.page();
  await page.goto(path);
  const file = await downloaded(page, page.getByRole("link", { name: /Download original/ }));
  assert.equal(file.bytes.toString(), original);

  await sealed(page);
  await page.getByText("What is proven").click();
  await page.getByText("Details for an expert").click();
  const shown = page.locator(".hashes div", { hasText: "SHA-256 of the original" }).locator("code");
  assert.equal((await shown.innerText()).trim(), sha256(file.bytes));
});

/** Waits for the checkpoint that covers what was just recorded. */
async function sealed(page) {
  for (let tries = 0; tries < 40 && (await page.getByText("What is proven").count()) === 0; tries += 1) {
    await page.waitForTimeout(250);
    await page.reload();
  }
}

test("the seal says in sentences what is proven and what is not, and its proof can be taken along", async () => {
  const page = await at.page();
  await page.goto(path);
  await sealed(page);
  const panel = page.locator(".proof");
  await panel.getByText("Sealed in the journal").waitFor();
  await panel.getByRole("img").waitFor();
  assert.equal(await panel.getByRole("alert").count(), 0, "the record matches the journal");
  await panel.getByText("What is proven").click();
  await panel.getByText(/Entry [\d,]+ of the journal’s [\d,]+ holds the fingerprint of this record/).waitFor();
  await panel.getByText("Who really wrote it.").waitFor();

  const file = await downloaded(page, page.getByRole("link", { name: "Download proof" }));
  assert.match(file.name, /\.tlog-proof$/);
  const lines = file.bytes.toString().split("\n");
  assert.equal(lines[0], "c2sp.org/tlog-proof@v1");
  assert.match(file.bytes.toString(), /\n— kronika\S* \S+\n/, "with the signed checkpoint in it");
});

test("the headers are all there, folded", async () => {
  const page = await at.page();
  await page.goto(path);
  await page.getByText("Headers", { exact: false }).first().click();
  const names = await page.locator(".headers dt").allTextContents();
  for (const name of ["From", "To", "Subject", "Date", "Message-ID"]) assert.ok(names.includes(name), name);
});

test("a message that two mailboxes hold is kept once and says where it was seen", async () => {
  const page = await at.page();
  await page.goto(await found(page, "\"na wspólnotę mieszkaniową\""));
  const panel = page.locator(".panel", { hasText: "Seen in" });
  assert.match(await panel.locator("p").innerText(), /^Seen in \d mailboxes; it is kept once\.$/);
  const seen = Number((await panel.locator("p").innerText()).match(/\d/)[0]);
  assert.ok(seen >= 2);
  assert.equal(await panel.locator("li").count(), seen);
});

test("the other messages of its thread stand below and lead on", async () => {
  const page = await at.page();
  await page.goto(await found(page, "\"Pompa ciepła\" client:instal"));
  const others = page.locator("#thread [data-row]");
  assert.ok((await others.count()) >= 2);
  const here = page.url();
  await others.first().getByRole("link").first().click();
  await page.waitForURL((url) => url.href !== here && url.pathname.startsWith("/interactions/"));
});

test("an assignment tells why, is moved with a reason, and its history stays", async () => {
  const page = await at.page();
  await page.goto(await found(page, "from:priya KSeF"));
  const panel = page.locator(".panel", { hasText: "Client" }).first();
  await panel.locator(".assigned").getByText(/Because .* took part\./).waitFor();
  await page.keyboard.press("a");
  await page.locator(".picker-find").fill("harbour");
  await panel.getByRole("button", { name: /Harbour Imports/ }).waitFor();
  await panel.locator("summary", { hasText: "Add a reason" }).click();
  await panel.locator("[name=reason]").fill("writes about both firms");
  await panel.getByRole("button", { name: /Harbour Imports/ }).click();
  await panel.locator(".assigned").getByText("reader-en decided: writes about both firms").waitFor();

  await panel.getByRole("button", { name: "Take away from Harbour Imports sp. z o.o." }).click();
  await panel.getByText("History of assignment").click();
  const history = await panel.locator(".changes li").allInnerTexts();
  assert.match(history[0], /Taken away from Harbour Imports/);
  assert.match(history[1], /Assigned to Harbour Imports[\s\S]*writes about both firms/);
  assert.match(history.at(-1), /Assigned to Brightloop/);
});

test("an address that leads nowhere says so and what to do", async () => {
  const page = await at.page();
  for (const [lost, sentence] of [
    ["/nowhere", "This page does not exist"],
    ["/interactions/1abcdefghjkmn", "There is no such interaction"],
    ["/clients/1abcdefghjkmn", "There is no such client"],
    ["/interactions/..%2f..%2fetc", "This page does not exist"],
    ["/clients/no-such", "This page does not exist"],
    ["/imports/1abcdefghjkmn", "This page does not exist"],
  ]) {
    const answer = await page.goto(lost);
    assert.equal(answer.status(), 404, lost);
    assert.equal(await page.locator("h1").innerText(), sentence);
    await page.getByRole("link", { name: "Clients" }).last().waitFor();
    at.expectComplaint(/404/);
  }
});
