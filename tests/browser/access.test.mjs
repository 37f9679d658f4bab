import assert from "node:assert/strict";
import { test } from "node:test";
import { desk } from "./desk/desk.mjs";
import { everyPage, findings } from "./desk/axe.mjs";

const at = await desk();
await everyPage(at, "light");

test("axe finds nothing in what opens on top of a page", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const page = await at.page({ colorScheme });
    await page.goto("/inbox");
    for (const [key, dialog] of [["a", "#picker"], ["i", "#ignoring"], ["?", "#keys"]]) {
      await page.locator("[data-open]").last().focus();
      await page.keyboard.press(key);
      await page.locator(`${dialog}[open]`).waitFor();
      if (key === "a") await page.locator("#picker .option").first().waitFor();
      assert.deepEqual(await findings(page), [], dialog);
      await page.keyboard.press("Escape");
    }
    await page.locator("[data-unfold=open]").last().click();
    await page.locator(".opened").waitFor();
    // From the top: what has half scrolled away under the page's heading is no target of a size.
    await page.evaluate(() => window.scrollTo(0, 0));
    assert.deepEqual(await findings(page), [], "a line opened in place");
  }
});

test("axe finds nothing at the gate, before and after a mistake", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const page = await at.page({ user: null, colorScheme });
    await page.goto("/sign-in");
    assert.deepEqual(await findings(page), []);
    await page.getByLabel("User name").fill("somebody");
    await page.getByLabel("Password").fill("something wrong");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("alert").waitFor();
    assert.deepEqual(await findings(page), []);
  }
});

test("the keyboard alone reaches everything, beginning with a way past the navigation", async () => {
  const page = await at.page();
  await page.goto("/clients");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  const outline = await page.evaluate(() => {
    const link = document.querySelector("#client-rows a");
    link.focus();
    return getComputedStyle(link).outlineStyle + getComputedStyle(link, "::after").outlineStyle;
  });
  assert.match(outline, /solid|auto/, "what has focus shows it");
});
