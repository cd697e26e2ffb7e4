// Makes the page of the playground and looks at it: playground_page_test.mjs ASSEMBLE.mjs FOLDER.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

const [assemble, folder] = process.argv.slice(2);
const node = (...words) => spawnSync(process.execPath, words, { encoding: "utf8" });

/** A program that takes the import, and gives the answer to every question. */
const program = (imported, answer) => {
  const number = (value) => (value < 128 ? [value] : [(value & 127) | 128, ...number(value >> 7)]);
  const sized = (bytes) => [...number(bytes.length), ...bytes];
  const text = (value) => sized([...Buffer.from(value)]);
  const list = (items) => [...number(items.length), ...items.flat()];
  const section = (id, ...items) => [id, ...sized(list(items))];
  const i32 = 0x7f, constant = 0x41, end = 0x0b, kind = { code: 0, memory: 2 };
  const question_at = [0x80, 0x08], answer_at = [0x80, 0x80, 0x04]; // 1024 and 65536, with a sign
  const types = [[[], []], [[i32], [i32]], [[i32], []], [[i32, i32], [i32]]]
    .map(([takes, gives]) => [0x60, ...list(takes), ...list(gives)]);
  return Buffer.from([
    0, ...Buffer.from("asm"), 1, 0, 0, 0,
    ...section(1, ...types),
    ...section(2, [...text("env"), ...text(imported), kind.code, 0]),
    ...section(3, [1], [2], [3]),
    ...section(5, [0, 2]),
    ...section(7, [...text("memory"), kind.memory, 0], [...text("malloc"), kind.code, 1], [...text("free"), kind.code, 2],
      [...text("imglint_answer"), kind.code, 3]),
    ...section(10, sized([0, constant, ...question_at, end]), sized([0, end]), sized([0, constant, ...answer_at, end])),
    ...section(11, [0, constant, ...answer_at, end, ...text(JSON.stringify(answer) + "\0")]),
  ]);
};

const told = "no findings in 1 file";
const report = JSON.stringify({ findings: [], summary: { safe_fixes: 0 } });
const stub = join(folder, "program.wasm"), licenses = join(folder, "licenses");
writeFileSync(stub, program("clock_time_get", { code: 0, out: report, err: told + "\n" }));
writeFileSync(licenses, "A & B <script>");
const pages = ["one.html", "two.html"].map((name) => {
  const made = node(assemble, stub, "1.2.3", licenses, join(folder, name));
  assert.equal(made.status, 0, made.stderr);
  return readFileSync(join(folder, name), "utf8");
});
const page = pages[0];
assert.equal(pages[1], page, "made twice it is the same");

// All of it is in the page, as it may stand there.
assert.doesNotMatch(page, /@[A-Z_]+@/, "a part was not filled in");
assert.match(page, /<pre>A &amp; B &lt;script><\/pre>/);
assert.match(page, /imglint 1\.2\.3</);
const [, style] = page.match(/<style>([^]*?)<\/style>/);
const [, packed] = page.match(/<script type="application\/octet-stream" id="program">([^]*?)<\/script>/);
const [, script] = page.match(/<script>([^]*?)<\/script>/);
assert.deepEqual(gunzipSync(Buffer.from(packed, "base64")), readFileSync(stub));
assert.equal(script, readFileSync(new URL("../packaging/playground/page.js", import.meta.url), "utf8"), "its script ends too early");

// Nothing is asked for: no address, and a policy that allows this style and this script alone.
assert.doesNotMatch(page, /https?:|\b(src|srcset|href|action)\s*=|url\(|@import/);
assert.doesNotMatch(script, /\b(fetch|import|importScripts)\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon/);
const [, policy] = page.match(/http-equiv="Content-Security-Policy" content="([^"]*)"/);
const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
assert.deepEqual(policy.split("; "), [
  "default-src 'none'", `style-src ${hash(style)}`, `script-src ${hash(script)} 'wasm-unsafe-eval'`, "base-uri 'none'", "form-action 'none'",
]);

// The script is JavaScript, starts the program and shows what it answers.
writeFileSync(join(folder, "script.js"), script);
const checked = node("--check", join(folder, "script.js"));
assert.equal(checked.status, 0, checked.stderr);
const element = () => ({ textContent: "", value: "", selectedIndex: 0, append() {}, replaceChildren() {}, addEventListener() {} });
const elements = { program: { textContent: packed } };
await new Promise((resolve) => {
  const browser = {
    document: { getElementById: (id) => (elements[id] ??= element()), createElement: element },
    location: { hash: "" },
    performance: { mark: (name) => { if (name === "first move") resolve(); } },
    Option: class {},
    addEventListener() {},
  };
  new Function(...Object.keys(browser), script)(...Object.values(browser));
});
assert.equal(elements.summary.textContent, told);
assert.equal(elements.moved.value, report);

// A program that needs more than the page has becomes none.
writeFileSync(stub, program("sock_connect", {}));
const refused = node(assemble, stub, "1.2.3", licenses, join(folder, "three.html"));
assert.equal(refused.status, 1);
assert.match(refused.stderr, /: imports sock_connect, which the list in assemble\.mjs has not/);
assert.ok(!existsSync(join(folder, "three.html")));
