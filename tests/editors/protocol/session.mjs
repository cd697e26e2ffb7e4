// A client of the protocol's own library: it starts a server, keeps what it is told, and has its own copy of each text.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { pathToFileURL } from "node:url";
import protocol from "vscode-languageserver-protocol/node.js";

export const range = (line, from, to) => ({ start: { line, character: from }, end: { line, character: to } });

const measures = {
  "utf-8": (text) => Buffer.byteLength(text),
  "utf-16": (text) => text.length,
  "utf-32": (text) => [...text].length,
};

/// An open document. Its positions are counted in the units that client and server have agreed on.
class Document {
  constructor(session, uri, text) {
    Object.assign(this, { session, uri, text, version: 1 });
  }
  get id() {
    return { textDocument: { uri: this.uri } };
  }
  at(line, character) {
    return { ...this.id, position: { line, character } };
  }
  offset({ line, character }) {
    const lines = this.text.split("\n");
    const before = lines.slice(0, line).join("\n").length + (line > 0 ? 1 : 0);
    const measure = measures[this.session.encoding];
    let end = 0;
    for (const letter of lines[line]) {
      if (measure(lines[line].slice(0, end)) >= character) break;
      end += letter.length;
    }
    return before + end;
  }
  /// The positions of the first place where a text stands.
  find(part) {
    const begin = this.text.indexOf(part);
    assert.ok(begin >= 0, `'${part}' in ${this.text}`);
    const place = (offset) => {
      const lines = this.text.slice(0, offset).split("\n");
      return { line: lines.length - 1, character: measures[this.session.encoding](lines.at(-1)) };
    };
    return { start: place(begin), end: place(begin + part.length) };
  }
  async change(where, newText) {
    this.text = this.text.slice(0, this.offset(where.start)) + newText + this.text.slice(this.offset(where.end));
    await this.session.tell(protocol.DidChangeTextDocumentNotification.type, {
      textDocument: { uri: this.uri, version: ++this.version },
      contentChanges: [{ range: where, text: newText }],
    });
  }
  /// Edits of one answer, from the last to the first.
  async make(edits) {
    for (const edit of [...edits].sort((a, b) => this.offset(b.range.start) - this.offset(a.range.start)))
      await this.change(edit.range, edit.newText);
  }
  get shown() {
    return this.session.published.get(this.uri);
  }
  get codes() {
    return (this.shown?.diagnostics ?? []).map((one) => one.code).join(" ");
  }
  /// Until what is shown of the text as it stands now has these codes.
  showing(codes) {
    return this.session.until(`'${codes}'`, () => this.codes === codes && this.shown?.version === this.version);
  }
}

export class Session {
  published = new Map();
  progress = [];
  edits = [];
  messages = [];
  registered = [];
  refreshed = new Set();
  settings = {};
  encoding = "utf-16";
  #waiting = [];

  constructor(folder) {
    this.root = pathToFileURL(folder).href;
    const server = spawn(process.env.IMGLINT_PROGRAM, ["lsp", "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
    this.ended = new Promise((resolve) => server.on("exit", (code) => resolve(code)));
    this.input = server.stdin;
    this.connection = protocol.createProtocolConnection(
      new protocol.StreamMessageReader(server.stdout),
      new protocol.StreamMessageWriter(server.stdin),
    );
    this.#listen();
  }

  #listen() {
    const told = (type, take) => this.connection.onNotification(type, (params) => (take(params), this.#wake()));
    const asked = (type, take) => this.connection.onRequest(type, (params) => (this.#wake(), take(params)));
    told(protocol.PublishDiagnosticsNotification.type, (params) => this.published.set(params.uri, params));
    told(protocol.ShowMessageNotification.type, (params) => this.messages.push(params.message));
    asked(protocol.ConfigurationRequest.type, () => [this.settings]);
    asked(protocol.RegistrationRequest.type, (params) => void this.registered.push(...params.registrations));
    asked(protocol.WorkDoneProgressCreateRequest.type, () => null);
    asked(protocol.ApplyWorkspaceEditRequest.type, (params) => (this.edits.push(params.edit), { applied: true }));
    asked(protocol.InlayHintRefreshRequest.type, () => void this.refreshed.add("hints"));
    asked(protocol.CodeLensRefreshRequest.type, () => void this.refreshed.add("lenses"));
    asked(protocol.DiagnosticRefreshRequest.type, () => void this.refreshed.add("diagnostics"));
    this.connection.onProgress(protocol.WorkDoneProgress.type, "imglint-scan", (value) => {
      this.progress.push(value.kind);
      this.#wake();
    });
    this.connection.listen();
  }

  #wake() {
    this.#waiting.splice(0).forEach((resume) => resume());
  }
  async until(what, holds) {
    const end = Date.now() + 20000;
    while (!holds()) {
      assert.ok(Date.now() < end, `waited in vain for ${what}; last: ${JSON.stringify([...this.published])}`);
      await Promise.race([new Promise((resume) => this.#waiting.push(resume)), new Promise((r) => setTimeout(r, 200))]);
    }
  }
  ask(type, params, token) {
    return this.connection.sendRequest(type, params, token);
  }
  tell(type, params) {
    return this.connection.sendNotification(type, params);
  }

  async start(capabilities, options) {
    const started = await this.ask(protocol.InitializeRequest.type, {
      processId: process.pid,
      rootUri: this.root,
      workspaceFolders: [{ uri: this.root, name: "work" }],
      capabilities,
      initializationOptions: options,
    });
    this.encoding = started.capabilities.positionEncoding ?? "utf-16";
    await this.tell(protocol.InitializedNotification.type, {});
    return started.capabilities;
  }
  async open(name, languageId, text) {
    const document = new Document(this, new URL(name, `${this.root}/`).href, text);
    await this.tell(protocol.DidOpenTextDocumentNotification.type, {
      textDocument: { uri: document.uri, languageId, version: 1, text },
    });
    return document;
  }
  watched(name, type) {
    return this.tell(protocol.DidChangeWatchedFilesNotification.type, { changes: [{ uri: `${this.root}/${name}`, type }] });
  }
  async end() {
    await this.ask(protocol.ShutdownRequest.type, undefined);
    await this.tell(protocol.ExitNotification.type);
    assert.equal(await this.ended, 0);
    this.connection.dispose();
  }
}
