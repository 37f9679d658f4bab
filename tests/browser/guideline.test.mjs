// The firm's rules of communication: written, read, answered, accepted, reminded of, and asked for again.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { Own } from "./desk/own.mjs";

const own = new Own();
writeFileSync(join(own.folder, "words"), process.env.KRONIKA_PASSWORD);
for (const [name, language] of [["anna", "pl"], ["jana", "sk"]]) {
  own.run("user", "add", name, "--role", "member", "--language", language, "--password-file", join(own.folder, "words"));
}
await own.serve();
// The desk reads where the server is when it is loaded.
const { desk } = await import("./desk/desk.mjs");
const { findings } = await import("./desk/axe.mjs");
const at = await desk();
after(() => own.close());

const question = "May a price be agreed in a private messenger?";
const test1 = `${question}\n- Yes\n+ No`;

test("a rule with a test is issued, answered wrongly and rightly, accepted, reminded of, and asked for anew", async () => {
  const owner = await at.page();
  await owner.goto("/guidelines/new");
  await owner.locator("[name=title]").fill("Calls and messengers");
  await owner.locator("[name=text]").fill("Prices are agreed by e-mail.\n\nCalls are noted the same day.");
  await owner.locator("[name=test]").fill(`${question}\n- Yes\n- No`);
  await owner.getByRole("button", { name: "Issue" }).click();
  assert.match(await owner.getByRole("alert").innerText(), /Question 1 needs exactly one right answer/);
  assert.deepEqual(await findings(owner), []);
  await owner.locator("[name=test]").fill(test1);
  await owner.getByRole("button", { name: "Issue" }).click();
  await owner.getByRole("heading", { level: 1, name: "Calls and messengers" }).waitFor();
  const rule = new URL(owner.url()).pathname;
  await owner.getByText("Nobody has accepted it yet.").waitFor();
  assert.deepEqual(await findings(owner), []);

  const anna = await at.page({ user: "anna", locale: "pl-PL" });
  await anna.goto("/clients");
  await anna.getByText("1 zasada komunikacji czeka").waitFor();
  assert.deepEqual(await findings(anna), []);
  await anna.locator(".asked a").click();
  await anna.locator("main li a.button").click();
  await anna.waitForURL(`**${rule}`);
  assert.deepEqual(await findings(anna), []);
  await anna.getByLabel("Yes").check();
  await anna.getByRole("button", { name: "Przeczytałem(-am) i przyjmuję" }).click();
  assert.match(await anna.getByRole("alert").innerText(), /Nie wszystkie odpowiedzi są poprawne/);
  assert.deepEqual(await findings(anna), []);
  await anna.getByLabel("No", { exact: true }).check();
  await anna.getByRole("button", { name: "Przeczytałem(-am) i przyjmuję" }).click();
  await anna.waitForURL("**/guidelines");
  await anna.getByText("Przyjęto").waitFor();
  assert.equal(await anna.locator(".asked").count(), 0);

  await owner.goto(rule);
  await owner.locator("li", { hasText: "anna" }).getByText("Version 1").waitFor();
  await owner.getByRole("button", { name: "Remind them" }).click();
  await owner.locator("li", { hasText: "jana" }).getByText("Reminded").waitFor();
  const jana = await at.page({ user: "jana", locale: "sk-SK" });
  await jana.goto("/guidelines");
  await jana.getByText("Pripomenuté").waitFor();
  assert.deepEqual(await findings(jana), []);
  await anna.goto("/guidelines");
  assert.equal(await anna.getByText("Przypomniano").count(), 0, "whoever has accepted it is left in peace");
  assert.equal((await anna.goto("/guidelines/new")).status(), 403);
  at.expectComplaint(/403/);

  await owner.goto(`${rule}/edit`);
  await owner.locator("[name=text]").fill("Prices are agreed by e-mail.\n\nCalls are noted within the hour.");
  await owner.getByRole("button", { name: "Issue" }).click();
  await owner.getByText("Version 2").first().waitFor();
  await anna.goto("/clients");
  await anna.getByText("1 zasada komunikacji czeka").waitFor();
  await anna.goto(`${rule}?version=1`);
  await anna.getByText("Calls are noted the same day.").waitFor();
  await anna.goto(rule);
  await anna.getByText("Calls are noted within the hour.").waitFor();
  await anna.getByLabel("No", { exact: true }).check();
  await anna.getByRole("button", { name: "Przeczytałem(-am) i przyjmuję" }).click();
  await anna.waitForURL("**/guidelines");
  await owner.goto(rule);
  await owner.locator("li", { hasText: "anna" }).getByText("Version 2").waitFor();
});
