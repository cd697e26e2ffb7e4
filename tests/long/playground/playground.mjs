// Drives the playground in Chromium: playground.mjs PROGRAM PAGE FIXTURES.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";

const [program, file, fixtures] = process.argv.slice(2);
const address = `file://${file}`;
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const sizes = { narrow: { width: 390, height: 844 }, wide: { width: 1400, height: 900 } };
const done = (what) => console.log(`playground: ${what}`);

const open = async ({ size = "wide", colorScheme = "light", hash = "" } = {}) => {
  const context = await browser.newContext({ viewport: sizes[size], colorScheme });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await context.newPage();
  const troubles = [];
  page.on("console", (message) => troubles.push(message.text()));
  page.on("pageerror", (error) => troubles.push(String(error)));
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== address) troubles.push(request.url());
  });
  await page.goto(address + hash);
  await page.waitForFunction(() => performance.getEntriesByName("first move").length > 0);
  page.finish = async () => {
    assert.deepEqual(troubles, [], "the page asks for something, or breaks");
    await context.close();
  };
  return page;
};
/** What is shown once the page has done what was typed. */
const settle = (page) => page.waitForFunction(() => document.getElementById("main").getAttribute("aria-busy") !== "true");
const put = async (page, fields) => {
  for (const [id, text] of Object.entries(fields)) await page.locator(`#${id}`).evaluate((field, value) => {
    field.value = value;
    field.dispatchEvent(new Event("input"));
  }, text);
  await settle(page);
};
const shown = (page) => page.evaluate(() => ({
  findings: [...document.querySelectorAll("#findings > li:has(mark)")].map((item) => {
    const [head, line] = item.children;
    return { head: head.textContent, marked: line.querySelector("mark").textContent, rule: item.querySelector("summary").textContent };
  }),
  summary: document.getElementById("summary").textContent,
  troubles: document.getElementById("troubles").textContent,
  moved: document.getElementById("moved").value ?? "",
  notes: document.getElementById("notes").textContent,
}));
const run = (words, input, cwd = "/") => spawnSync(program, words, { input, cwd, encoding: "utf8", env: {} });

// The page says and moves what the program does, on every kind of file of the fixtures.
{
  const page = await open();
  const files = [];
  const collect = (folder, depth) => {
    for (const name of readdirSync(folder).sort()) {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) { if (depth > 0) collect(path, depth - 1); }
      else if (/Dockerfile$|\.ya?ml$/.test(name) && !name.startsWith(".imglint") && statSync(path).size < 20000) files.push(path);
    }
  };
  collect(join(fixtures, "check"), 1);
  collect(join(fixtures, "demo"), 0);
  const cases = files.map((path) => [basename(path), readFileSync(path, "utf8")]);
  for (const line of readdirSync(join(fixtures, "pipelines")).filter((name) => name.endsWith(".jsonl"))) {
    const each = JSON.parse(readFileSync(join(fixtures, "pipelines", line), "utf8").split("\n")[0]);
    const [name, text] = Object.entries(each.files)[0];
    cases.push([name, text]);
  }
  let compared = 0, found = 0, moved = 0;
  for (const [name, text] of cases) {
    if (/\r|\0|\ufffd/.test(text)) continue; // a text field has no such lines and bytes
    await put(page, { name, text, to: "r.example.com/m" });
    const page_says = await shown(page);
    const checked = run(["check", "--format=json", `--stdin-filename=${name}`, "-"], text);
    const findings = JSON.parse(checked.stdout).findings;
    assert.deepEqual(page_says.findings.map((each) => each.rule), findings.map((each) => each.rule), name);
    findings.forEach((each, index) => assert.ok(
      page_says.findings[index].head.startsWith(`${each.severity} ${each.line}:${each.column} ${each.message}`), `${name}: ${page_says.findings[index].head}`));
    const bytes = Buffer.from(text);
    findings.forEach((each, index) => assert.equal(
      page_says.findings[index].marked, bytes.subarray(each.start, each.end).toString().split("\n")[0], name));
    assert.equal(page_says.summary, checked.stderr.trimEnd().split("\n").at(-1), name);
    const retargeted = run(["retarget", "--to=r.example.com/m", `--stdin-filename=${name}`, "-"], text);
    assert.equal(page_says.moved, retargeted.stdout, name);
    assert.equal(page_says.notes, retargeted.stderr.trimEnd(), name);
    ++compared;
    found += findings.length;
    moved += retargeted.stdout !== text;
  }
  assert.ok(compared > 100 && found > 100 && moved > 50, `${compared} ${found} ${moved}`);
  await page.finish();
  done(`${compared} files: ${found} findings and ${moved} moves as the program's`);
}

// Narrow and wide, light and dark; with nothing wider than the window.
for (const size of Object.keys(sizes))
  for (const colorScheme of ["light", "dark"]) {
    const page = await open({ size, colorScheme });
    await put(page, { text: `FROM nginx # ${"x".repeat(300)}\nFROM ${"long/".repeat(20)}name:latest\n` });
    const faults = await page.evaluate(() => {
      const width = document.documentElement.clientWidth;
      const out = [...document.querySelectorAll("mark, pre, summary, button, input, textarea, select, h1")].filter((each) =>
        [...each.getClientRects()].some((box) => box.right > width + 1 || box.left < -1));
      if (document.documentElement.scrollWidth > width) out.push(document.body);
      return out.map((each) => each.outerHTML.slice(0, 120));
    });
    assert.deepEqual(faults, [], `${size}: cut off`);
    const ink = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.equal(ink, colorScheme === "dark" ? "rgb(13, 17, 23)" : "rgb(255, 255, 255)");
    await page.finish();
  }
done("narrow and wide, light and dark");

// By keyboard alone: an example, a finding and what its rule wants, the safe fixes, a move that is gone on with.
{
  const page = await open();
  const focus = async (id) => {
    for (let presses = 0; presses < 60; ++presses) {
      if (await page.evaluate((wanted) => document.activeElement.id === wanted, id)) return;
      await page.keyboard.press("Tab");
    }
    assert.fail(`${id} cannot be reached`);
  };
  await focus("example");
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), "none", "focus is seen");
  await page.keyboard.press("ArrowDown");
  await settle(page);
  assert.equal(await page.locator("#name").inputValue(), "compose.yaml");
  await focus("share");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  const selected = await page.evaluate(() => {
    const field = document.getElementById("text");
    return document.activeElement === field && field.value.slice(field.selectionStart, field.selectionEnd);
  });
  assert.equal(selected, (await shown(page)).findings[0].marked, "a finding leads to its text");
  await page.locator("#findings summary").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("#findings details pre").textContent !== "");
  const rule = (await shown(page)).findings[0].rule;
  assert.equal(await page.locator("#findings details pre").first().textContent(), run(["explain", rule]).stdout);
  await focus("to");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("r.example.com/shop");
  await settle(page);
  const { moved } = await shown(page);
  assert.match(moved, /r\.example\.com\/shop\/postgres/);
  await focus("copy");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.getElementById("copied").textContent !== "");
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), moved);
  await focus("take");
  await page.keyboard.press("Enter");
  await settle(page);
  assert.equal(await page.locator("#text").inputValue(), moved);
  const text = "FROM index.docker.io/library/nginx:1.27\n";
  await put(page, { name: "Dockerfile", text });
  const fixed = run(["check", "--fix", "--stdin-filename=Dockerfile", "-"], text).stdout;
  assert.notEqual(fixed, text);
  await page.locator("#fix").focus();
  await page.keyboard.press("Enter");
  await settle(page);
  assert.equal(await page.locator("#text").inputValue(), fixed);
  await page.finish();
  done("by keyboard");
}

// A link brings everything back; one that is not whole says so.
{
  const page = await open();
  const fields = { name: "x/compose.yml", text: "services:\n  a: {image: \"ü🐳/postgres\"}\n", to: "ghcr.io/ü", policy: "rules:\n  missing-tag: error\n" };
  await put(page, fields);
  await page.locator("#share").click();
  await page.waitForFunction(() => document.getElementById("shared").textContent === "Copied");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(link, page.url());
  const before = await shown(page);
  const hash = link.slice(link.indexOf("#"));
  const again = await open({ hash });
  for (const [id, text] of Object.entries(fields)) assert.equal(await again.locator(`#${id}`).inputValue(), text);
  assert.deepEqual(await shown(again), before);
  await page.finish();
  await again.finish();
  const broken = await open({ hash: hash.slice(0, 40) });
  assert.equal(await broken.locator("#name").inputValue(), "Dockerfile", "an example");
  await broken.finish();
  done("links");
}

// Hostile texts stay texts, and what is too much for a browser is said; the next text is answered.
{
  const page = await open();
  const evil = "<img src=x onerror=\"window.broken=1\"></pre><script>window.broken=1</script>";
  await put(page, { name: evil, text: `FROM nginx${evil}\nFROM nginx:latest # ${evil}\n`, to: evil, policy: evil });
  await put(page, { policy: "" });
  assert.equal(await page.evaluate(() => window.broken), undefined);
  assert.equal(await page.locator("img").count(), 0);
  for (const [name, text] of [
    ["compose.yaml", `services: {a: ${"[".repeat(50000)}`],
    ["compose.yaml", `services:\n  a:\n    x: ${"{a: ".repeat(1900)}1${"}".repeat(1900)}\n    image: redis:latest\n`],
    ["Dockerfile", `FROM ${"${A:-".repeat(20000)}x${"}".repeat(20000)}\n`],
    ["Dockerfile", "FROM nginx:latest\n".repeat(5000)],
  ]) {
    await put(page, { name, text, to: "r.example.com" });
    const { findings, troubles } = await shown(page);
    assert.ok(findings.length > 0 || troubles !== "", text.slice(0, 30));
    done(`${name} of ${text.length} bytes: ${findings.length} findings ${troubles.slice(0, 100)}`);
    await put(page, { name: "Dockerfile", text: "FROM nginx:latest\n" });
    assert.deepEqual((await shown(page)).findings.map((each) => each.rule), ["latest-tag"]);
  }
  await page.finish();
  done("hostile texts");
}

// Nothing can leave the page, whatever a script in it tried.
{
  const page = await browser.newPage();
  await page.goto(address);
  const refused = await page.evaluate(async () => {
    let count = 0;
    addEventListener("securitypolicyviolation", () => { ++count; });
    await fetch("http://127.0.0.1:9/").catch(() => {});
    try { new WebSocket("ws://127.0.0.1:9/"); } catch { /* refused at once */ }
    document.body.append(Object.assign(new Image(), { src: "http://127.0.0.1:9/" }));
    await new Promise((resolve) => setTimeout(resolve, 300));
    return count;
  });
  assert.ok(refused >= 3, `${refused} refused`);
  await page.close();
  done("no connection is allowed");
}

for (const [size, colorScheme] of [["wide", "light"], ["narrow", "dark"]]) {
  const page = await open({ size, colorScheme });
  await page.screenshot({ path: `${process.env.IMGLINT_PICTURES}/playground-${size}.png` });
  await page.finish();
}

// Size and start: the best of five, for other work on the machine is none of its.
{
  const bytes = readFileSync(file);
  const compressed = gzipSync(bytes, { level: 9 }).length;
  done(`${bytes.length} bytes, compressed ${compressed}`);
  assert.ok(compressed < 1.5e6, "larger than 1.5 MB");
  const times = [], moves = []; // findings, and the moved file behind them
  for (let count = 0; count < 5; ++count) {
    const page = await open();
    times.push(await page.evaluate(() => performance.getEntriesByName("first answer")[0].startTime));
    moves.push(await page.evaluate(() => performance.getEntriesByName("first move")[0].startTime));
    await page.finish();
  }
  const listed = (all) => all.map((time) => time.toFixed(0)).join(", ");
  done(`first answer after ${listed(times)} ms, the moved file after ${listed(moves)} ms`);
  assert.ok(Math.min(...times) < 200, "slower than 200 ms");
  const page = await open();
  const again = await page.evaluate(async () => {
    const begin = performance.now();
    await answer();
    return performance.now() - begin;
  });
  done(`the next answer after ${again.toFixed(1)} ms`);
  await page.finish();
}

await browser.close();
