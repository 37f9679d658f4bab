import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { findings } from "./desk/axe.mjs";
import { clientPath, desk } from "./desk/desk.mjs";

const at = await desk();

/** What a click on a download gives. */
async function downloaded(page, link) {
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

for (const [user, words] of [
  ["reader-en", { new: "Make evidence", hold: "Hold back", why: "without a reason", reason: "Why something is held back", purpose: "What it is for", make: "Make evidence package", ready: "made and recorded", download: "Download package", held: "1 held back", list: "Evidence" }],
  ["reader-pl", { new: "Przygotuj dowód", hold: "Nie ujawniaj", why: "nie ma powodu", reason: "Dlaczego czegoś nie ujawniasz", purpose: "Do czego służy", make: "Przygotuj pakiet dowodowy", ready: "gotowy i zapisany", download: "Pobierz pakiet", held: "1 nieujawniony", list: "Dowody" }],
]) {
  test(`${user} looks a client's history through, holds one letter back, and takes the package`, async () => {
    const page = await at.page({ user });
    await page.goto(await clientPath(page, "Pekáreň Hlinka"));
    await page.getByRole("link", { name: words.new }).click();
    await page.waitForURL(/\/evidence\/new/);
    const lines = page.locator(".chosen > li");
    const count = await lines.count();
    assert.ok(count > 5, `${count} interactions`);
    assert.deepEqual(await findings(page), []);

    await lines.first().getByLabel(words.hold).first().check();
    await page.getByLabel(words.purpose).fill(`Case ${user}`);
    await page.getByRole("button", { name: words.make }).click();
    await page.getByRole("alert").getByText(words.why).waitFor();
    assert.ok(await lines.first().getByLabel(words.hold).first().isChecked(), "what was ticked stays so");
    assert.equal(await page.getByLabel(words.purpose).inputValue(), `Case ${user}`);
    await page.getByLabel(words.reason).fill("another matter");
    await page.getByRole("button", { name: words.make }).click();

    await page.getByText(words.ready).waitFor({ timeout: 60_000 });
    await page.getByText(words.held).waitFor();
    assert.deepEqual(await findings(page), []);
    const { name, bytes } = await downloaded(page, page.getByRole("link", { name: words.download }));
    assert.match(name, /^kronika-[0-9a-z]{13}\.zip$/);
    assert.equal(bytes.subarray(0, 2).toString(), "PK");
    assert.equal(bytes.toString("latin1").match(/data\/originals\/\d{6}\.eml/g).length > 0, true);

    await page.getByRole("link", { name: words.list, exact: true }).first().click();
    await page.getByRole("link", { name: `Case ${user}` }).waitFor();
    assert.deepEqual(await findings(page), []);
  });
}

test("rows are ticked on a timeline with the keyboard, and only they go in", async () => {
  const page = await at.page();
  await page.goto(await clientPath(page, "Pekáreň Hlinka"));
  const bar = page.locator("form.picked");
  assert.equal(await bar.isVisible(), false);
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  assert.ok(await bar.isVisible());
  assert.deepEqual(await findings(page), []);
  await bar.getByRole("button").click();
  await page.waitForURL(/row=.*row=/);
  assert.equal(await page.locator(".chosen > li").count(), 2);
});

test("what a search finds can be made evidence of", async () => {
  const page = await at.page();
  await page.goto("/search?q=client%3Ahlinka");
  await page.getByRole("link", { name: "Make evidence of what was found" }).click();
  await page.waitForURL(/\/evidence\/new\?q=/);
  assert.ok((await page.locator(".chosen > li").count()) > 0);
});

test("an owner of nothing chosen is told what to choose, at 390 px too", async () => {
  const page = await at.page({ viewport: { width: 390, height: 844 } });
  await page.goto("/evidence/new");
  await page.getByRole("alert").getByText("Say what goes in").waitFor();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  assert.equal(wide, false, "nothing scrolls sideways");
});
