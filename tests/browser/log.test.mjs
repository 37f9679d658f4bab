// Who has seen this: by person, by client, by interaction.
import assert from "node:assert/strict";
import { test } from "node:test";
import { findings } from "./desk/axe.mjs";
import { clientPath, desk, found } from "./desk/desk.mjs";
import { says } from "./desk/people.mjs";

const at = await desk();

for (const [user, words] of [
  ["reader-en", { seen: "Who has seen this", opened: "opened", original: "original taken", show: "Show" }],
  ["reader-sk", { seen: "Kto to videl", opened: "otvorenie", original: "stiahnutie originálu", show: "Zobraziť" }],
]) {
  test(`${user} reads who opened and took a letter, from the letter, from its client and from the person`, async () => {
    const worker = await at.page({ user: "reader-ru" });
    const letter = await found(worker, "client:hlinka faktúra has:attachment");
    const client = await clientPath(worker, "Pekáreň Hlinka");
    await worker.goto(client);
    await worker.goto(letter);
    assert.equal((await worker.request.get(`${letter}/original`)).status(), 200);

    const page = await at.page({ user });
    await page.goto(letter);
    await page.getByRole("link", { name: words.seen }).click();
    await page.waitForURL(`**${letter}/log`);
    await says(page, `${letter}/log`, ["reader-ru", words.opened, words.original]);
    assert.deepEqual(await findings(page), []);
    const elsewhere = await page.locator(".log a[href^='/interactions/']").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    assert.ok(elsewhere.every((href) => href === letter), "only of this letter");

    await page.goto(client);
    await page.getByRole("link", { name: words.seen }).click();
    await page.waitForURL(`**${client}/log`);
    await says(page, `${client}/log`, ["reader-ru", words.opened]);
    assert.deepEqual(await findings(page), []);

    await page.goto("/settings/log");
    await page.locator("[name=by]").selectOption("reader-ru");
    await page.getByRole("button", { name: words.show }).click();
    await page.waitForURL(/by=reader-ru/);
    const names = await page.locator(".log li b").allInnerTexts();
    assert.ok(names.length > 0 && names.every((name) => name === "reader-ru"), names.join());
    await page.locator(`.log a[href="${letter}"]`).first().waitFor();
    assert.deepEqual(await findings(page), []);
  });
}
