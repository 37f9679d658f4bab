import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { findings } from "./desk/axe.mjs";
import { desk, named, password } from "./desk/desk.mjs";

const at = await desk();

/** What an authenticator app shows for a secret, `steps` half minutes from now (RFC 6238). */
function code(secret, steps = 0) {
  const bits = [...secret.replaceAll(/\s/g, "")].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const mac = createHmac("sha1", key).update(counter).digest();
  const number = mac.readUInt32BE(mac[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

/** Invites somebody who then makes their account; gives their page, signed in. */
async function invited(name) {
  const owner = await at.page({ user: "reader-en" });
  await owner.goto("/settings/people");
  await owner.getByLabel("User name").fill(name);
  await owner.locator("form.stack [name=role]").selectOption("owner");
  await owner.locator("form.stack [name=language]").selectOption("en");
  await owner.getByRole("button", { name: "Make a link" }).click();
  const link = (await owner.locator(".note.good pre").innerText()).trim();
  assert.deepEqual(await findings(owner), []);

  const page = await at.page({ user: null, baseURL: named });
  await page.goto(link);
  assert.deepEqual(await findings(page), []);
  await page.getByLabel("New password", { exact: true }).fill(password);
  await page.getByLabel("New password once more").fill(password);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.waitForURL(/localhost.*\/clients/);
  return page;
}

async function signOut(page) {
  await page.goto("/settings/you");
  await page.locator("main").getByRole("button", { name: "Sign out", exact: true }).click();
  await page.waitForURL("**/sign-in");
}

async function enter(page, name) {
  await page.goto("/sign-in");
  await page.getByLabel("User name").fill(name);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

test("an invitation leads to an account, an authenticator, and a sign-in in two steps", async () => {
  const page = await invited("nowy");
  await page.goto("/settings/you");
  await page.locator("summary", { hasText: "Add an authenticator app" }).click();
  await page.locator("details[open]").getByLabel("Current password").fill(password);
  await page.locator("details[open]").getByRole("button").click();
  await page.waitForURL("**/settings/you/authenticator");
  const picture = page.getByAltText("Picture for the authenticator app");
  assert.ok(await picture.evaluate((image) => image.complete && image.naturalWidth > 100), "the picture is drawn");
  assert.deepEqual(await findings(page), []);
  const secret = await page.locator("pre.secret").innerText();
  await page.getByLabel("The code the app shows now").fill(code(secret));
  await page.getByRole("button", { name: "Confirm" }).click();
  await page.getByRole("heading", { name: "Recovery codes" }).waitFor();
  const recovery = (await page.locator("pre.secret").innerText()).trim().split(/\s+/);
  assert.equal(recovery.length, 10);
  assert.deepEqual(await findings(page), []);

  await signOut(page);
  await enter(page, "nowy");
  await page.getByLabel("Code").fill("000000");
  assert.deepEqual(await findings(page), []);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("alert").waitFor();
  await page.getByLabel("Code").fill(code(secret, 1));
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/clients/);

  await signOut(page);
  await enter(page, "nowy");
  await page.getByLabel("Code").fill(recovery[4]);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/clients/);
  await page.goto("/settings/you");
  await page.getByText("9 recovery codes are left.").waitFor();
});

test("a passkey lets in without a name or a password, until it is removed", async () => {
  const page = await invited("kluczowy");
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true,
      isUserVerified: true, automaticPresenceSimulation: true,
    },
  });
  const add = async (current) => {
    await page.goto("/settings/you");
    await page.locator("summary", { hasText: "Add a passkey" }).click();
    await page.locator("[data-passkey-add]").getByLabel("Name of the passkey").fill("Biurko");
    await page.locator("[data-passkey-add]").getByLabel("Current password").fill(current);
    await page.locator("[data-passkey-add]").getByRole("button", { name: "Add a passkey" }).click();
  };
  await add("not the right one");
  await page.locator("[data-passkey-add]").getByText("The current password is wrong.").waitFor();
  at.expectComplaint(/422/);
  await add(password);
  await page.getByText("The passkey was added.").waitFor();
  await page.locator("li b", { hasText: "Biurko" }).waitFor();

  await signOut(page);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.waitForURL(/\/clients/);
  await page.goto("/settings/you");
  await page.locator("summary", { hasText: "Rename Biurko" }).click();
  await page.locator("li details[open]").getByLabel("Name of the passkey").fill("Laptop w domu");
  await page.locator("li details[open]").getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: "Remove Laptop w domu" }).click();
  await page.waitForURL("**/settings/you");
  assert.equal(await page.getByText("Laptop w domu", { exact: true }).count(), 0);

  await signOut(page);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.getByText("This passkey is not known here.").waitFor();
  at.expectComplaint(/422/);
});

test("passkeys are offered under the archive's own address only, and the page says where that is", async () => {
  const page = await at.page();
  await page.goto("/settings/you");
  const elsewhere = page.getByText("Passkeys belong to the archive’s own address.");
  assert.equal(await elsewhere.getByRole("link").getAttribute("href"), `${named}/settings/you`);
  assert.equal(await page.locator("[data-passkey-add]").count(), 0);
});

test("whoever is removed is signed out, and their name is not given away again", async () => {
  const page = await invited("odchodzi");
  const owner = await at.page({ user: "reader-en" });
  await owner.goto("/settings/people");
  await owner.getByRole("link", { name: "Remove odchodzi" }).click();
  await owner.getByRole("heading", { name: "Remove odchodzi?" }).waitFor();
  assert.deepEqual(await findings(owner), []);
  await owner.getByRole("button", { name: "Remove", exact: true }).click();
  await owner.waitForURL("**/settings/people");
  assert.equal(await owner.getByText("odchodzi", { exact: true }).count(), 0);

  await page.goto("/settings/you");
  assert.match(page.url(), /\/sign-in/);
  await owner.getByLabel("User name").fill("odchodzi");
  await owner.getByRole("button", { name: "Make a link" }).click();
  assert.match(await owner.getByRole("alert").innerText(), /is, or was, somebody else’s: odchodzi/);
});
