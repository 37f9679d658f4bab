// Messages to import, and the ways to hand them over.

let made = 0;

/** An RFC 5322 message. `parts` are `{ type, name, body, id }`, `body` a string or bytes; `html` adds an HTML form,
 * as text or as a part of its own type. */
export function message({ from, to = "Ewa Marczak <ewa@lipowa7.example>", subject, date, text = "", html, parts = [], id }) {
  made += 1;
  const head = [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${/^[\x20-\x7e]*$/.test(subject) ? subject : word(subject)}`,
    `Date: ${(date ?? new Date(Date.UTC(2026, 9, 1) + made * 60_000)).toUTCString().replace("GMT", "+0000")}`,
    `Message-ID: <${id ?? `${made}.${process.pid}`}@desk.example>`,
    "MIME-Version: 1.0",
  ];
  const said = [part({ type: "text/plain; charset=utf-8", body: text })];
  if (html !== undefined) said.push(part(html.type ? html : { type: "text/html; charset=utf-8", body: html }));
  const body = html === undefined ? said[0] : multipart("alternative", said);
  return [...head, parts.length ? multipart("mixed", [body, ...parts.map(part)]) : body].join("\r\n");
}

/** Messages as one mbox file. */
export function mbox(messages) {
  const entries = messages.map((text) => {
    const lines = text.replaceAll("\r\n", "\n").replace(/^(>*From )/gm, ">$1");
    return `From desk@desk.example Thu Oct  1 00:00:00 2026\n${lines}\n`;
  });
  return entries.join("\n");
}

/** A file as a browser's file field takes it. */
export const file = (name, text) => ({ name, mimeType: "application/octet-stream", buffer: Buffer.from(text) });

/** Imports files through the inbox page and waits until all is read; gives what the page counted. */
export async function importFiles(page, files) {
  await page.goto("/inbox");
  await page.locator("[data-import]").setInputFiles(files);
  return finished(page);
}

/** Waits for the import that the page shows to end. */
export async function finished(page) {
  await page.waitForURL("**/imports/*");
  await page.locator("a.button[href='/inbox']").waitFor();
  const figures = await page.locator(".figures dd").allTextContents();
  const [recorded, known, unreadable] = figures.map(Number);
  return { recorded, known, unreadable };
}

function word(text) {
  return `=?utf-8?B?${Buffer.from(text).toString("base64")}?=`;
}

function part({ type, name, body, id }) {
  const lines = [`Content-Type: ${type}`, "Content-Transfer-Encoding: base64"];
  if (name) lines.push(`Content-Disposition: attachment; filename="${name}"`);
  if (id) lines.push(`Content-ID: <${id}>`);
  return [...lines, "", Buffer.from(body).toString("base64").replace(/.{76}/g, "$&\r\n")].join("\r\n");
}

function multipart(kind, parts) {
  made += 1;
  const line = `desk-${made}-part`;
  const inside = parts.map((each) => `--${line}\r\n${each}\r\n`).join("");
  return `Content-Type: multipart/${kind}; boundary="${line}"\r\n\r\n${inside}--${line}--\r\n`;
}
