// Files of other kinds as the editor opens them: what is found, its fix, a hover, a completion and a move.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import protocol from "vscode-languageserver-protocol/node.js";
import { Session } from "./session.mjs";

const pod = (image) =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n    - name: web\n      image: ${image}\n`;

const files = [
  { name: "pod.yaml", language: "yaml", text: pod("docker.io/library/nginx") },
  {
    name: ".devcontainer/devcontainer.json",
    language: "jsonc",
    text: '// ours\n{\n  "image": "docker.io/library/nginx", // of the team\n}\n',
  },
  {
    name: "docker-bake.hcl",
    language: "hcl",
    text: 'target "web" {\n  contexts = { base = "docker-image://docker.io/library/nginx" }\n}\n',
  },
  {
    name: ".github/workflows/test.yml",
    language: "github-actions-workflow",
    text: "on: push\njobs:\n  web:\n    runs-on: ubuntu-latest\n    container: docker.io/library/nginx\n",
  },
];

const capabilities = {
  workspace: { applyEdit: true, workspaceEdit: { documentChanges: true } },
  textDocument: {
    publishDiagnostics: { versionSupport: true, dataSupport: true },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "source.fixAll"] } } },
    hover: { contentFormat: ["markdown"] },
  },
};

async function works(session, { name, language, text }) {
  const file = await session.open(name, language, text);
  await session.until(`findings in ${name}`, () => file.codes.includes("missing-tag"));
  const image = file.find("docker.io/library/nginx");
  const hover = await session.ask(protocol.HoverRequest.type, { ...file.id, position: image.start });
  assert.match(hover.contents.value, /docker\.io\/library\/nginx/, name);
  const actions = await session.ask(protocol.CodeActionRequest.type, {
    ...file.id,
    range: { start: image.end, end: image.end },
    context: { diagnostics: [] },
  });
  const silencing = actions.find((action) => action.title === "ignore missing-tag here");
  await file.make(silencing.edit.documentChanges[0].edits);
  await session.until(`nothing more in ${name}`, () => !file.codes.includes("missing-tag") && file.shown.version === file.version);

  const moved = session.edits.length;
  const move = { command: "imglint.move", arguments: [{ uri: file.uri, scope: "file", to: "ghcr.io/acme" }] };
  await session.ask(protocol.ExecuteCommandRequest.type, move);
  await session.until(`a move of ${name}`, () => session.edits.length > moved);
  await file.make(session.edits.at(-1).documentChanges[0].edits);
  assert.ok(file.text.includes("ghcr.io/acme/nginx") && !file.text.includes("docker.io/"), file.text);
}

async function completes(session) {
  const file = await session.open("other.yaml", "yaml", pod("g"));
  const items = await session.ask(protocol.CompletionRequest.type, { ...file.id, position: file.find("image: g").end });
  assert.ok(items.items.some((item) => item.label.includes("nginx")), JSON.stringify(items));
}

export async function kinds(folder) {
  mkdirSync(folder, { recursive: true });
  const session = new Session(folder);
  await session.start(capabilities, { moveTargets: ["ghcr.io/acme"] });
  for (const one of files) await works(session, one);
  await completes(session);
  await session.end();
}
