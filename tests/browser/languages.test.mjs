import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { test } from "node:test";
import { desk } from "./desk/desk.mjs";
import { pages, places, unfold } from "./desk/pages.mjs";

const at = await desk();
const somewhere = await places(await at.page());

/** The texts of a language, by key; those with choices in them are left out. */
async function texts(language) {
  const folder = new URL(`../../crates/kronika/locales/${language}/`, import.meta.url);
  const known = new Map();
  for (const file of await readdir(folder)) {
    for (const line of (await readFile(new URL(file, folder), "utf8")).split("\n")) {
      const [, key, text] = line.match(/^([a-z][a-z-]*) = ([^{}]+)$/) ?? [];
      if (key) known.set(key, text);
    }
  }
  return known;
}

for (const [language, own] of Object.entries({ pl: /[ąęłśżźćńó]/, sk: /[áčďéíľňôšťúýž]/, ru: /[а-я]/, en: /\bthe\b/i })) {
  test(`every page is whole in ${language}`, async () => {
    const known = await texts(language);
    const english = await texts("en");
    const foreign = [...english].filter(([key, text]) => known.get(key) !== text && text.split(" ").length > 3);
    const page = await at.page({ user: `reader-${language}` });
    for (const [name, path] of [...pages(somewhere), ["nowhere", "/nowhere"]]) {
      await page.goto(path);
      await unfold(page);
      assert.equal(await page.locator("html").getAttribute("lang"), language);
      const said = await page.evaluate(() => {
        const named = [...document.querySelectorAll("[title], [aria-label], [placeholder], [alt]")];
        const attributes = named.flatMap((one) => [one.title, one.ariaLabel, one.placeholder, one.alt]);
        return [document.title, document.body.textContent, ...attributes].join("\n");
      });
      const keys = [...english.keys()].filter((key) => key.includes("-"));
      const bare = keys.filter((key) => new RegExp(`(^|[\\s>])${key}([\\s<]|$)`).test(said));
      // The error page shows its own code on purpose.
      assert.deepEqual(bare.filter((key) => key !== "not-found"), [], `${name} shows keys instead of texts`);
      assert.ok(!/[{}⁨⁩]|\$\w/.test(said.replace(/\{[^}]*\}/g, "")), `${name} has a text with a hole in it`);
      const left = language === "en" ? [] : foreign.filter(([, text]) => said.includes(text));
      assert.deepEqual(left, [], `${name} speaks English`);
    }
    at.expectComplaint(/404/);
    await page.goto("/settings/journal");
    assert.match(await page.locator("main").innerText(), own);
  });
}
