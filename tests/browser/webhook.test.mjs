import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, test } from "node:test";
import { findings } from "./desk/axe.mjs";
import { desk } from "./desk/desk.mjs";

const at = await desk();
/** The program that is told. It takes the first, and not what comes after. */
const heard = [];
const receiver = createServer((request, response) => {
  heard.push(request.headers["webhook-id"]);
  response.writeHead(heard.length === 1 ? 200 : 500).end();
});
await new Promise((ready) => receiver.listen(0, "127.0.0.1", ready));
after(() => receiver.close());
const url = `http://127.0.0.1:${receiver.address().port}/hook`;

for (const [user, words] of [
  ["reader-en", { add: "Add a webhook", test: "Send a test", delivered: "delivered", again: "Send again", answer: "The answer was 500", pause: "Pause", resume: "Resume", secret: "New secret", remove: "Remove", refused: "private network", tries: "1 try" }],
  ["reader-pl", { add: "Dodaj webhook", test: "Wyślij test", delivered: "dostarczono", again: "Wyślij ponownie", answer: "Odpowiedź: 500", pause: "Wstrzymaj", resume: "Wznów", secret: "Nowy sekret", remove: "Usuń", refused: "sieci prywatnej", tries: "1 próba" }],
]) {
  test(`${user} adds a webhook, tries it, sends again, pauses and removes it`, async () => {
    heard.length = 0;
    const page = await at.page({ user });
    await page.goto("/settings/webhooks");
    const form = page.locator("form.stack");
    await form.locator("[name=name]").fill(`Books ${user}`);
    await form.locator("[name=url]").fill("https://10.0.0.1/hook");
    await form.getByRole("button", { name: words.add }).click();
    await page.getByRole("alert").getByText(words.refused).waitFor();
    assert.equal(await form.locator("[name=name]").inputValue(), `Books ${user}`);
    assert.deepEqual(await findings(page), []);
    await form.locator("[name=url]").fill(url);
    await form.getByRole("button", { name: words.add }).click();
    const secret = await page.locator("pre.secret").textContent();
    assert.match(secret, /^whsec_[A-Za-z0-9+/]{43}=$/);
    assert.deepEqual(await findings(page), []);

    await page.getByRole("button", { name: words.test }).click();
    await seen(page, words.delivered);
    await page.getByRole("button", { name: words.again }).click();
    await seen(page, words.answer);
    await page.getByText(words.tries).waitFor();
    assert.equal(new Set(heard).size, 1, "the same event has the same id");
    assert.deepEqual(await findings(page), []);

    await page.getByRole("button", { name: words.secret }).click();
    assert.notEqual(await page.locator("pre.secret").textContent(), secret);
    await page.getByRole("button", { name: words.pause, exact: true }).click();
    await page.getByRole("button", { name: words.resume }).click();
    await page.getByRole("button", { name: words.remove, exact: true }).click();
    await page.waitForURL(/\/settings\/webhooks$/);
    assert.equal(await page.getByText(`Books ${user}`).count(), 0);
  });
}

/** Looks again until the page says it: nothing on it moves by itself. */
async function seen(page, text) {
  for (let tries = 0; tries < 40; tries += 1) {
    if (await page.locator(".deliveries").getByText(text).count()) return;
    await page.waitForTimeout(250);
    await page.goto(page.url());
  }
  assert.fail(`the page never said ${text}`);
}
