import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { clientPath, desk, found, ours } from "./desk/desk.mjs";

const at = await desk();
const page = await at.page();
const client = (await clientPath(page, "Pekáreň Hlinka")).split("/").pop();
const interaction = (await found(page, "client:hlinka has:attachment")).split("/").pop();
const nobody = (await at.page({ user: null })).request;
/** What only someone who got in could be told. */
const SECRETS = /Hlinka|lipowa7|tlog|Received:|data-row|From:/;
const open = [
  "/assets/{file}", "/health", "/sign-in", "/sign-in/code", "/sign-in/passkey", "/sign-in/passkey/begin", "/sign-out",
  "/invitations/{token}", "/sign-in/openid/{provider}", "/sign-in/openid/{provider}/callback",
  "/invitations/{token}/openid/{provider}",
];

/** Every route of the server, with its methods, read from where they are listed. */
async function routes() {
  const source = await readFile(new URL("../../crates/kronika/src/web/app.rs", import.meta.url), "utf8");
  const listed = source.split(".route(").slice(1);
  return listed.map((text) => ({
    path: text.match(/"([^"]+)"/)[1],
    methods: ["get", "post"].filter((method) => new RegExp(`\\b${method}\\(`).test(text)),
  }));
}

/** A path with real identifiers in it. */
function real(path) {
  return path
    .replace("{client}", client)
    .replace("{interaction}", interaction)
    .replace("{number}", "2")
    .replace("{id}", path.startsWith("/verifications") ? "1" : interaction)
    .replace("{file}", "main.css");
}

const all = await routes();

test("the list of routes is read whole", () => {
  assert.ok(all.length >= 40, `${all.length} routes`);
  for (const { path, methods } of all) assert.ok(methods.length > 0, path);
  assert.equal(all.filter(({ methods }) => methods.length === 2).length, 20);
  for (const path of open) assert.ok(all.some((route) => route.path === path), path);
});

for (const { path, methods } of all.filter(({ path }) => !open.includes(path))) {
  test(`${methods.join(" and ").toUpperCase()} ${path} tells nothing to nobody`, async () => {
    for (const method of methods) {
      for (const more of [{}, { "hx-request": "true" }, { cookie: "kronika=0000000000000000" }]) {
        const form = method === "post" ? { q: "a" } : undefined;
        const answer = await nobody[method](real(path), { headers: { ...ours, ...more }, form, maxRedirects: 0 });
        const body = await answer.text();
        assert.ok([303, 401].includes(answer.status()), `${method}: ${answer.status()}`);
        if (answer.status() === 303) assert.match(answer.headers().location, /^\/sign-in\?next=/);
        assert.ok(!SECRETS.test(body), body);
      }
    }
  });
}

for (const { path } of all.filter(({ methods }) => methods.includes("post"))) {
  test(`POST ${path} is refused when another site sends it, even to someone signed in`, async () => {
    for (const headers of [
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { origin: "https://outside.example" },
      { origin: "null" },
    ]) {
      const answer = await page.request.post(real(path), { headers, form: { name: "x", reason: "x" }, maxRedirects: 0 });
      assert.equal(answer.status(), 403, JSON.stringify(headers));
    }
  });
}

test("after all that, the session still stands and nothing has changed", async () => {
  await page.goto(`/clients/${client}`);
  await page.getByRole("heading", { level: 1, name: "Pekáreň Hlinka" }).waitFor();
});

test("a form on another site's page is refused by what the browser says of it", async () => {
  const other = await at.page();
  await other.route("https://elsewhere.invalid/", (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<form action="${process.env.KRONIKA_ADDRESS}/sign-out" method="post"><button>Wygrana</button></form>`,
    }),
  );
  await other.goto("https://elsewhere.invalid/");
  await other.getByRole("button").click();
  await other.getByRole("heading", { name: "This came from another site" }).waitFor();
  at.expectComplaint(/request to https:\/\/elsewhere\.invalid/);
  at.expectComplaint(/403/);
});

test("pages may not be framed, cached by others, or guessed at", async () => {
  for (const path of ["/clients", `/interactions/${interaction}`, "/sign-in", "/nowhere"]) {
    const headers = (await page.request.get(path)).headers();
    assert.match(headers["content-security-policy"], /default-src 'self'.*frame-ancestors 'none'/, path);
    assert.ok(!/unsafe/.test(headers["content-security-policy"]));
    assert.match(headers["cache-control"], /private/);
    assert.equal(headers["x-content-type-options"], "nosniff");
  }
});

test("someone whose session ended is told so, and goes on where they were", async () => {
  const worker = await at.page({ user: "reader-pl" });
  await worker.goto("/settings/rules");
  // What the page fetches by itself is here before the session goes.
  await worker.locator(".picker .option").first().waitFor();
  const cookies = await worker.context().cookies();
  await worker.context().clearCookies();
  await worker.locator("[name=contains]").fill("coś");
  await worker.locator(".picker-find").fill("volga");
  await worker.waitForURL(/\/sign-in\?next=%2Fsettings%2Frules/);
  at.expectComplaint(/401/);

  await worker.context().addCookies(cookies);
  await worker.goto("/settings/addresses");
  await worker.context().clearCookies();
  await worker.locator("[name=value]").last().fill("cos.example");
  await worker.locator("main button.main").click();
  await worker.getByRole("alert").waitFor();
  assert.equal(await worker.locator("[name=next]").inputValue(), "/settings/addresses");
  at.expectComplaint(/401/);
});
