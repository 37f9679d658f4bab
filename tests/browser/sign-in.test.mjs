import assert from "node:assert/strict";
import { test } from "node:test";
import { desk, password } from "./desk/desk.mjs";

const at = await desk();

async function enter(page, user, password) {
  await page.getByLabel("User name").fill(user);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** The cookie that lets in. Another one only tells that the browser was here before. */
const session = async (page) => (await page.context().cookies()).find((cookie) => cookie.name === "kronika");

test("a wrong password is refused with a sentence, and the name stays filled in", async () => {
  const page = await at.page({ user: null });
  await page.goto("/sign-in");
  await enter(page, "reader-en", "not the right one");

  assert.equal(await page.getByRole("alert").innerText(), "The user name or the password is wrong.");
  assert.equal(await page.getByLabel("User name").inputValue(), "reader-en");
  assert.equal(await page.getByLabel("Password").inputValue(), "");
  assert.equal((await page.context().cookies()).length, 0);
});

test("the right password leads to the page that was asked for", async () => {
  const page = await at.page({ user: null });
  await page.goto("/search?q=faktura&order=best");
  assert.match(page.url(), /\/sign-in\?next=/);
  await enter(page, "reader-en", password);

  await page.waitForURL("**/search?q=faktura&order=best");
  const cookie = await session(page);
  assert.deepEqual([cookie.httpOnly, cookie.sameSite], [true, "Lax"], "no script can read the session");
});

test("signing in never leads to another site", async () => {
  for (const next of ["https://outside.example/", "//outside.example", "/\\outside.example"]) {
    const page = await at.page({ user: null });
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
    await enter(page, "reader-en", password);

    await page.waitForURL("**/clients");
  }
});

test("signing out ends the session everywhere on that browser", async () => {
  const page = await at.page({ user: "reader-sk" });
  await page.goto("/clients");
  const cookie = await session(page);
  await page.getByRole("button", { name: "Odhlásiť" }).click();
  await page.waitForURL("**/sign-in");

  await page.context().addCookies([cookie]);
  await page.goto("/clients");
  assert.match(page.url(), /\/sign-in/, "a copy of the cookie opens nothing any more");
});

test("on a phone one signs out on one's own page", async () => {
  const page = await at.page({ user: "reader-ru", viewport: { width: 390, height: 844 } });
  await page.goto("/clients");
  await page.getByRole("link", { name: "reader-ru" }).click();
  await page.locator("main").getByRole("button", { name: "Выйти" }).click();
  await page.waitForURL("**/sign-in");
  assert.equal(await session(page), undefined);
});

test("after five wrong passwords the next try waits, even with the right name", async () => {
  const page = await at.page({ user: null });
  await page.goto("/sign-in");
  for (let attempt = 0; attempt < 6; attempt += 1) await enter(page, "nobody-here", `guess ${attempt}`);

  assert.equal(await page.getByRole("alert").innerText(), "Too many attempts. Wait a minute and try again.");
  at.expectComplaint(/429/);
});

test("the sign-in page speaks the browser's language", async () => {
  const titles = { "pl-PL": /[A-ZŁŚ]/, "sk-SK": /[A-Z]/, "ru-RU": /[А-Я]/ };
  const shown = new Set();
  for (const [locale, letters] of Object.entries(titles)) {
    const page = await at.page({ user: null, locale });
    await page.goto("/sign-in");
    const button = await page.getByRole("button").innerText();
    assert.match(button, letters);
    shown.add(button);
  }
  assert.equal(shown.size, 3);
});
