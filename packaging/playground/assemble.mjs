// Makes one page of everything: assemble.mjs PROGRAM.wasm VERSION LICENSES OUTPUT.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const [program, version, licenses, output] = process.argv.slice(2);

// What the program may import. page.js answers some; the rest would need a disk or other programs, and is refused with `not supported`.
// More of it says that code got in which the page cannot use: see the lists in cmake/imglint_playground.cmake.
const imports = new Set(`
  clock_time_get emscripten_notify_memory_growth environ_get environ_sizes_get fd_write getentropy proc_exit
  __call_sighandler __syscall_chmod __syscall_fchmod __syscall_fstat64 __syscall_fstatat64 __syscall_ftruncate64 __syscall_getcwd
  __syscall_getdents64 __syscall_lstat64 __syscall_mkdir __syscall_pipe __syscall_poll __syscall_readlink __syscall_rmdir
  __syscall_stat64 __syscall_symlink __syscall_unlink fd_close fd_fdstat_get fd_pread fd_read fd_seek
`.trim().split(/\s+/));
const more = WebAssembly.Module.imports(new WebAssembly.Module(readFileSync(program)))
  .map(({ name }) => name)
  .filter((name) => !imports.has(name));
if (more.length > 0) {
  console.error(`${program}: imports ${more.join(", ")}, which the list in assemble.mjs has not`);
  process.exit(1);
}

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
