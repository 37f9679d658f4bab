// Signing in with an account elsewhere, at a real provider, as a person does it.
import assert from "node:assert/strict";
import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { Own } from "./desk/own.mjs";
import { provider, secret } from "./desk/provider.mjs";

const { issuer, close } = await provider();
const own = new Own();
appendFileSync(join(own.data, "kronika.toml"), `
[[openid]]
id = "sso"
name = "Stolarnia Dąb"
issuer = "${issuer ?? "https://nowhere.example"}"
client = "here"
allow_private = true
`);
writeFileSync(join(own.folder, "secret"), `${secret}\n`);
own.run("openid", "secret", "sso", "--file", join(own.folder, "secret"));
await own.serve();
// The desk reads where the server is when it is loaded.
const { desk, named, password } = await import("./desk/desk.mjs");
const { findings } = await import("./desk/axe.mjs");
const at = await desk();
at.also.push(issuer);
after(async () => {
  await own.close();
  close();
});
const skip = issuer ? false : "there is no provider to sign in at";

/** Signs in at the provider, whose page this is. */
async function isThere(page, name) {
  await page.waitForURL(`${issuer}/interaction/**`);
  await page.getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Sign in" }).click();
}

async function enter(page) {
  await page.goto("/sign-in");
  await page.getByLabel("User name").fill("reader-en");
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL("**/clients");
}

test("whoever links an account elsewhere signs in with it, until it is unlinked", { skip }, async () => {
  const page = await at.page({ user: null, baseURL: named });
  await page.goto("/sign-in");
  assert.deepEqual(await findings(page), []);
  await page.getByRole("link", { name: "Sign in with Stolarnia Dąb" }).click();
  await isThere(page, "anna.k");
  assert.match(await page.getByRole("alert").innerText(), /Nobody signs in here as this person/);
  assert.deepEqual(await findings(page), []);

  await enter(page);
  await page.goto("/settings/you");
  await page.locator("summary", { hasText: "Link" }).click();
  await page.locator("li details[open]").getByLabel("Current password").fill(password);
  await page.locator("li details[open]").getByRole("button", { name: "Link" }).click();
  // Who one is there is known by now: the provider does not ask again.
  await page.getByText("Linked. Next time you can sign in there.").waitFor();
  await page.getByText("linked as anna.k@office.example").waitFor();
  assert.deepEqual(await findings(page), []);

  await page.locator("main").getByRole("button", { name: "Sign out", exact: true }).click();
  await page.waitForURL("**/sign-in");
  await page.goto("/search?q=faktura");
  await page.getByRole("link", { name: "Sign in with Stolarnia Dąb" }).click();
  await page.waitForURL("**/search?q=faktura");
  const cookies = await page.context().cookies(named);
  assert.equal(cookies.find(({ name }) => name === "kronika-openid"), undefined, "what tied it to the browser is gone");

  await page.goto("/settings/you");
  await page.locator("summary", { hasText: "Unlink" }).click();
  await page.locator("li details[open]").getByLabel("Current password").fill(password);
  await page.locator("li details[open]").getByRole("button", { name: "Unlink" }).click();
  await page.getByText("Unlinked. It does not let you in any more.").waitFor();
});

test("an invitation is accepted through the provider, and the account does without a password", { skip }, async () => {
  const link = own.run("user", "invite", "marek", "--role", "member", "--language", "pl", "--public-url", named).match(/http\S+/)[0];
  const page = await at.page({ user: null, baseURL: named, locale: "pl-PL" });
  await page.goto(link);
  assert.deepEqual(await findings(page), []);
  await page.getByRole("link", { name: "Wejdź przez Stolarnia Dąb, bez hasła" }).click();
  await isThere(page, "marek.w");
  await page.waitForURL("**/clients");

  await page.goto("/settings/you");
  await page.getByText("Nie masz tu hasła: wpuszcza Cię dostawca.").waitFor();
  await page.locator("summary", { hasText: "Rozłącz" }).click();
  await page.locator("li details[open]").getByRole("button", { name: "Rozłącz" }).click();
  assert.match(await page.getByRole("alert").innerText(), /Nic innego Cię nie wpuści/);
  await page.locator("summary", { hasText: "Ustaw hasło" }).click();
  await page.getByLabel("Nowe hasło", { exact: true }).fill(password);
  await page.getByLabel("Nowe hasło jeszcze raz").fill(password);
  assert.deepEqual(await findings(page), []);
  await page.getByRole("button", { name: "Ustaw hasło" }).click();
  await page.waitForURL("**/settings/you?done=password");
});

test("whoever cancels there is told so in their language", { skip }, async () => {
  for (const [locale, button, sentence] of [
    ["sk-SK", "Prihlásiť sa cez Stolarnia Dąb", /Prihlásenie bolo u poskytovateľa zrušené/],
    ["ru-RU", "Войти через Stolarnia Dąb", /Вход отменён на стороне провайдера/],
  ]) {
    const page = await at.page({ user: null, baseURL: named, locale });
    await page.goto("/sign-in");
    await page.getByRole("link", { name: button }).click();
    await page.getByRole("link", { name: "Cancel" }).click();
    assert.match(await page.getByRole("alert").innerText(), sentence);
    assert.deepEqual(await findings(page), []);
  }
});

test("from another name of this machine the way begins at the archive’s own address", { skip }, async () => {
  const page = await at.page({ user: null });
  await page.goto("/sign-in");
  const link = page.getByRole("link", { name: "Sign in with Stolarnia Dąb" });
  assert.equal(await link.getAttribute("href"), `${named}/sign-in/openid/sso`);
});
