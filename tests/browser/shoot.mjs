import { open, browser } from "./shots.mjs";
const [lang="en", scheme="light", width="1440"] = process.argv.slice(2);
const page = await open(lang, { colorScheme: scheme, viewport: { width: +width, height: +width < 500 ? 844 : 900 } });
const tag = `${lang}-${scheme}-${width}`;
const shot = async (name, full=false) => { await page.waitForTimeout(150); await page.screenshot({ path: `/tmp/shots/${name}-${tag}.png`, fullPage: full }); const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth); if (over > 0) console.log(name, tag, "overflows by", over); };
await page.goto("/clients"); await shot("clients");
await page.locator("[data-open]").first().click(); await page.waitForLoadState(); await shot("client");
if (+width < 500) { await page.locator("text=Who").first().click().catch(()=>{}); await page.locator("#fold-who").check({force:true}); await shot("client-who"); await page.locator("#fold-timeline").check({force:true}); }
await page.locator("[data-unfold=open]").first().click(); await page.waitForTimeout(300); await shot("client-open");
await page.goto("/search?q=has:attachment"); await shot("search");
await page.locator("[data-open]").first().click(); await page.waitForLoadState();
await page.locator(".proof > details > summary").click(); await page.locator(".proof .expert summary").click(); await shot("interaction", true);
await page.goto("/search"); await shot("search-teach");
await page.goto("/search?q=faktura"); await shot("search-faktura");
await page.goto("/inbox"); await shot("inbox");
await page.locator("[data-row] [data-open]").first().focus(); await page.keyboard.press("a"); await page.waitForTimeout(300); await shot("inbox-picker"); await page.keyboard.press("Escape");
await page.locator("[data-row] [data-open]").first().focus(); await page.keyboard.press("i"); await page.waitForTimeout(300); await shot("inbox-ignore"); await page.keyboard.press("Escape");
await page.goto("/inbox?filter=unreadable"); await shot("unreadable");
await page.goto("/inbox?filter=ignored"); await shot("ignored");
await page.goto("/clients/new"); await shot("client-new");
for (const s of ["you","addresses","rules","journal"]) { await page.goto("/settings/"+s); await shot("settings-"+s, true); }
await page.goto("/nowhere"); await shot("404");
await page.goto("/clients"); await page.keyboard.press("?"); await shot("keys");
await page.context().clearCookies(); await page.goto("/sign-in"); await shot("sign-in");
await browser.close();
