import { chromium } from "playwright-core";
const base = (await import("node:fs")).readFileSync("/tmp/browser-bin/addr","utf8").trim();
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium" });
export async function open(lang, opts) {
  const context = await browser.newContext({ baseURL: base, viewport: {width:1440,height:900}, ...opts });
  const r = await context.request.post("/sign-in", { form: { user: `review-${lang}`, password: `correct-horse-${lang}-battery` }, headers: { "sec-fetch-site": "same-origin" } });
  const page = await context.newPage();
  page.on("console", m => { if (["error","warning"].includes(m.type())) console.log("CONSOLE", page.url(), m.text()); });
  page.on("pageerror", e => console.log("PAGEERROR", page.url(), e.message));
  return page;
}
export { browser, base };
