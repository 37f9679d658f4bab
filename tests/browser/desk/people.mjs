// Somebody new, and what an owner lets them see.
import { execFileSync } from "node:child_process";
import assert from "node:assert/strict";
import { findings } from "./axe.mjs";
import { named, password } from "./desk.mjs";

/** The owner invites somebody, who makes their account: their page, as it is right after that. */
export async function invited(at, owner, { name, role, language, locale }) {
  await owner.goto("/settings/people");
  const form = owner.locator("form.stack");
  await form.locator("[name=name]").fill(name);
  await form.locator("[name=role]").selectOption(role);
  await form.locator("[name=language]").selectOption(language);
  await form.locator("button").click();
  const link = (await owner.locator(".note.good pre").innerText()).trim();
  const page = await at.page({ user: null, baseURL: named, locale });
  await page.goto(link);
  assert.deepEqual(await findings(page), []);
  await page.locator("[name=password]").fill(password);
  await page.locator("[name=again]").fill(password);
  await page.locator("form button.main").click();
  return page;
}

/** The owner gives what a page of ours shows, or everything, until the end of a day. */
export async function give(owner, { name, path, until }) {
  await owner.goto(`/settings/grants?link=${encodeURIComponent(path ?? "")}`);
  const form = owner.locator("form.stack");
  await form.locator("[name=account]").selectOption({ label: name });
  if (!path) await form.locator("[name=covers][value=everything]").check();
  await form.locator("[name=until]").fill(until);
  await form.locator("button").click();
  await owner.locator("li", { hasText: name }).first().waitFor();
}

/** A day from today, as a date field takes it. */
export const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** A token of an account of the common archive, made at the console. */
export function token(account, ...scopes) {
  const chosen = scopes.flatMap((scope) => ["--scope", scope]);
  const said = execFileSync(process.env.KRONIKA_BIN, ["token", "make", "journey", "--account", account, ...chosen, "--days", "1"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  return said.match(/kr_\S+/)[0];
}

/** Looks again until the page says it: what is looked at is in the journal some seconds later. */
export async function says(page, path, texts) {
  for (let tries = 0; tries < 40; tries += 1) {
    await page.goto(path);
    const shown = await page.locator("main").innerText();
    if (texts.every((text) => shown.includes(text))) return;
    await page.waitForTimeout(500);
  }
  assert.fail(`${path} never said ${texts.join(", ")}: ${await page.locator("main").innerText()}`);
}
