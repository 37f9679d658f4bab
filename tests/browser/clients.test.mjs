import assert from "node:assert/strict";
import { test } from "node:test";
import { desk } from "./desk/desk.mjs";

const at = await desk();
const names = (page) => page.locator("#client-rows [data-open]").allTextContents();

test("the list narrows while a name or an address is typed, and its address follows", async () => {
  const page = await at.page();
  await page.goto("/clients");
  const all = (await names(page)).length;
  await page.getByLabel("Filter by name or address").pressSequentially("hlin");
  await page.waitForFunction(() => document.querySelectorAll("#client-rows [data-open]").length === 1);

  assert.deepEqual(await names(page), ["Pekáreň Hlinka s.r.o."]);
  assert.match(page.url(), /\/clients\?q=hlin&sort=-last$/);
  await page.reload();
  assert.deepEqual(await names(page), ["Pekáreň Hlinka s.r.o."]);

  await page.getByLabel("Filter by name or address").fill("podlipa.example");
  await page.getByRole("link", { name: "Kawiarnia Pod Lipą" }).waitFor();
  assert.ok(all >= 12);
});

test("a filter that matches nothing offers to create that client", async () => {
  const page = await at.page();
  await page.goto("/clients");
  await page.getByLabel("Filter by name or address").fill("Żółta Łódź & Syn");
  await page.locator("#client-rows").getByRole("link", { name: "New client" }).click();

  assert.equal(await page.getByLabel("Name").inputValue(), "Żółta Łódź & Syn");
});

test("columns sort, and say so", async () => {
  const page = await at.page();
  await page.goto("/clients");
  await page.getByRole("columnheader", { name: "Interactions" }).getByRole("link").click();
  const counts = (await page.locator("#client-rows td.number").allTextContents()).map(Number);
  assert.deepEqual(counts, [...counts].sort((one, other) => other - one));
  assert.equal(await page.locator("th[aria-sort=descending]").innerText(), "Interactions");

  await page.getByRole("columnheader", { name: "Name" }).getByRole("link").click();
  const shown = await names(page);
  assert.deepEqual(shown, [...shown].sort((one, other) => one.localeCompare(other, "pl")));
});

test("each client shows how and when the last contact was", async () => {
  const page = await at.page();
  await page.goto("/clients");
  const row = page.locator("#client-rows tr", { hasText: "Volga-Trans" });

  assert.match(await row.locator(".last").innerText(), /E-mail, (in|out)bound\s+\S+/);
  await row.getByRole("link").click();
  await page.getByRole("heading", { level: 1, name: "Volga-Trans" }).waitFor();
});

test("a client is created, refused with a reason, corrected and changed", async () => {
  const page = await at.page();
  await page.goto("/clients/new");
  await page.getByLabel("Name").fill("Nowa Firma Testowa");
  await page.getByLabel("E-mail").fill("ewa@lipowa7.example");
  await page.getByRole("button", { name: "Create client" }).click();
  assert.match(await page.getByRole("alert").innerText(), /one of our own: ewa@lipowa7.example/);

  await page.locator("[name=address]").first().fill("biuro@nowa-firma.example");
  await page.getByRole("button", { name: "Create client" }).click();
  await page.getByRole("heading", { level: 1, name: "Nowa Firma Testowa" }).waitFor();
  await page.getByRole("heading", { name: "Nothing recorded yet" }).waitFor();

  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByLabel("Name").fill("Nowa Firma Poprawiona");
  await page.getByLabel("City").fill("Sopot");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("heading", { level: 1, name: "Nowa Firma Poprawiona" }).waitFor();
  assert.match(await page.locator(".facts").innerText(), /Sopot/);
});

test("addresses of a client come and go on its page", async () => {
  const page = await at.page();
  await page.goto("/clients/new");
  await page.getByLabel("Name").fill("Adresowa Spółka");
  await page.getByRole("button", { name: "Create client" }).click();
  await page.locator(".who summary").click();
  await page.getByLabel("Kind").selectOption("domain");
  await page.getByLabel("Address or domain").fill("adresowa.example");
  await page.locator(".who").getByRole("button", { name: "Add address" }).click();
  await page.getByText("adresowa.example", { exact: true }).waitFor();

  await page.getByRole("button", { name: "Remove adresowa.example" }).click();
  await page.getByText("No address yet.").waitFor();
});
