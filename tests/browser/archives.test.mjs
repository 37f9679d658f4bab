// Two archives on one server: a person of both switches between them, and nothing else passes over.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { after, test } from "node:test";

const folder = mkdtempSync(join(tmpdir(), "kronika-several-"));
const data = join(folder, "data");
const port = await free();
const host = (name) => `http://${name}.localhost:${port}`;
const made = [["biuro", "Biuro Kowalska"], ["fundacja", "Fundacja Dobry Start"]].map(([name, title]) => {
  const words = ["archive", "create", name, "--title", title, "--url", host(name), "--data", data];
  const said = execFileSync(process.env.KRONIKA_BIN, words, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  return { title, url: host(name), link: said.match(/http\S+\/invitations\/\S+/)[0] };
});
const told = join(folder, "address");
const server = spawn(process.env.KRONIKA_BIN, ["serve", "--data", data, "--listen", `127.0.0.1:${port}`, "--requests-a-minute", "1000000", "--address-file", told], { stdio: "ignore" });
server.unref();
process.once("exit", () => server.kill());
for (let tries = 0; !existsSync(told); tries += 1) {
  if (server.exitCode !== null || tries > 300) throw new Error("the server did not start");
  await pause(100);
}
const { desk, password } = await import("./desk/desk.mjs");
const { findings } = await import("./desk/axe.mjs");
const at = await desk();
at.also.push(...made.map(({ url }) => url));
after(async () => {
  const ended = new Promise((done) => server.once("exit", done));
  server.kill();
  await ended;
  rmSync(folder, { recursive: true, force: true });
});

/** A port that nobody listens on. */
async function free() {
  const one = createServer();
  await new Promise((ready) => one.listen(0, "127.0.0.1", ready));
  const { port } = one.address();
  await new Promise((done) => one.close(done));
  return port;
}

/** Makes the owner's account of an archive. */
async function begin(page, { link }, name) {
  await page.goto(link);
  await page.locator("[name=name]").fill(name);
  await page.locator("[name=password]").fill(password);
  await page.locator("[name=again]").fill(password);
  await page.locator("form button.main").click();
  await page.waitForURL("**/clients");
}

test("a person of two archives joins them and switches, and what is of one stays there", async () => {
  const [one, other] = made;
  const page = await at.page({ user: null, baseURL: one.url });
  await begin(page, one, "ola");
  await begin(page, other, "aleksandra");
  await page.goto(`${one.url}/clients/new`);
  await page.locator("main [name=name]").fill("Only in the first");
  await page.locator("main form button.main").first().click();
  await page.getByRole("heading", { level: 1, name: "Only in the first" }).waitFor();
  const client = new URL(page.url()).pathname;

  await page.goto(`${one.url}/settings/you/archives`);
  assert.deepEqual(await findings(page), []);
  await page.locator("[name=address]").fill("http://nobody.localhost:1");
  await page.getByRole("button", { name: "Go on" }).click();
  assert.match(await page.getByRole("alert").innerText(), /No archive of this server answers/);
  await page.locator("[name=address]").fill(other.url);
  await page.getByRole("button", { name: "Go on" }).click();
  await page.locator(".note.good a").click();
  await page.getByRole("heading", { name: "Join with Biuro Kowalska?" }).waitFor();
  assert.ok(page.url().startsWith(other.url));
  assert.deepEqual(await findings(page), []);
  await page.getByRole("button", { name: "Join them" }).click();

  await page.goto(`${one.url}/clients`);
  await page.locator(".switch summary").click();
  assert.deepEqual(await findings(page), []);
  await page.locator(".switch").getByRole("link", { name: other.title }).click();
  await page.waitForURL(`${other.url}/clients`);
  await page.locator(".me", { hasText: "aleksandra" }).waitFor();
  assert.ok(!(await page.locator("body").innerText()).includes("Only in the first"));
  assert.equal((await page.goto(`${other.url}${client}`)).status(), 404);
  at.expectComplaint(/404/);
  await page.goto(`${other.url}/clients`);
  await page.locator(".switch summary").click();
  await page.locator(".switch").getByRole("link", { name: one.title }).click();
  await page.waitForURL(`${one.url}/clients`);
  await page.getByText("Only in the first").first().waitFor();

  const stranger = await at.page({ user: null, baseURL: other.url });
  const cookies = await page.context().cookies(one.url);
  await stranger.context().addCookies(cookies.map(({ name, value }) => ({ name, value, url: other.url })));
  await stranger.goto(`${other.url}/clients`);
  assert.match(stranger.url(), /\/sign-in/, "what opens one archive opens no other");
});

test("a closed archive lets nobody in, and the other goes on", async () => {
  const [one, other] = made;
  const page = await at.page({ user: null, baseURL: other.url });
  execFileSync(process.env.KRONIKA_BIN, ["archive", "close", "fundacja", "--data", data], { stdio: "ignore" });
  let status = 200;
  for (let tries = 0; status === 200 && tries < 40; tries += 1) {
    await pause(250);
    status = (await page.goto(`${other.url}/sign-in`)).status();
  }
  assert.notEqual(status, 200, "it was closed within ten seconds");
  at.wrong = at.wrong.filter((what) => !what.includes(`${other.url}/`));
  assert.equal((await page.goto(`${one.url}/sign-in`)).status(), 200);
});
