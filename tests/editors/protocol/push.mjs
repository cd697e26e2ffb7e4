// A client that is told diagnostics, through every feature.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import protocol from "vscode-languageserver-protocol/node.js";
import { range, Session } from "./session.mjs";

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

async function startsAndShows(session, text) {
  const offered = await session.start(capabilities, { moveTargets: ["ghcr.io/acme"], rulePages: "https://docs.example.com/rules#" });
  assert.equal(offered.textDocumentSync.change, protocol.TextDocumentSyncKind.Incremental);
  assert.equal(offered.diagnosticProvider, undefined, "the client does not pull");
  const file = await session.open("Dockerfile", "dockerfile", text);
  await file.showing("latest-tag redundant-registry missing-tag");
  const [latest, redundant] = file.shown.diagnostics;
  assert.deepEqual(latest.range, range(0, 8, 14));
  assert.equal(latest.codeDescription.href, "https://docs.example.com/rules#latest-tag");
  assert.equal(latest.relatedInformation[0].location.uri, file.uri);
  assert.deepEqual(redundant.tags, [protocol.DiagnosticTag.Unnecessary]);
  assert.equal(redundant.data.safety, "safe");
  await session.until("progress", () => session.progress.includes("end"));
  assert.equal(session.progress[0], "begin");
  assert.equal(session.registered[0].method, "workspace/didChangeWatchedFiles");
  return file;
}

async function reads(session, file) {
  const hover = await session.ask(protocol.HoverRequest.type, file.at(1, 8));
  assert.match(hover.contents.value, /docker\.io\/library\/alpine:latest[^]*ARG TAG, line 1[^]*docker pull/);
  const links = await session.ask(protocol.DocumentLinkRequest.type, file.id);
  assert.ok(links.some((link) => link.target === "https://hub.docker.com/_/redis"));
  const whole = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
  const hints = await session.ask(protocol.InlayHintRequest.type, { ...file.id, range: whole });
  assert.deepEqual(hints.map((hint) => hint.label), ["= alpine:latest"]);
  const lenses = await session.ask(protocol.CodeLensRequest.type, file.id);
  assert.equal(lenses[0].command.title, "3 images, 3 without a digest");
  const symbols = await session.ask(protocol.DocumentSymbolRequest.type, file.id);
  assert.equal(symbols.find((one) => one.name === "web").children.length, 1);
  const stages = await session.ask(protocol.CompletionRequest.type, file.at(4, 12));
  assert.equal(stages.items[0].label, "web");
  const images = await session.ask(protocol.CompletionRequest.type, file.at(3, 5));
  const labels = images.items.map((item) => item.label);
  for (const label of ["web", "docker.io/library/nginx:1.27", "docker.io/"]) assert.ok(labels.includes(label), label);
}

async function fixes(session, file) {
  const context = { diagnostics: [] };
  const actions = await session.ask(protocol.CodeActionRequest.type, { ...file.id, range: range(2, 8, 8), context });
  const preferred = actions.find((action) => action.isPreferred);
  assert.equal(preferred.edit.documentChanges[0].textDocument.version, 1);
  assert.ok(actions.some((action) => action.kind === "refactor.rewrite.imglint"));
  const all = await session.ask(protocol.CodeActionRequest.type, {
    ...file.id,
    range: range(0, 0, 0),
    context: { ...context, only: ["source.fixAll"] },
  });
  assert.deepEqual(all.map((action) => action.kind), ["source.fixAll.imglint"]);
  assert.deepEqual(all[0].edit, preferred.edit);
  await file.make(preferred.edit.documentChanges[0].edits);
  await file.showing("latest-tag missing-tag");
  assert.match(file.text, /\nFROM nginx:1\.27 AS web\n/);

  const here = await session.ask(protocol.CodeActionRequest.type, { ...file.id, range: range(3, 6, 6), context });
  await file.make(here.find((action) => action.title === "ignore missing-tag here").edit.documentChanges[0].edits);
  await file.showing("latest-tag");
  await file.change({ start: { line: 3, character: 0 }, end: { line: 4, character: 0 } }, "");
  await file.showing("latest-tag missing-tag");
}

async function moves(session, file) {
  const move = { command: "imglint.move", arguments: [{ uri: file.uri, scope: "file", to: "ghcr.io/acme" }] };
  await session.ask(protocol.ExecuteCommandRequest.type, move);
  await session.until("the move", () => session.edits.length === 1);
  const [edit] = session.edits;
  assert.ok(edit.changeAnnotations.imglint.label.includes("ghcr.io/acme"));
  assert.equal(edit.documentChanges[0].textDocument.version, file.version);
  await file.make(edit.documentChanges[0].edits);
  assert.match(file.text, /FROM ghcr\.io\/acme\/nginx:1\.27 AS web/);
}

async function renames(session, file) {
  assert.deepEqual(await session.ask(protocol.PrepareRenameRequest.type, file.at(4, 13)), range(4, 12, 15));
  await assert.rejects(session.ask(protocol.RenameRequest.type, { ...file.at(4, 13), newName: "1" }), { code: -32803 });
  const renamed = await session.ask(protocol.RenameRequest.type, { ...file.at(4, 13), newName: "site" });
  await file.make(renamed.documentChanges[0].edits);
  assert.match(file.text, /nginx:1\.27 AS site\n[^]*--from=site /);
}

/// Characters of two units; the server's text is the client's.
async function types(file) {
  await file.change(range(0, 0, 0), "# 😀😀\n");
  await file.change(range(0, 2, 4), "");
  await file.change({ start: { line: 1, character: 8 }, end: { line: 1, character: 14 } }, "3.20");
  await file.showing("missing-tag");
  assert.deepEqual(file.shown.diagnostics[0].range, file.find("redis"));
}

/// A configuration on the disk, told by watching; settings, told by asking.
async function isConfigured(session, file, folder) {
  writeFileSync(`${folder}/.imglint.yaml`, "rules: {missing-tag: error}\n");
  await session.watched(".imglint.yaml", protocol.FileChangeType.Changed);
  await session.until("the configuration", () => file.shown.diagnostics[0]?.severity === 1);
  session.settings = { ignore: ["missing-tag"] };
  await session.tell(protocol.DidChangeConfigurationNotification.type, { settings: null });
  await file.showing("");
  await session.until("refreshing", () => session.refreshed.has("hints") && session.refreshed.has("lenses"));
  session.settings = { ignore: "missing-tag" };
  await session.tell(protocol.DidChangeConfigurationNotification.type, { settings: null });
  await session.until("a word about the setting", () => session.messages.some((one) => one.includes("'ignore'")));
  await file.showing("missing-tag");
}

/// One that is cancelled while it waits behind another is answered with an error, the other as ever.
async function cancels(session, file) {
  const source = new protocol.CancellationTokenSource();
  const answers = Promise.allSettled([
    session.ask(protocol.CompletionRequest.type, file.at(2, 8)),
    session.ask(protocol.HoverRequest.type, file.at(2, 8), source.token),
  ]);
  source.cancel();
  const [first, second] = await answers;
  assert.equal(first.status, "fulfilled");
  if (second.status === "rejected") assert.equal(second.reason.code, protocol.LSPErrorCodes.RequestCancelled);
  await assert.rejects(session.ask("imglint/nothing", {}), { code: protocol.ErrorCodes.MethodNotFound });
}

export async function push(folder, text) {
  const session = new Session(folder);
  const file = await startsAndShows(session, text);
  await reads(session, file);
  await fixes(session, file);
  await moves(session, file);
  await renames(session, file);
  await types(file);
  await isConfigured(session, file, folder);
  await cancels(session, file);
  await session.tell(protocol.DidCloseTextDocumentNotification.type, file.id);
  await session.until("nothing of a closed file", () => file.codes === "");
  await session.end();
}
