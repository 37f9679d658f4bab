import assert from "node:assert/strict";
import { test } from "node:test";
import { desk } from "./desk/desk.mjs";

const at = await desk();
const box = (page) => page.getByLabel("Search everything");
const count = async (page) => Number((await page.locator(".found").innerText()).match(/^[\d,]+|Nothing/)[0].replace(/,|Nothing/g, "") || 0);

/** How many a query finds, and what is lit up in the first results. */
async function ask(page, query, order = "newest") {
  await page.goto(`/search?q=${encodeURIComponent(query)}&order=${order}`);
  return { found: await count(page), lit: await page.locator(".hit mark").allTextContents() };
}

test("results come while the words are typed, and the address keeps them", async () => {
  const page = await at.page();
  await page.goto("/search");
  await page.getByRole("heading", { name: "One line finds everything" }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.name), "q", "one may type at once");
  await page.keyboard.type("leasin");
  await page.locator(".hit mark").first().waitFor();
  assert.match(page.url(), /q=leasin/);
  assert.match((await page.locator(".hit mark").first().innerText()).toLowerCase(), /^leasin/);

  await page.keyboard.type("gxyzzy");
  await page.getByRole("heading", { name: "Nothing matches" }).waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "Nothing matches" }).waitFor();
});

test("every page leads to search with one key", async () => {
  const page = await at.page();
  await page.goto("/clients");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("faktura");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/search\?q=faktura/);
  assert.ok((await count(page)) > 10);
});

for (const [language, forms] of Object.entries({
  Polish: ["umowa", "umowę", "umowami"],
  Slovak: ["zmluva", "zmluvy", "zmluvou"],
  Russian: ["договор", "договора", "договорами"],
  English: ["invoice", "invoices", "INVOICE"],
})) {
  test(`${language} words are found in any form`, async () => {
    const page = await at.page();
    const answers = [];
    for (const form of forms) answers.push(await ask(page, `${form} `));
    assert.ok(answers[0].found > 5);
    for (const answer of answers) assert.equal(answer.found, answers[0].found);
    const lit = new Set(answers[0].lit.map((word) => word.toLowerCase()));
    assert.ok(lit.size > 1, "other forms are lit up too");
  });
}

test("letters without their marks find words with them", async () => {
  const page = await at.page();
  assert.ok((await ask(page, "lodz ")).found > 0);
  assert.equal((await ask(page, "wypowiedzenie ")).found, (await ask(page, "WYPOWIEDZENIE ")).found);
});

test("a phrase finds only these words in this order", async () => {
  const page = await at.page();
  const loose = await ask(page, "okres wypowiedzenia");
  const phrase = await ask(page, '"okres wypowiedzenia"');
  const turned = await ask(page, '"wypowiedzenia okres"');
  assert.ok(phrase.found > 0 && phrase.found <= loose.found);
  assert.ok(turned.found < phrase.found);
});

test("what an attachment says is found, and the hit names the file", async () => {
  const page = await at.page();
  const files = new Set();
  for (const query of ["wypis", "umowa", "rachunek", "kaucja", "dodatok", "faktura", "приложение", "aneks"]) {
    await page.goto(`/search?q=${encodeURIComponent(`${query} has:attachment`)}`);
    for (const name of await page.locator(".found-in").allInnerTexts()) files.add(name.replace(/^.*in /s, ""));
  }
  const kinds = new Set([...files].map((name) => name.split(".").pop().toLowerCase()));
  assert.ok(kinds.has("pdf"), `inside a PDF: ${[...files]}`);
  assert.ok(kinds.has("docx"), `inside a Word document: ${[...files]}`);
});

test("filters narrow: people, client, dates, direction, attachments", async () => {
  const page = await at.page();
  const all = (await ask(page, "faktura")).found;
  for (const filter of ["from:lucia", "client:hlinka", "after:2026-06-01", "direction:inbound", "has:attachment"]) {
    const { found } = await ask(page, `faktura ${filter}`);
    assert.ok(found > 0 && found < all, `${filter} leaves ${found} of ${all}`);
  }
  const early = await ask(page, "faktura before:2026-06-01");
  const late = await ask(page, "faktura after:2026-06-01");
  assert.equal(early.found + late.found, all, "each is either before or after");
});

test("the fields below write into the one line, and chips too", async () => {
  const page = await at.page();
  await page.goto("/search?q=faktura");
  const all = await count(page);
  await page.getByText("More filters").click();
  await page.getByLabel("Client", { exact: true }).fill("hlinka");
  await page.waitForURL(/client%3Ahlinka/);
  assert.equal(await box(page).inputValue(), "faktura client:hlinka");
  await page.waitForFunction((all) => Number.parseInt(document.querySelector(".found").textContent) < all, all);

  await page.getByRole("link", { name: "With attachment" }).click();
  await page.waitForURL(/has%3Aattachment/);
  assert.match(await box(page).inputValue(), /faktura client:hlinka has:attachment/);
  assert.equal(await page.getByLabel("Client", { exact: true }).inputValue(), "hlinka");
});

test("the newest come first, or the best", async () => {
  const page = await at.page();
  await page.goto("/search?q=umowa");
  const newest = await page.locator(".hit").evaluateAll((hits) => hits.map((hit) => hit.id));
  assert.deepEqual(newest, [...newest].sort().reverse(), "ids grow with time");
  await page.getByRole("link", { name: "Best match first" }).click();
  await page.waitForURL(/order=best/);
  const best = await page.locator(".hit").evaluateAll((hits) => hits.map((hit) => hit.id));
  assert.notDeepEqual(best, newest);
});

test("more results load as they are scrolled to", async () => {
  const page = await at.page();
  await page.goto("/search?q=faktura");
  const total = await count(page);
  let shown = await page.locator(".hit").count();
  while (shown < total) {
    await page.locator(".hit").last().scrollIntoViewIfNeeded();
    await page.mouse.wheel(0, 2000);
    await page.waitForFunction((shown) => document.querySelectorAll(".hit").length > shown, shown);
    shown = await page.locator(".hit").count();
  }
  const ids = await page.locator(".hit").evaluateAll((hits) => hits.map((hit) => hit.id));
  assert.equal(new Set(ids).size, total, "each once");
});
