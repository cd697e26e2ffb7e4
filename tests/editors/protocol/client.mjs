// The protocol's own client library through every feature of the server, with its typed requests. Stops at the first
// thing that is not as expected. Called by run.sh with a folder that holds a Dockerfile.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import protocol from "vscode-languageserver-protocol/node.js";

const folder = process.argv[2];
const uri = pathToFileURL(`${folder}/Dockerfile`).href;
const root = pathToFileURL(folder).href;
const textDocument = { uri };

const server = spawn(process.env.IMGLINT_PROGRAM, ["lsp", "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
const ended = new Promise((resolve) => server.on("exit", (code) => resolve(code)));
const connection = protocol.createProtocolConnection(
  new protocol.StreamMessageReader(server.stdout),
  new protocol.StreamMessageWriter(server.stdin),
);

// What the client is told and asked.
let published = new Map();
let waiting = [];
const wake = () => waiting.splice(0).forEach((resume) => resume());
const until = async (what, holds) => {
  const end = Date.now() + 20000;
  while (!holds()) {
    assert.ok(Date.now() < end, `waited in vain: ${what}; last: ${JSON.stringify([...published])}`);
    await Promise.race([new Promise((resume) => waiting.push(resume)), new Promise((r) => setTimeout(r, 200))]);
  }
};
const progress = [];
const edits = [];
let settings = {};
const registered = [];
let refreshed = 0;
connection.onNotification(protocol.PublishDiagnosticsNotification.type, (params) => {
  published.set(params.uri, params);
  wake();
});
connection.onRequest(protocol.ConfigurationRequest.type, () => [settings]);
connection.onRequest(protocol.RegistrationRequest.type, (params) => void registered.push(...params.registrations));
connection.onRequest(protocol.WorkDoneProgressCreateRequest.type, () => null);
connection.onProgress(protocol.WorkDoneProgress.type, "imglint-scan", (value) => {
  progress.push(value.kind);
  wake();
});
connection.onRequest(protocol.ApplyWorkspaceEditRequest.type, (params) => {
  edits.push(params.edit);
  wake();
  return { applied: true };
});
connection.onRequest(protocol.InlayHintRefreshRequest.type, () => void ++refreshed);
connection.onRequest(protocol.CodeLensRefreshRequest.type, () => void ++refreshed);
connection.onNotification(protocol.ShowMessageNotification.type, () => {});
connection.listen();

// The client's own copy of the text.
let text = readFileSync(`${folder}/Dockerfile`, "utf8");
let version = 1;
const offset = ({ line, character }) => text.split("\n").slice(0, line).join("\n").length + (line > 0 ? 1 : 0) + character;
const apply = (changes) => {
  const sorted = [...changes].sort((a, b) => offset(b.range.start) - offset(a.range.start));
  for (const { range, newText } of sorted)
    text = text.slice(0, offset(range.start)) + newText + text.slice(offset(range.end));
};
const change = async (range, newText) => {
  apply([{ range, newText }]);
  await connection.sendNotification(protocol.DidChangeTextDocumentNotification.type, {
    textDocument: { uri, version: ++version },
    contentChanges: [{ range, text: newText }],
  });
};
const range = (line, from, to) => ({ start: { line, character: from }, end: { line, character: to } });
const at = (line, character) => ({ textDocument, position: { line, character } });
const codes = () => (published.get(uri)?.diagnostics ?? []).map((one) => one.code).join(" ");
const ask = (type, params) => connection.sendRequest(type, params);

const capabilities = {
  general: { positionEncodings: ["utf-16"] },
  window: { workDoneProgress: true },
  workspace: {
    applyEdit: true,
    configuration: true,
    workspaceFolders: true,
    workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} },
    didChangeWatchedFiles: { dynamicRegistration: true },
    inlayHint: { refreshSupport: true },
    codeLens: { refreshSupport: true },
  },
  textDocument: {
    publishDiagnostics: {
      relatedInformation: true,
      versionSupport: true,
      codeDescriptionSupport: true,
      dataSupport: true,
      tagSupport: { valueSet: [1, 2] },
    },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "source.fixAll", "refactor"] } },
      isPreferredSupport: true,
    },
    hover: { contentFormat: ["markdown"] },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    rename: { prepareSupport: true },
    documentLink: { tooltipSupport: true },
  },
};
const started = await ask(protocol.InitializeRequest.type, {
  processId: process.pid,
  rootUri: root,
  workspaceFolders: [{ uri: root, name: "work" }],
  capabilities,
  initializationOptions: { moveTargets: ["ghcr.io/acme"], rulePages: "https://docs.example.com/rules#" },
});
assert.equal(started.capabilities.textDocumentSync.change, protocol.TextDocumentSyncKind.Incremental);
assert.equal(started.capabilities.diagnosticProvider, undefined, "the client does not pull");
await connection.sendNotification(protocol.InitializedNotification.type, {});
await connection.sendNotification(protocol.DidOpenTextDocumentNotification.type, {
  textDocument: { uri, languageId: "dockerfile", version, text },
});

// Diagnostics.
await until("diagnostics", () => codes() === "latest-tag redundant-registry missing-tag");
const [latest, redundant] = published.get(uri).diagnostics;
assert.deepEqual(latest.range, range(0, 8, 14));
assert.equal(latest.codeDescription.href, "https://docs.example.com/rules#latest-tag");
assert.equal(latest.relatedInformation[0].location.uri, uri);
assert.deepEqual(redundant.tags, [protocol.DiagnosticTag.Unnecessary]);
assert.equal(redundant.data.safety, "safe");
assert.equal(published.get(uri).version, 1);
await until("progress", () => progress.includes("end"));
assert.equal(progress[0], "begin");
assert.equal(registered[0].method, "workspace/didChangeWatchedFiles");

// Reading features.
const hover = await ask(protocol.HoverRequest.type, at(1, 8));
assert.match(hover.contents.value, /docker\.io\/library\/alpine:latest[^]*ARG TAG, line 1[^]*docker pull/);
const links = await ask(protocol.DocumentLinkRequest.type, { textDocument });
assert.ok(links.some((link) => link.target === "https://hub.docker.com/_/redis"));
const hints = await ask(protocol.InlayHintRequest.type, { textDocument, range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } } });
assert.deepEqual(hints.map((hint) => hint.label), ["= alpine:latest"]);
const lenses = await ask(protocol.CodeLensRequest.type, { textDocument });
assert.equal(lenses[0].command.title, "3 images, 3 without a digest");
const symbols = await ask(protocol.DocumentSymbolRequest.type, { textDocument });
assert.equal(symbols.find((one) => one.name === "web").children.length, 1);
const items = await ask(protocol.CompletionRequest.type, at(4, 12));
assert.equal(items.items[0].label, "web");

// Fixes.
const context = { diagnostics: [] };
let actions = await ask(protocol.CodeActionRequest.type, { textDocument, range: range(2, 8, 8), context });
const preferred = actions.find((action) => action.isPreferred);
assert.equal(preferred.edit.documentChanges[0].textDocument.version, 1);
assert.ok(actions.some((action) => action.title === "ignore redundant-registry here"));
assert.ok(actions.some((action) => action.kind === "refactor.rewrite.imglint"));
const all = await ask(protocol.CodeActionRequest.type, { textDocument, range: range(0, 0, 0), context: { ...context, only: ["source.fixAll"] } });
assert.deepEqual(all.map((action) => action.kind), ["source.fixAll.imglint"]);
assert.deepEqual(all[0].edit, preferred.edit);
for (const edit of preferred.edit.documentChanges[0].edits) await change(edit.range, edit.newText);
await until("the fix", () => codes() === "latest-tag missing-tag" && published.get(uri).version === version);
assert.match(text, /\nFROM nginx:1\.27 AS web\n/);

// Moves: the server asks for the edit.
await ask(protocol.ExecuteCommandRequest.type, {
  command: "imglint.move",
  arguments: [{ uri, scope: "file", to: "ghcr.io/acme" }],
});
await until("the move", () => edits.length === 1);
assert.ok(edits[0].changeAnnotations.imglint.label.includes("ghcr.io/acme"));
for (const edit of [...edits[0].documentChanges[0].edits].reverse()) await change(edit.range, edit.newText);
assert.match(text, /FROM ghcr\.io\/acme\/nginx:1\.27 AS web/);

// Rename.
assert.deepEqual(await ask(protocol.PrepareRenameRequest.type, at(4, 13)), range(4, 12, 15));
const renamed = await ask(protocol.RenameRequest.type, { ...at(4, 13), newName: "site" });
assert.equal(renamed.documentChanges[0].edits.length, 2);
await assert.rejects(ask(protocol.RenameRequest.type, { ...at(4, 13), newName: "1" }), { code: -32803 });

// Typing with characters of two units; the server's text is the client's.
await change(range(0, 0, 0), "# 😀😀\n");
await change(range(0, 2, 4), "");
await change({ start: { line: 1, character: 8 }, end: { line: 1, character: 14 } }, "3.20");
await until("typing", () => codes() === "missing-tag" && published.get(uri).version === version);
assert.deepEqual(published.get(uri).diagnostics[0].range, range(4, 18, 23));

// A configuration on the disk, told by watching; settings, told by asking.
writeFileSync(`${folder}/.imglint.yaml`, "rules: {missing-tag: error}\n");
await connection.sendNotification(protocol.DidChangeWatchedFilesNotification.type, {
  changes: [{ uri: `${root}/.imglint.yaml`, type: protocol.FileChangeType.Created }],
});
await until("the configuration", () => published.get(uri).diagnostics[0]?.severity === 1);
settings = { ignore: ["missing-tag"] };
await connection.sendNotification(protocol.DidChangeConfigurationNotification.type, { settings: null });
await until("the settings", () => codes() === "");
await until("refreshing", () => refreshed >= 2);

// Cancellation and errors.
const source = new protocol.CancellationTokenSource();
const cancelled = connection.sendRequest(protocol.HoverRequest.type, at(1, 8), source.token);
source.cancel();
await cancelled.then(
  () => {},
  (error) => assert.equal(error.code, protocol.LSPErrorCodes.RequestCancelled),
);
await assert.rejects(connection.sendRequest("imglint/nothing", {}), { code: protocol.ErrorCodes.MethodNotFound });

await ask(protocol.ShutdownRequest.type, undefined);
await connection.sendNotification(protocol.ExitNotification.type);
assert.equal(await ended, 0);
connection.dispose();
console.log("protocol client: ok");
