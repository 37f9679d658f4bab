// Bundles styles, scripts, fonts and icons into the folder given as the only argument, with hashed names,
// pre-compressed forms, and `assets.rs`, the table the server includes.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const out = process.argv[2];
const files = join(out, "assets");
rmSync(files, { recursive: true, force: true });
mkdirSync(files, { recursive: true });

await build({
  entryPoints: ["main.js", "main.css"],
  bundle: true,
  minify: true,
  format: "iife",
  target: ["chrome120", "firefox121", "safari17.2"],
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file" },
  legalComments: "none",
  logLevel: "warning",
  outdir: files,
});
writeHashed("icons.svg", sprite());
writeHashed("mark.svg", readFileSync("mark.svg", "utf8"));

const shipped = readdirSync(files).sort();
writeFileSync(join(out, "assets.rs"), `&[\n${shipped.map(entry).join("")}]\n`);

/** One file of symbols, drawn by `<use href="…#name">`. Only the icons named in icons.txt are shipped. */
function sprite() {
  const names = readFileSync("icons.txt", "utf8").split(/\s+/).filter(Boolean);
  const symbols = names.map((name) => {
    const svg = readFileSync(`node_modules/lucide-static/icons/${name}.svg`, "utf8");
    const drawing = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").replace(/\s+/g, " ");
    return `<symbol id="${name}" viewBox="0 0 24 24">${drawing.trim()}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>`;
}

function writeHashed(name, text) {
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 8).toUpperCase();
  const extension = extname(name);
  writeFileSync(join(files, `${basename(name, extension)}-${hash}${extension}`), text);
}

/** The Rust expression for one file; fonts are compressed already. */
function entry(file) {
  const path = join(files, file);
  const extension = extname(file);
  const name = file.replace(/-[0-9A-Z]{8}(?=\.[a-z0-9]+$)/, "");
  const type = { ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2" };
  let brotli = "None";
  let gzip = "None";
  if (extension !== ".woff2") {
    const bytes = readFileSync(path);
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    brotli = included(`${path}.br`, brotliCompressSync(bytes, { params }));
    gzip = included(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  }
  return (
    `Asset { name: ${JSON.stringify(name)}, path: ${JSON.stringify(`/assets/${file}`)}, ` +
    `mime: ${JSON.stringify(type[extension])}, plain: include_bytes!(${JSON.stringify(path)}), ` +
    `brotli: ${brotli}, gzip: ${gzip} },\n`
  );
}

function included(path, bytes) {
  writeFileSync(path, bytes);
  return `Some(include_bytes!(${JSON.stringify(path)}))`;
}
