import assert from "node:assert/strict";
import { test } from "node:test";
import { desk, found } from "./desk/desk.mjs";
import { file, importFiles, message } from "./desk/mail.mjs";

const at = await desk();

test("the journal is verified from the page, live, and the verdict stays", async () => {
  const page = await at.page();
  await page.goto("/settings/journal");
  await page.getByRole("button", { name: "Verify now" }).click();
  await page.locator(".live").waitFor();
  await page.getByText("Everything matches.").waitFor({ timeout: 60_000 });
  const verdict = await page.locator(".note.good").innerText();
  assert.match(verdict, /[\d,]+ entries and [\d,]+ originals were checked[\s\S]*just now$/);
  await page.getByRole("button", { name: "Verify now" }).waitFor();

  await page.reload();
  await page.getByText("Everything matches.").waitFor();
  await page.getByRole("button", { name: "Verify now" }).waitFor();
  const checkpoint = await page.locator("pre[data-copy]").innerText();
  const [origin, size] = checkpoint.split("\n");
  assert.match(origin, /^kronika/);
  assert.ok(Number(size) > 500);
});

test("our own addresses decide what is inbound and what is outbound", async () => {
  const page = await at.page();
  await page.goto("/settings/addresses");
  await page.getByLabel("Kind").selectOption("domain");
  await page.getByLabel("Address or domain").fill("nasza-druga.example");
  await page.getByRole("button", { name: "Add address" }).click();
  await page.getByText("nasza-druga.example", { exact: true }).waitFor();

  const from = "Nasz Człowiek <my@nasza-druga.example>";
  const letter = message({ from, to: "obcy@obcy.example", subject: "Odszynowanie", text: "Odszynowanie." });
  await importFiles(page, [file("nasz.eml", letter)]);
  await page.goto(await found(page, "odszynowanie"));
  assert.match(await page.locator(".letterhead .what").innerText(), /outbound/);

  await page.goto("/settings/addresses");
  await page.getByRole("button", { name: "Remove nasza-druga.example" }).click();
  await page.waitForURL("**/settings/addresses");
  assert.equal(await page.getByText("nasza-druga.example", { exact: true }).count(), 0);

  await page.getByLabel("Kind").selectOption("email");
  await page.getByLabel("Address or domain").fill("to nie adres");
  await page.getByRole("button", { name: "Add address" }).click();
  assert.match(await page.getByRole("alert").innerText(), /neither an e-mail address nor a domain: to nie adres/);
  assert.equal(await page.getByLabel("Address or domain").inputValue(), "to nie adres");
});

test("a rule sends what matches to its client, counts it, and goes away", async () => {
  const page = await at.page();
  await page.goto("/settings/rules");
  await page.locator("[name=field]").selectOption("subject");
  await page.getByLabel("Contains").fill("[SPRAWA-77]");
  await page.locator(".picker-find").fill("volga");
  await page.locator(".option", { hasText: "Volga-Trans" }).click();
  const rule = page.locator(".addresses li", { hasText: "Subject contains “[SPRAWA-77]”" });
  await rule.waitFor();

  const letter = message({ from: "Sąd <sad@sad-rejonowy.example>", subject: "Wezwanie [SPRAWA-77]", text: "Wezwanie." });
  await importFiles(page, [file("sprawa.eml", letter)]);
  await page.goto("/settings/rules");
  await rule.getByText("1 assigned").waitFor();
  await rule.getByRole("link", { name: /Volga-Trans/ }).click();
  await page.locator("[data-row]", { hasText: "Wezwanie [SPRAWA-77]" }).first().waitFor();

  await page.goto("/settings/rules");
  await rule.getByRole("button", { name: "Remove this rule" }).click();
  await page.waitForURL("**/settings/rules");
  assert.equal(await rule.count(), 0);
});

test("language and theme are one's own, and take effect at once", async () => {
  const page = await at.page({ user: "ewa" });
  await page.goto("/settings/you");
  await page.getByLabel("Slovenčina").check();
  await page.getByLabel("Dark").check();
  await page.getByRole("button", { name: "Save" }).click();
  await page.locator("html[lang=sk][data-theme=dark]").waitFor();
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const dark = await paper();
  await page.goto("/clients");
  assert.equal(await paper(), dark);

  await page.goto("/settings/you");
  await page.getByLabel("English").check();
  await page.locator("input[name=theme]").first().check();
  await page.locator("main button.main").click();
  await page.locator("html[lang=en]").waitFor();
  assert.notEqual(await paper(), dark, "as the device, which is light");
});
