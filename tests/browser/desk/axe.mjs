// What axe-core, and a look at the edges, find on a page.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";
import { pages, places, unfold } from "./pages.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe-core finds on the page, the content of captured messages aside. */
export async function findings(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    window.axe.run(document, {
      iframes: false,
      resultTypes: ["violations"],
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }),
  );
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 150)} ${node.failureSummary}`));
}

/** Whether something sticks out to the right, so that the page itself would scroll sideways. */
const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

/** Every page in one colour scheme, on a desk and on a phone. */
export async function everyPage(at, colorScheme) {
  const page = await at.page();
  const somewhere = await places(page);
  await page.context().close();
  for (const width of [1440, 390]) {
    test(`axe finds nothing on any page, ${colorScheme} at ${width}`, async () => {
      const page = await at.page({ colorScheme, viewport: { width, height: 900 } });
      for (const [name, path] of [...pages(somewhere), ["nowhere", "/nowhere"]]) {
        await page.goto(path);
        await unfold(page);
        assert.deepEqual(await findings(page), [], name);
        assert.ok((await overflow(page)) <= 0, `${name} is wider than the screen`);
      }
      at.expectComplaint(/404/);
    });
  }
}
