// Makes one page of everything: assemble.mjs PROGRAM.wasm VERSION LICENSES OUTPUT.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const [program, version, licenses, output] = process.argv.slice(2);
const read = (name) => readFileSync(new URL(name, import.meta.url), "utf8");
const hash = (text) => "sha256-" + createHash("sha256").update(text).digest("base64");
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const style = read("page.css");
const script = read("page.js");
const parts = {
  STYLE: style,
  STYLE_HASH: hash(style),
  SCRIPT: script,
  SCRIPT_HASH: hash(script),
  PROGRAM: gzipSync(readFileSync(program), { level: 9 }).toString("base64"),
  LICENSES: escaped(readFileSync(licenses, "utf8")),
  VERSION: escaped(version),
};
const page = read("page.html").replace(/@([A-Z_]+)@/g, (_, name) => parts[name]);
writeFileSync(output, page);
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(0)} kB`;
console.log(`${output}: ${kilobytes(Buffer.byteLength(page))}, compressed ${kilobytes(gzipSync(page, { level: 9 }).length)}`);
