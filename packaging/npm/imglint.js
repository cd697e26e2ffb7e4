#!/usr/bin/env node
// Starts the program of the platform's package, an optional dependency of this one.
const { spawnSync } = require("child_process");

const platform = `imglint-${process.platform}-${process.arch}`;
let program;
try {
  program = require.resolve(`${platform}/bin/imglint`);
} catch {
  console.error(`imglint: the package ${platform} is not installed; there may be none, or optional ones were left out`);
  process.exit(2);
}
const { error, signal, status } = spawnSync(program, process.argv.slice(2), { stdio: "inherit" });
if (error) console.error(`imglint: ${error.message}`);
if (signal) process.kill(process.pid, signal);
process.exit(error ? 2 : status);
