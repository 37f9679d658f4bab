import assert from "node:assert/strict";
import { test } from "node:test";
import { clientPath, desk } from "./desk/desk.mjs";
import { file, importFiles, mbox, message } from "./desk/mail.mjs";

const at = await desk();
const MANY = 150;
const big = await importMany();

/** A client with a long history; gives its address. */
async function importMany() {
  const page = await at.page();
  await page.goto("/clients/new");
  await page.getByLabel("Name").fill("Wielka Korespondencja");
  await page.locator("[name=domain]").first().fill("wielka.example");
  await page.getByRole("button", { name: "Create client" }).click();
  await page.waitForURL(/\/clients\/(?!new)/);
  const path = new URL(page.url()).pathname;

  const day = 86_400_000;
  const messages = Array.from({ length: MANY }, (_, n) =>
    message({
      from: "Wanda Wielka <wanda@wielka.example>",
      subject: `Sprawa numer ${n}`,
      text: `Treść sprawy numer ${n}${n % 50 === 0 ? ", w tym jesiotr" : ""}.`,
      date: new Date(Date.UTC(2026, 9, 30) - Math.floor(n / 3) * day - (n % 3) * 3_600_000),
    }),
  );
  const counted = await importFiles(page, [file("wielka.mbox", mbox(messages))]);
  assert.equal(counted.recorded, MANY);
  await page.context().close();
  return path;
}

test("day headings stay in sight while their messages scroll by", async () => {
  const page = await at.page();
  await page.goto(await clientPath(page, "Pekáreň Hlinka"));
  const heading = page.locator("h2.day").first();
  const top = () => heading.evaluate((day) => day.getBoundingClientRect().top);
  const line = page.locator("[data-row]").first();
  const before = await top();
  await page.mouse.wheel(0, before + 20);
  await page.waitForFunction(() => scrollY > 100);

  assert.equal(await heading.evaluate((day) => getComputedStyle(day).position), "sticky");
  assert.ok((await top()) >= 0, "the heading is still on screen");
  assert.ok((await line.boundingBox()).y < before, "its line has moved up");
});

test("a thread shows its last message, and unfolds the earlier ones in place", async () => {
  const page = await at.page();
  await page.goto(await clientPath(page, "Instal-Term"));
  const row = page.locator("[data-row]", { hasText: "Faktura w KSeF na zły NIP" });
  assert.equal(await row.count(), 1, "one line for the whole thread");
  const more = row.getByRole("button", { name: /earlier/ });
  const hidden = Number((await more.innerText()).match(/\d+/)[0]);
  await more.click();
  await row.locator(".row-earlier [data-row]").first().waitFor();

  assert.equal(await row.locator(".row-earlier [data-row]").count(), hidden);
  assert.equal(await more.getAttribute("aria-expanded"), "true");
  await more.click();
  assert.equal(await row.locator(".row-earlier [data-row]").count(), 0);
});

test("filter chips narrow the timeline, stand in the address, and survive a search", async () => {
  const page = await at.page();
  await page.goto(await clientPath(page, "Stavby Kováč"));
  const chip = page.getByRole("link", { name: /^inbound/i });
  const promised = Number(await chip.locator(".n").innerText());
  await chip.click();
  assert.match(page.url(), /direction=inbound/);
  assert.equal(await page.locator("[data-row]").count(), promised);
  assert.equal(await page.locator("[data-row] .way:not(.inbound)").count(), 0);

  await page.getByLabel("Search in this client").fill("faktúra");
  await page.keyboard.press("Enter");
  await page.waitForURL(/direction=inbound.*q=|q=.*direction=inbound/);
  const some = await page.locator("[data-row]").count();
  assert.ok(some > 0 && some < promised, "the search narrows further");

  await page.getByLabel("Search in this client").fill("niczegotakiego");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Nothing matches these filters" }).waitFor();
  await page.getByRole("link", { name: "Show everything" }).click();
  assert.equal(new URL(page.url()).search, "");
});

test("a search within a client finds only what is this client's", async () => {
  const page = await at.page();
  await page.goto(`${big}?q=jesiotr`);
  assert.deepEqual(
    (await page.locator("[data-row] .headline").allTextContents()).sort(),
    ["Sprawa numer 0", "Sprawa numer 100", "Sprawa numer 50"],
  );
});

test("a long timeline loads as it is scrolled, and is found again at the same line", async () => {
  const page = await at.page();
  await page.goto(big);
  const shown = () => page.locator("[data-row]").count();
  const first = await shown();
  assert.ok(first < MANY);
  while ((await shown()) < MANY) {
    const before = await shown();
    await page.locator(".more").last().scrollIntoViewIfNeeded();
    await page.waitForFunction((count) => document.querySelectorAll("[data-row]").length > count, before);
  }
  const subjects = await page.locator("[data-row] .headline").allTextContents();
  assert.deepEqual(subjects, Array.from({ length: MANY }, (_, n) => `Sprawa numer ${n}`), "each once, newest first");
  const days = await page.locator("h2.day").allTextContents();
  assert.equal(new Set(days).size, days.length, "no day is headed twice");

  const line = page.locator("[data-row]", { hasText: "Sprawa numer 120" });
  await line.scrollIntoViewIfNeeded();
  const y = (await line.boundingBox()).y;
  await line.locator("[data-open]").click();
  await page.getByRole("heading", { level: 1, name: "Sprawa numer 120" }).waitFor();
  await page.goBack();
  await line.waitFor();
  await page.waitForFunction((y) => {
    const row = [...document.querySelectorAll("[data-row]")].find((row) => row.textContent.includes("numer 120"));
    return Math.abs(row.getBoundingClientRect().top - y) < 40;
  }, y);
});

test("the keyboard walks, opens in place, unfolds and enters", async () => {
  const page = await at.page();
  await page.goto(await clientPath(page, "Instal-Term"));
  const focused = () => page.evaluate(() => document.activeElement.closest("[data-row]")?.id);
  const ids = await page.locator("[data-rows] > [data-row]").evaluateAll((rows) => rows.map((row) => row.id));
  await page.keyboard.press("j");
  assert.equal(await focused(), ids[0]);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  assert.equal(await focused(), ids[1]);

  const row = page.locator(`#${ids[1]}`);
  await page.keyboard.press("o");
  await row.locator(".opened").waitFor();
  await page.keyboard.press("o");
  await row.locator(".opened").waitFor({ state: "detached" });
  await page.keyboard.press("e");
  await row.locator(".row-earlier [data-row]").first().waitFor();

  const headline = await row.locator(".headline").first().innerText();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: headline }).waitFor();
});

test("keys lead to places, and the list of keys tells them", async () => {
  const page = await at.page();
  await page.goto("/clients");
  await page.keyboard.press("g");
  await page.keyboard.press("i");
  await page.waitForURL("**/inbox");
  await page.keyboard.press("g");
  await page.keyboard.press("c");
  await page.waitForURL("**/clients");
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "find");
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keyboard" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog", { name: "Keyboard" }).waitFor({ state: "hidden" });
});

test("on a phone the timeline and the card take turns", async () => {
  const page = await at.page({ viewport: { width: 390, height: 844 } });
  await page.goto(big);
  assert.ok(await page.locator("#timeline").isVisible());
  assert.ok(!(await page.locator(".who").isVisible()));
  await page.getByText("Who", { exact: true }).click();
  assert.ok(await page.locator(".who").isVisible());
  assert.ok(!(await page.locator("#timeline").isVisible()));
});
