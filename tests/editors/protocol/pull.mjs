// A client that asks for diagnostics, with files that belong together and more than one folder.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import protocol from "vscode-languageserver-protocol/node.js";
import { Session } from "./session.mjs";

const capabilities = {
  workspace: {
    applyEdit: true,
    workspaceFolders: true,
    workspaceEdit: { documentChanges: true },
    diagnostics: { refreshSupport: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
  },
  textDocument: { diagnostic: { relatedDocumentSupport: false }, codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } } },
};

/// The codes that an answer holds.
const ask = async (session, file, previousResultId) => {
  const answer = await session.ask(protocol.DocumentDiagnosticRequest.type, { ...file.id, previousResultId });
  return { ...answer, codes: (answer.items ?? []).map((one) => one.code).join(" ") };
};

/// What a compose buffer gives to a Dockerfile's, neither of them saved.
async function judgedTogether(session, compose, dockerfile) {
  assert.equal((await ask(session, dockerfile)).codes, "");
  await compose.change(compose.find("3.20"), "latest");
  const answer = await ask(session, dockerfile);
  assert.deepEqual(answer.items.map((one) => one.code), [], "the cause is in the compose file");
  const cause = await ask(session, compose);
  assert.equal(cause.codes, "latest-tag");
  assert.equal((await ask(session, compose, cause.resultId)).kind, "unchanged");
  await session.until("a wish to be asked again", () => session.refreshed.has("diagnostics"));
}

async function renamesInBoth(session, compose, dockerfile) {
  const answer = await session.ask(protocol.RenameRequest.type, {
    ...dockerfile.id,
    position: dockerfile.find("build\n").start,
    newName: "made",
  });
  for (const change of answer.documentChanges)
    await (change.textDocument.uri === compose.uri ? compose : dockerfile).make(change.edits);
  assert.match(dockerfile.text, /AS made\n/);
  assert.match(compose.text, /target: made\n/);
}

async function environmentCounts(session, compose, folder) {
  await compose.change(compose.find("latest"), "3.20");
  assert.equal((await ask(session, compose)).codes, "");
  writeFileSync(`${folder}/.env`, "REDIS=latest\n");
  await session.watched(".env", protocol.FileChangeType.Created);
  const hover = await session.ask(protocol.HoverRequest.type, { ...compose.id, position: compose.find("REDIS").start });
  assert.match(hover.contents.value ?? hover.contents, /redis:latest/);
  await session.until("the cause in .env", () => session.published.get(`${session.root}/.env`)?.diagnostics.length === 1);
}

/// What the files of a folder use is offered once the folder is one of the client's.
async function foldersCome(session, folder) {
  mkdirSync(`${folder}/../other/below`, { recursive: true });
  writeFileSync(`${folder}/../other/below/Dockerfile`, "FROM busybox:1.36\n");
  const file = await session.open("../other/Dockerfile", "dockerfile", "FROM \n");
  const labels = async () => {
    const answer = await session.ask(protocol.CompletionRequest.type, file.at(0, 5));
    return answer.items.map((item) => item.label);
  };
  assert.deepEqual(await labels(), []);
  const added = [{ uri: new URL("../other", `${session.root}/`).href, name: "other" }];
  await session.tell(protocol.DidChangeWorkspaceFoldersNotification.type, { event: { added, removed: [] } });
  assert.deepEqual(await labels(), ["busybox", "busybox:1.36"]);
}

export async function pull(folder) {
  mkdirSync(folder, { recursive: true });
  const session = new Session(folder);
  const offered = await session.start(capabilities);
  assert.equal(offered.diagnosticProvider.interFileDependencies, true);
  assert.equal(offered.workspace.workspaceFolders.supported, true);
  const dockerfile = await session.open("Dockerfile", "dockerfile", "ARG TAG=3.19\nFROM alpine:$TAG AS build\nFROM build\n");
  const compose = await session.open(
    "compose.yaml",
    "dockercompose",
    "services:\n  app:\n    build:\n      context: .\n      target: build\n      args:\n        TAG: '3.20'\n  cache:\n    image: redis:${REDIS:-7.4}\n",
  );
  await judgedTogether(session, compose, dockerfile);
  await renamesInBoth(session, compose, dockerfile);
  await environmentCounts(session, compose, folder);
  await foldersCome(session, folder);
  assert.deepEqual([...session.published.keys()], [`${session.root}/.env`], "told only of what nobody asks about");
  await session.end();
}
