// Neovim and Emacs in a terminal of tmux, and pictures of what stands there. Called in a folder with a Dockerfile.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chromium } from "playwright-core";

const { IMGLINT_PROGRAM: program, IMGLINT_SOURCE: source, IMGLINT_PICTURES: pictures } = process.env;
const tmux = (...words) => execFileSync("tmux", ["-L", "imglint", "-f", "/dev/null", ...words], { encoding: "utf8" });
const sleep = (milliseconds) => new Promise((resume) => setTimeout(resume, milliseconds));
const screen = () => tmux("capture-pane", "-p", "-t", "t");
const shows = async (text) => {
  for (let i = 0; i < 300 && !screen().includes(text); ++i) await sleep(100);
  assert.ok(screen().includes(text), `'${text}' in\n${screen()}`);
};
const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

const palette = "#2e3436 #cc0000 #4e9a06 #c4a000 #3465a4 #75507b #06989a #d3d7cf #555753 #ef2929 #8ae234 #fce94f #729fcf #ad7fa8 #34e2e2 #eeeeec".split(" ");
const color = (number) => {
  if (number < 16) return palette[number];
  if (number > 231) return `rgb(${Array(3).fill(8 + 10 * (number - 232))})`;
  const part = (value) => (value === 0 ? 0 : 55 + 40 * value);
  const cube = number - 16;
  return `rgb(${[Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map(part)})`;
};

/// The next style, after the numbers of an escape sequence.
const restyled = (style, numbers) => {
  const next = { ...style };
  for (let i = 0; i < numbers.length; ++i) {
    const n = numbers[i];
    if (n === 0) for (const key of Object.keys(next)) delete next[key];
    else if (n === 1) next.bold = true;
    else if (n === 3) next.italic = true;
    else if (n === 4) next.underline = true;
    else if (n === 7) next.reverse = true;
    else if (n === 22) delete next.bold;
    else if (n === 24) delete next.underline;
    else if (n === 27) delete next.reverse;
    else if (n === 39) delete next.front;
    else if (n === 49) delete next.back;
    else if (n === 38 || n === 48) {
      const rgb = numbers[i + 1] === 2;
      next[n === 38 ? "front" : "back"] = rgb ? `rgb(${numbers.slice(i + 2, i + 5)})` : color(numbers[i + 2]);
      i += rgb ? 4 : 2;
    } else if (n >= 30 && n <= 37) next.front = color(n - 30);
    else if (n >= 40 && n <= 47) next.back = color(n - 40);
    else if (n >= 90 && n <= 97) next.front = color(n - 82);
    else if (n >= 100 && n <= 107) next.back = color(n - 92);
  }
  return next;
};
const css = ({ bold, italic, underline, reverse, front = "#d3d7cf", back = "#1e1e1e" }) =>
  `color:${reverse ? back : front};background:${reverse ? front : back};` +
  `${bold ? "font-weight:bold;" : ""}${italic ? "font-style:italic;" : ""}${underline ? "text-decoration:underline;" : ""}`;

const page_of = (text) => {
  let style = {};
  const escaped = (part) => part.replace(/[&<>]/g, (one) => `&#${one.charCodeAt(0)};`);
  const html = text.replace(/\x1b\[[0-9;:]*[A-LN-Za-z]|\x0f/g, (one) => (one.endsWith("m") ? one : "")).split(/(\x1b\[[0-9;:]*m)/);
  const spans = html.map((part) => {
    const sequence = /^\x1b\[([0-9;:]*)m$/.exec(part);
    if (!sequence) return part ? `<span style="${css(style)}">${escaped(part)}</span>` : "";
    style = restyled(style, sequence[1].split(/[;:]/).map(Number));
    return "";
  });
  return `<body style="margin:0;background:#1e1e1e"><pre style="margin:0;padding:10px;font:14px/18px 'DejaVu Sans Mono'">${spans.join("")}</pre></body>`;
};

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const picture = async (name) => {
  const page = await browser.newPage({ viewport: { width: 980, height: 18 * 20 + 20 } });
  await page.setContent(page_of(tmux("capture-pane", "-e", "-p", "-t", "t")));
  await page.screenshot({ path: `${pictures}/${name}.png` });
  await page.close();
};
const start = (...words) =>
  tmux("new-session", "-d", "-s", "t", "-x", "114", "-y", "20", "-e", "TERM=screen-256color", words.map(quoted).join(" "));
const keys = (...words) => tmux("send-keys", "-t", "t", ...words);

start("nvim", "-n", "--clean", "--cmd", `let g:imglint_program = '${program}'`, "--cmd", `luafile ${source}/editors/neovim/imglint.lua`,
  "-c", "set number laststatus=0 | highlight SignColumn ctermbg=NONE", "Dockerfile");
await shows("tag 'latest' is whatever was pushed last");
keys("6G", "8l", ":lua vim.lsp.buf.code_action()", "Enter");
await shows("write the short name");
await picture("neovim");
keys("1", "Enter");
await shows("FROM nginx:1.27 AS web");
tmux("kill-server");
console.log("neovim: findings and a fix");

await sleep(500);
const lisp = `(progn (package-initialize) (require 'dockerfile-mode) (load "${source}/editors/emacs/imglint-eglot.el" nil t)
  (setq imglint-program "${program}" inhibit-startup-screen t) (menu-bar-mode -1) (add-hook 'dockerfile-mode-hook 'eglot-ensure))`;
start("emacs", "-nw", "-q", "--eval", lisp, "Dockerfile");
await shows("ARG TAG=latest");
await shows("Flymake[");
await sleep(3000);
keys("M-x", "flymake-show-buffer-diagnostics", "Enter");
await shows("whatever was pushed last");
await picture("emacs");
tmux("kill-server");
console.log("emacs: findings in the list of Flymake");
await browser.close();
