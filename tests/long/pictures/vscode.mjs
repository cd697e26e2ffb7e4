// Drives Visual Studio Code in Chromium: vscode.mjs ADDRESS FOLDER. Each step waits for what it expects, and fails if it
// does not come.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const [address, folder] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: 1000, height: 560 } });
page.setDefaultTimeout(60000);
const file = (name) => readFileSync(`${folder}/${name}`, "utf8");
const picture = async (name) => {
  await page.waitForTimeout(700); // for what fades in
  await page.screenshot({ path: `${process.env.IMGLINT_PICTURES}/${name}.png` });
};
const done = (what) => console.log(`vscode: ${what}`);
const has = (selector, text) => page.locator(selector, { hasText: text }).first().waitFor();
const keys = async (...pressed) => {
  for (const key of pressed) await page.keyboard.press(key);
};
const until = async (what, holds) => {
  for (let i = 0; i < 300 && !holds(); ++i) await page.waitForTimeout(100);
  assert.ok(holds(), what);
};
const open = async (name) => {
  await keys("Control+p");
  await page.locator(".quick-input-widget input").first().waitFor();
  await page.keyboard.type(name);
  await has(".quick-input-list .monaco-list-row", name);
  await keys("Enter");
  await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
};
const goTo = async (line, column) => {
  await keys("Control+g");
  await page.locator(".quick-input-widget input").first().waitFor();
  await page.waitForTimeout(300);
  await page.keyboard.type(`${line}:${column}`);
  await page.waitForTimeout(300);
  await keys("Enter");
  await page.waitForTimeout(300);
};
const command = async (title) => {
  await keys("F1");
  await page.locator(".quick-input-widget input").first().waitFor();
  await page.keyboard.type(title);
  await has(".quick-input-list .monaco-list-row", title);
  await keys("Enter");
};

process.on("uncaughtException", async (error) => {
  console.error(error);
  await page.screenshot({ path: "/tmp/imglint-pictures-failed.png" });
  process.exit(1);
});

await page.goto(`${address}/?folder=${folder}`);
await page.locator(".monaco-workbench .explorer-folders-view").waitFor();
await open("Dockerfile");

await page.locator(".squiggly-warning").first().waitFor();
await has(".statusbar-item", "imglint");
await has(".codelens-decoration", "3 images, 3 without a digest");
done("squiggles, code lens, status item");
await has(".view-line", "= alpine:latest");
done("inlay hint");

await keys("Control+Shift+M");
await has(".markers-panel .monaco-list-row", "latest-tag");
await has(".markers-panel .monaco-list-row", "redundant-registry");
await picture("vscode-problems");
done("rows in the problems panel");
await keys("Control+j");

await page.locator(".view-line", { hasText: "= alpine:latest" }).hover({ position: { x: 65, y: 9 } });
await has(".monaco-hover", "docker pull docker.io/library/alpine:latest");
await picture("vscode-hover");
done("hover");
await page.mouse.move(900, 500);

await goTo(6, 12);
await keys("Control+.");
await has(".action-widget", "write the short name");
await has(".action-widget", "ignore redundant-registry here");
await picture("vscode-quick-fix");
await page.locator(".action-widget .monaco-list-row", { hasText: "write the short name" }).first().click();
await has(".view-line", /FROM\snginx:1\.27/);
done("quick fix");

await goTo(10, 40);
await page.keyboard.type("\nCOPY --from=");
await keys("Control+Space");
await has(".suggest-widget .monaco-list-row", "build");
await has(".suggest-widget .monaco-list-row", "web");
await picture("vscode-completion");
await page.locator(".suggest-widget .monaco-list-row", { hasText: "web" }).first().click();
await page.keyboard.type(" /usr/share/nginx/html /pages");
await has(".view-line", /--from=web/);
done("completion of stages");

await keys("Control+s");
await until("saved", () => file("Dockerfile").includes("COPY --from=web /usr/share/nginx/html /pages"));
assert.ok(file("Dockerfile").includes("FROM nginx:1.27 AS web\n"), file("Dockerfile"));
await goTo(6, 6);
await page.keyboard.type("docker.io/library/");
await has(".view-line", /docker\.io\/library\/nginx/);
await page.locator(".squiggly-warning").first().waitFor();
await page.waitForTimeout(1500);
await keys("Control+s");
await has(".view-line", /FROM\snginx:1\.27/);
await until("fixed on saving", () => !file("Dockerfile").includes("docker.io"));
done("fix on save");

await command("Move the Images of This File to");
await has(".quick-input-list .monaco-list-row", "ghcr.io/acme");
await keys("Enter");
await has(".view-line", /FROM\sghcr\.io\/acme\/nginx:1\.27/);
await keys("Control+s");
await until("moved", () => file("Dockerfile").includes("FROM ghcr.io/acme/golang:1.23-bookworm AS build\n"));
await page.waitForTimeout(500);
await picture("vscode-moved");
done("move of the images of a file");

await command("Notifications: Clear All Notifications");
await open("compose.yaml");
await has(".codelens-decoration", "images");
await page.locator(".squiggly-warning, .squiggly-error").first().waitFor();
await picture("vscode-compose");
done("compose file");
await browser.close();
