// An auditor reads what was granted for a period, changes nothing, and every look is seen by the owner.
import assert from "node:assert/strict";
import { test } from "node:test";
import { findings } from "./desk/axe.mjs";
import { clientPath, desk, found, ours } from "./desk/desk.mjs";
import { give, inDays, invited, says } from "./desk/people.mjs";

const at = await desk();

for (const [language, locale, words] of [
  ["en", "en-GB", { none: "Nothing is open to you now.", by: "given by reader-en", no: "There is no such client", denied: "You may not do that", opened: "opened", searched: "searched", refused: "refused", given: "looked at what is open to them" }],
  ["pl", "pl-PL", { none: "Teraz nic nie jest Ci udostępnione.", by: "od kogo: reader-pl", no: "Nie ma takiego klienta", denied: "", opened: "otwarcie", searched: "wyszukiwanie", refused: "odmowa", given: "przegląd tego, co udostępniono" }],
]) {
  test(`an auditor in ${language} reads what was granted, changes nothing, and leaves a trace of every look`, async () => {
    const [name, user] = [`auditor-${language}`, `reader-${language}`];
    const owner = await at.page({ user });
    const client = await clientPath(owner, "Pekáreň Hlinka");
    const other = await owner.goto("/clients").then(() => owner.locator(`#client-rows [data-open]:not([href="${client}"])`).first().getAttribute("href"));
    const letter = await found(owner, "client:hlinka faktúra has:attachment");

    const page = await invited(at, owner, { name, role: "auditor", language, locale });
    await page.waitForURL("**/grants");
    await page.getByText(words.none).waitFor();
    assert.deepEqual(await findings(page), []);
    assert.equal(await page.locator(".rail a[href='/inbox'], .rail a[href='/clients'], .rail a[href='/search']").count(), 0, "nothing is offered that leads nowhere");

    await give(owner, { name, path: client, until: inDays(3) });
    await page.goto("/");
    await page.waitForURL("**/grants");
    await page.getByText(words.by).waitFor();
    assert.deepEqual(await findings(page), []);
    await page.locator("main").getByRole("link", { name: "Pekáreň Hlinka" }).click();
    await page.getByRole("heading", { level: 1, name: "Pekáreň Hlinka" }).waitFor();
    for (const path of [client, letter]) {
      await page.goto(path);
      assert.equal(await page.locator("main form[method=post]").count(), 0, `${path} offers no act`);
      assert.deepEqual(await findings(page), []);
    }
    await page.goto(other);
    await page.getByRole("heading", { name: words.no }).waitFor();
    at.expectComplaint(/404/);

    await page.goto("/search?q=faktura+journey");
    await page.goto("/search?q=fakt%C3%BAra");
    assert.ok((await page.locator("[data-open]").count()) > 0);
    const shown = await page.locator("[data-open]").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    for (const hit of shown.slice(0, 3)) assert.equal((await page.request.get(hit)).status(), 200, "what is found may be read");

    for (const [path, form] of [
      [client, { name: "Forged" }],
      [`${client}/access`, { openness: "open" }],
      [`${letter}/assignments`, { client: other.split("/").pop() }],
      [`${letter}/ignore`, { reason: "noise" }],
      [`${letter}/access`, { sensitivity: "team" }],
      ["/clients", { name: "Forged" }],
      ["/settings/grants", { covers: "everything", account: "1" }],
      ["/settings/people/invitations", { name: "forged", role: "owner", language: "en" }],
    ]) {
      const answer = await page.request.post(path, { form, headers: ours, maxRedirects: 0 });
      assert.equal(answer.status(), 403, path);
    }
    await owner.goto(client);
    await owner.getByRole("heading", { level: 1, name: "Pekáreň Hlinka" }).waitFor();

    const log = `/settings/log?by=${name}`;
    await says(owner, log, [words.opened, words.searched, "faktura journey", words.given, words.refused, `POST ${client}/access`]);
    assert.deepEqual(await findings(owner), []);
    await says(owner, `${letter}/log`, [name, words.opened]);
    await says(owner, `${client}/log`, [name, words.opened]);
  });
}
