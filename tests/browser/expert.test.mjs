// An outside expert of one conversation: from its page to a letter, its attachment and its proof, until it is over.
import assert from "node:assert/strict";
import { test } from "node:test";
import { findings } from "./desk/axe.mjs";
import { address, clientPath, desk, found } from "./desk/desk.mjs";
import { give, inDays, invited, says, token } from "./desk/people.mjs";

const at = await desk();

for (const [language, locale, words] of [
  ["en", "en-GB", { given: "Opened to you", no: "There is no such interaction", part: "attachment taken", proof: "proof taken", over: "Over", none: "Nothing is open to you now." }],
  ["ru", "ru-RU", { given: "Открыто для вас", no: "Такого взаимодействия нет", part: "получение вложения", proof: "получение доказательства", over: "Истекло", none: "Сейчас вам ничего не открыто." }],
]) {
  test(`an expert in ${language} goes from what was opened to a letter, its attachment and its proof, and no further`, async () => {
    const name = `expert-${language}`;
    const owner = await at.page({ user: `reader-${language}` });
    const letter = await found(owner, "client:hlinka faktúra has:attachment");
    const client = await clientPath(owner, "Pekáreň Hlinka");
    await owner.goto("/clients");
    await owner.goto(await owner.locator(`#client-rows [data-open]:not([href="${client}"])`).first().getAttribute("href"));
    const foreign = await owner.locator(".history a[href^='/interactions/']").first().getAttribute("href");
    const page = await invited(at, owner, { name, role: "expert", language, locale });
    await page.waitForURL("**/grants");
    await give(owner, { name, path: letter, until: inDays(2) });

    await page.goto("/");
    await page.getByRole("heading", { level: 1, name: words.given }).waitFor();
    assert.deepEqual(await findings(page), []);
    assert.equal(await page.locator(".rail a[href='/clients'], .rail a[href='/inbox']").count(), 0);
    await page.locator("main a[href^='/interactions/']").click();
    await page.locator("article.interaction").waitFor();
    assert.deepEqual(await findings(page), []);
    await page.goto(letter);
    const part = await page.locator(".attachment a[download]").first().getAttribute("href");
    const attached = await page.request.get(part);
    assert.equal(attached.status(), 200);
    assert.ok((await attached.body()).length > 100);
    const proof = await page.request.get(`${letter}/proof`);
    assert.equal(proof.status(), 200);
    assert.match(await proof.text(), /tlog-proof/);
    await page.locator(".crumbs a[href='/grants']").click();
    await page.waitForURL("**/grants");

    for (const path of [foreign, client, `${foreign}/original`, `${foreign}/proof`, "/clients/new"]) {
      assert.ok([403, 404].includes((await page.request.get(path)).status()), path);
    }
    await page.goto(foreign);
    await page.getByRole("heading", { name: words.no }).waitFor();
    await page.locator("main a[href='/grants']").waitFor();
    at.expectComplaint(/404/);
    await page.goto("/search?q=faktura");
    for (const link of await page.locator("[data-open]").all()) {
      const href = await link.getAttribute("href");
      assert.equal((await page.request.get(href)).status(), 200);
      assert.notEqual(href, foreign);
    }
    await says(owner, `${letter}/log`, [name, words.part, words.proof]);
  });
}

test("what was opened is closed at its end, to the second, in a page that is already open", async () => {
  const owner = await at.page({ user: "reader-en" });
  const letter = await found(owner, "client:hlinka faktúra has:attachment");
  const page = await invited(at, owner, { name: "expert-brief", role: "expert", language: "en", locale: "en-GB" });
  await page.waitForURL("**/grants");
  const headers = { authorization: `Bearer ${token("reader-en", "people")}` };
  const api = `${address}/api/v1`;
  const { items } = await (await owner.request.get(`${api}/accounts`, { headers })).json();
  const account = items.find((one) => one.name === "expert-brief").id;
  const end = Date.now() + 6_000;
  const made = await owner.request.post(`${api}/grants`, {
    headers,
    data: { account, covers: "thread", interaction: letter.split("/").pop(), valid_until: new Date(end).toISOString() },
  });
  assert.equal(made.status(), 201, await made.text());
  assert.equal((await page.goto(letter)).status(), 200);

  await page.waitForTimeout(Math.max(0, end - Date.now()) + 300);

  for (const path of [letter, `${letter}/original`, `${letter}/proof`, `${letter}/html`]) {
    assert.equal((await page.request.get(path)).status(), 404, path);
  }
  await page.goto("/grants");
  await page.getByText("Nothing is open to you now.").waitFor();
  await page.getByText("A conversation").waitFor();
  await page.getByText("Over").waitFor();
  assert.deepEqual(await findings(page), []);
});
