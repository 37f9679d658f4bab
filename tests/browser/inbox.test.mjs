import assert from "node:assert/strict";
import { test } from "node:test";
import { desk } from "./desk/desk.mjs";
import { file, finished, importFiles, mbox, message } from "./desk/mail.mjs";

const at = await desk();

/** Imports one message per subject from one sender, and opens the inbox. */
async function inboxWith(page, from, subjects) {
  const messages = subjects.map((subject) => message({ from, subject, text: `O tym: ${subject}.` }));
  await importFiles(page, [file("poczta.mbox", mbox(messages))]);
  await page.goto("/inbox");
}

const line = (page, subject) => page.locator("[data-row]", { hasText: subject });

/** Opens the dialog about a line with a key, as if reached by j and k. */
async function press(page, subject, key) {
  await line(page, subject).locator("[data-open]").focus();
  await page.keyboard.press(key);
}

test("one key and a number assign a line, and undo brings it back", async () => {
  const page = await at.page();
  await inboxWith(page, "Kto To <kto@nieznany-a.example>", ["Pytanie o stawkę"]);
  await press(page, "Pytanie o stawkę", "a");
  const dialog = page.getByRole("dialog", { name: "Assign to a client" });
  await dialog.getByText("Kto To: Pytanie o stawkę").waitFor();
  const second = dialog.locator(".option").nth(1);
  const name = await second.locator("span").first().innerText();
  await page.keyboard.press("2");

  const done = page.locator(".row.done");
  await done.getByRole("link", { name }).waitFor();
  await dialog.waitFor({ state: "hidden" });
  await done.getByRole("button", { name: "Undo" }).click();
  await page.waitForURL("**/inbox");
  await line(page, "Pytanie o stawkę").waitFor();
  assert.equal(await page.locator(".row.done").count(), 0);
});

test("typing finds the client, and Enter takes the first", async () => {
  const page = await at.page();
  await inboxWith(page, "Druga Osoba <druga@nieznany-b.example>", ["Szukanie klienta"]);
  await press(page, "Szukanie klienta", "a");
  await page.keyboard.type("medika");
  await page.locator("#picker .option", { hasText: "Medika-Dent" }).waitFor();
  await page.waitForFunction(() => document.querySelectorAll("#picker .option").length === 1);
  await page.keyboard.press("Enter");
  await page.locator(".row.done").getByRole("link", { name: /Medika-Dent/ }).waitFor();
  await page.locator(".row.done").getByRole("button", { name: "Undo" }).click();
  await line(page, "Szukanie klienta").waitFor();
});

test("always this address takes its other messages along", async () => {
  const page = await at.page();
  const subjects = ["Stałe jeden", "Stałe dwa", "Stałe trzy"];
  await inboxWith(page, "Stała Nadawczyni <stala@nieznany-c.example>", subjects);
  await press(page, "Stałe dwa", "a");
  await page.getByLabel("From now on, everything with stala@nieznany-c.example").check();
  await page.keyboard.press("1");
  await page.locator(".row.done").getByText("and 2 more like it").waitFor();

  await page.reload();
  for (const subject of subjects) assert.equal(await line(page, subject).count(), 0, subject);
  await inboxWith(page, "Stała Nadawczyni <stala@nieznany-c.example>", ["Stałe później"]);
  assert.equal(await line(page, "Stałe później").count(), 0, "and what comes later");
});

test("always this domain takes everyone there along, and a mailbox provider is no domain", async () => {
  const page = await at.page();
  await inboxWith(page, "Ala <ala@nieznany-d.example>", ["Domena Ala"]);
  await inboxWith(page, "Ola <ola@nieznany-d.example>", ["Domena Ola"]);
  await press(page, "Domena Ala", "a");
  await page.getByLabel("From now on, everyone at nieznany-d.example").check();
  await page.locator("#picker .option").first().click();
  await page.locator(".row.done").getByText("and 1 more like it").waitFor();
  await page.reload();
  assert.equal(await line(page, "Domena Ola").count(), 0);

  await inboxWith(page, "Ktoś <ktos.prywatny@gmail.com>", ["Prywatna skrzynka"]);
  await press(page, "Prywatna skrzynka", "a");
  await page.getByLabel("From now on, everything with ktos.prywatny@gmail.com").waitFor();
  assert.equal(await page.getByLabel(/everyone at/).count(), 0, "nobody owns gmail.com");
});

test("a line is ignored for a reason, and brought back", async () => {
  const page = await at.page();
  await inboxWith(page, "Reklama <promo@nieznany-e.example>", ["Rabat tylko dziś"]);
  await press(page, "Rabat tylko dziś", "i");
  await page.keyboard.press("1");
  await page.locator(".row.done").getByText("Ignored: Advertising").waitFor();

  await page.getByRole("link", { name: /^Ignored/ }).click();
  await line(page, "Rabat tylko dziś").getByText("Ignored: Advertising").waitFor();
  await line(page, "Rabat tylko dziś").getByRole("button", { name: "Bring back" }).click();
  await page.waitForURL("**/inbox?filter=ignored");
  assert.equal(await line(page, "Rabat tylko dziś").count(), 0);
  await page.goto("/inbox");
  await line(page, "Rabat tylko dziś").waitFor();
});

test("ignoring can be undone at once, and the reason may be one's own", async () => {
  const page = await at.page();
  await inboxWith(page, "Sąsiad <sasiad@nieznany-f.example>", ["Zaproszenie na grilla"]);
  await line(page, "Zaproszenie na grilla").getByRole("link", { name: "Ignore" }).click();
  await page.getByLabel("Or another reason").fill("sprawa prywatna Ewy");
  await page.keyboard.press("Enter");
  await page.locator(".row.done").getByText("Ignored: sprawa prywatna Ewy").waitFor();
  await page.locator(".row.done").getByRole("button", { name: "Undo" }).click();
  await page.waitForURL("**/inbox");
  await line(page, "Zaproszenie na grilla").waitFor();
});

test("a new client is made from a message, with what the message tells", async () => {
  const page = await at.page();
  await inboxWith(page, "Zofia Nowotna <zofia@nowotna.example>", ["Chcę zmienić biuro rachunkowe"]);
  await press(page, "Chcę zmienić biuro rachunkowe", "a");
  await page.getByRole("link", { name: "New client from this message" }).click();
  assert.equal(await page.getByLabel("Name").inputValue(), "Zofia Nowotna");
  assert.equal(await page.getByLabel("Language").inputValue(), "pl");
  assert.equal(await page.locator("[name=address]").first().inputValue(), "zofia@nowotna.example");
  await page.getByRole("button", { name: "Create client" }).click();
  await page.getByRole("heading", { level: 1, name: "Zofia Nowotna" }).waitFor();
  await page.locator("[data-row]", { hasText: "Chcę zmienić biuro rachunkowe" }).waitFor();
});

test("what cannot be read is kept, says why, and can be tried again", async () => {
  const page = await at.page();
  const noise = Buffer.from(Array.from({ length: 900 }, (_, n) => (n * 7919) % 251));
  const counted = await importFiles(page, [file("uszkodzony.eml", noise)]);
  assert.equal(counted.unreadable, 1);
  await page.getByRole("link", { name: "See what is unreadable" }).click();
  const row = page.locator("[data-row]").first();
  await row.getByText("It is not text, so it cannot be a message.").waitFor();
  await row.getByRole("button", { name: "Try again" }).click();
  await page.waitForURL("**/interactions/*");
  await page.getByRole("heading", { name: "This could not be read" }).waitFor();
  await page.getByText("The original is kept and sealed as it came.").waitFor();
});

test("chosen files are imported with live progress, and twice the same changes nothing", async () => {
  const page = await at.page();
  const messages = Array.from({ length: 400 }, (_, n) =>
    message({ from: "Seria <seria@nieznany-g.example>", subject: `Seria ${n}`, text: "Treść. ".repeat(400) }),
  );
  const files = [file("seria.mbox", mbox(messages))];
  await page.addInitScript(() => {
    const Source = window.EventSource;
    window.events = [];
    window.EventSource = class extends Source {
      constructor(url) {
        super(url);
        for (const name of ["progress", "done"]) this.addEventListener(name, () => window.events.push(name));
      }
    };
  });
  const first = await importFiles(page, files);
  assert.deepEqual(first, { recorded: 400, known: 0, unreadable: 0 });
  const events = await page.evaluate(() => window.events);
  assert.equal(events.at(-1), "done");
  assert.ok(events.includes("progress"), "the page was told on the way");
  await page.getByText("Everything is read").waitFor();

  const again = await importFiles(page, files);
  assert.deepEqual(again, { recorded: 0, known: 400, unreadable: 0 });

  await page.goto("/inbox");
  await press(page, "Seria 399", "a");
  await page.getByLabel("From now on, everything with seria@nieznany-g.example").check();
  await page.locator("#picker .option").first().click();
  await page.locator(".row.done").getByText("and 399 more like it").waitFor();
});

test("a file dropped on the page is imported", async () => {
  const page = await at.page();
  await page.goto("/inbox");
  const text = message({ from: "Upuszczona <upuszczona@nieznany-h.example>", subject: "Upuszczony plik", text: "Tu." });
  const dropped = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "upuszczony.eml"));
    return data;
  }, text);
  await page.dispatchEvent("main", "dragenter", { dataTransfer: dropped });
  await page.getByText("Drop to import").waitFor();
  await page.dispatchEvent("main", "drop", { dataTransfer: dropped });
  const counted = await finished(page);
  assert.equal(counted.recorded, 1);
  await page.getByRole("link", { name: "Go to Inbox" }).click();
  await line(page, "Upuszczony plik").waitFor();
});

test("a file that is no mail stays on a list, can be tried again, and is let go", async () => {
  const page = await at.page();
  await importFiles(page, [file("obrazek-z-gier.bin", Buffer.alloc(600, 0xff))]);
  await page.goto("/inbox");
  await page.getByRole("link", { name: /Not taken in/ }).click();
  await page.waitForURL("**/imports");
  const line = page.locator("li", { hasText: "obrazek-z-gier.bin" });
  await line.getByText("It is not a message").waitFor();

  await line.getByRole("button", { name: "Try again" }).click();
  await finished(page);
  await page.goto("/imports");
  assert.equal(await line.count(), 1, "it is listed once, however often it is tried");

  await line.getByRole("button", { name: "Leave it out" }).click();
  await page.waitForURL("**/imports");
  assert.equal(await page.locator("li", { hasText: "obrazek-z-gier.bin" }).count(), 0);
});
