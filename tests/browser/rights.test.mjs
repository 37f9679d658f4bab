// Who sees what, as an owner decides it. That others then see nothing is proven without a browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { clientPath, desk, found } from "./desk/desk.mjs";

const at = await desk();

test("a team is made, gets members and a client, and goes away", async () => {
  const page = await at.page();
  await page.goto("/settings/teams");
  await page.getByLabel("New team").fill("Night shift");
  await page.getByRole("button", { name: "Add team" }).click();
  const team = page.locator(".entry", { hasText: "Night shift" });
  await team.getByText("nobody yet").waitFor();
  await team.locator("summary").click();
  await team.getByLabel("reader-en").check();
  await team.getByRole("button", { name: "Save" }).click();
  await page.locator(".entry summary", { hasText: "reader-en" }).waitFor();

  await page.getByLabel("New team").fill("night  SHIFT");
  await page.getByRole("button", { name: "Add team" }).click();
  assert.match(await page.getByRole("alert").innerText(), /a name that no other team has: night\s+SHIFT/);

  const client = await clientPath(page, "Pekáreň Hlinka");
  await page.goto(`${client}/edit`);
  await page.getByLabel("Teams: only the chosen teams and people").check();
  await page.getByLabel("Night shift").check();
  await page.getByRole("button", { name: "Set who sees it" }).click();
  await page.waitForURL(`**${client}`);
  await page.goto(`${client}/edit`);
  assert.ok(await page.getByLabel("Night shift").isChecked());
  await page.getByLabel("Open: all managers and members").check();
  await page.getByLabel("Night shift").uncheck();
  await page.getByRole("button", { name: "Set who sees it" }).click();

  await page.goto("/settings/teams");
  await team.locator("summary").click();
  await team.getByRole("button", { name: "Remove this team" }).click();
  await page.waitForURL("**/settings/teams");
  assert.equal(await team.count(), 0);
});

test("a letter is restricted to people who are named only where names count, and opened again", async () => {
  const page = await at.page();
  await page.goto(await found(page, "client:hlinka faktúra has:attachment"));
  const panel = page.locator("#sight");
  await panel.getByText("Whoever sees one of its clients.").waitFor();
  await panel.getByText("Change").click();
  assert.ok(!(await panel.getByLabel("reader-pl").isVisible()));
  await panel.getByLabel("Restricted").check();
  await panel.getByLabel("reader-pl").check();
  await panel.getByRole("button", { name: "Save" }).click();
  await panel.getByText("The people named, and owners.").waitFor();
  await panel.locator(".sight", { hasText: "reader-pl" }).waitFor();

  await panel.getByText("Change").click();
  await panel.getByLabel("Team").check();
  await panel.getByRole("button", { name: "Save" }).click();
  await panel.getByText("Whoever sees one of its clients.").waitFor();
});

test("the table of rights says what the reader is", async () => {
  const page = await at.page();
  await page.goto("/settings/rights");
  assert.match(await page.locator("thead .mine").innerText(), /Owner\s*you/);
  const row = page.getByRole("row", { name: "Set up teams, own mailboxes and outside access" });
  assert.deepEqual((await row.getByRole("cell").allInnerTexts()).map((cell) => cell.replace(/[^a-z]/g, "")), ["yes", "no", "no", "no", "no", "no"]);
});
