// Positions in bytes, in UTF-16 units and in code points, as client and server agree; and an end without goodbye.
import assert from "node:assert/strict";
import protocol from "vscode-languageserver-protocol/node.js";
import { Session } from "./session.mjs";

const text = "# é😀\nservices: {a: {labels: [é😀], image: redis}}\n";

async function counts(folder, offered, agreed) {
  const session = new Session(folder);
  await session.start({
    general: { positionEncodings: offered },
    textDocument: { publishDiagnostics: { versionSupport: true } },
  });
  assert.equal(session.encoding, agreed);
  const file = await session.open("compose.yaml", "dockercompose", text);
  await file.showing("missing-tag");
  assert.deepEqual(file.shown.diagnostics[0].range, file.find("redis"));
  // Each edit is told in the units that were agreed on, and behind characters that each counts differently.
  await file.change(file.find("😀\nservices"), "€😀\nservices");
  await file.change(file.find("😀], image: redis"), "€😀😀], image: postgres");
  await file.showing("missing-tag");
  assert.deepEqual(file.shown.diagnostics[0].range, file.find("postgres"));
  const hover = await session.ask(protocol.HoverRequest.type, { ...file.id, position: file.find("postgres").start });
  assert.deepEqual(hover.range, file.find("postgres"));
  await session.end();
}

export async function encodings(folder) {
  await counts(folder, undefined, "utf-16");
  await counts(folder, ["utf-16"], "utf-16");
  await counts(folder, ["utf-8", "utf-16"], "utf-8");
  await counts(folder, ["utf-32", "utf-16"], "utf-32");
}

export async function endsWithItsInput(folder) {
  const session = new Session(folder);
  await session.start({});
  session.connection.dispose();
  session.input.end();
  assert.notEqual(await session.ended, null, "it ends by itself");
}
