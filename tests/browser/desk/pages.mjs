// Every page there is, as a person meets it: its name, and how to get there from a signed-in page.
import { clientPath, found } from "./desk.mjs";

/** Opens each page in turn and hands it over. `client` and `letter` are addresses from [`places`]. */
export const pages = (at) => [
  ["clients", "/clients"],
  ["no client matches", "/clients?q=niczegotakiego"],
  ["a client", at.client],
  ["a client, nothing matches", `${at.client}?q=niczegotakiego`],
  ["editing a client", `${at.client}/edit`],
  ["a new client", "/clients/new"],
  ["a client from a message", `/clients/new?from=${at.waiting.split("/").pop()}`],
  ["an interaction with everything", at.letter],
  ["an interaction that waits", at.waiting],
  ["an interaction that cannot be read", at.unreadable],
  ["inbox", "/inbox"],
  ["what is unreadable", "/inbox?filter=unreadable"],
  ["what is ignored", "/inbox?filter=ignored"],
  ["search, nothing asked", "/search"],
  ["search", "/search?q=faktura+has%3Aattachment"],
  ["search, nothing found", "/search?q=niczegotakiego"],
  ["you", "/settings/you"],
  ["teams", "/settings/teams"],
  ["auditors and experts", "/settings/grants"],
  ["rights", "/settings/rights"],
  ["people", "/settings/people"],
  ["our addresses", "/settings/addresses"],
  ["rules", "/settings/rules"],
  ["webhooks", "/settings/webhooks"],
  ["journal", "/settings/journal"],
];

/** Addresses of a client and of interactions of each standing. */
export async function places(page) {
  const client = await clientPath(page, "Pekáreň Hlinka");
  const letter = await found(page, "client:hlinka faktúra has:attachment");
  await page.goto("/inbox?filter=unreadable");
  const unreadable = await page.locator("[data-open]").first().getAttribute("href");
  await page.goto("/inbox");
  const readable = page.locator("[data-row]:not(:has(.row-reason)) [data-open]");
  const waiting = await readable.last().getAttribute("href");
  return { client, letter, unreadable, waiting };
}

/** Opens whatever is folded, so that nothing stays unseen. */
export async function unfold(page) {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("details:not([data-frame])")) details.open = true;
  });
}
