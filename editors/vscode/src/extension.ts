// Runs `imglint lsp` and adds what a server cannot: questions to the user, a status item, a log.
import * as vscode from "vscode";
import { languages, patterns } from "./selectors";
import { LanguageClient, LanguageClientOptions, ServerOptions, State } from "vscode-languageclient/node";

type Scope = "image" | "file" | "workspace";

let client: LanguageClient | undefined;
let status: vscode.StatusBarItem;

const settings = () => vscode.workspace.getConfiguration("imglint");

function showState(state: State): void {
  const words = { [State.Stopped]: "$(error) imglint", [State.Starting]: "$(sync~spin) imglint", [State.Running]: "$(check) imglint" };
  status.text = words[state];
  status.tooltip = state === State.Stopped ? "The server does not run; click for its log" : "Click for the log of imglint";
}

async function start(): Promise<void> {
  const server: ServerOptions = { command: settings().get("path", "imglint"), args: ["lsp"] };
  const options: LanguageClientOptions = {
    documentSelector: [...languages.map((language) => ({ language })), ...patterns.map((pattern) => ({ scheme: "file", pattern }))],
    synchronize: { configurationSection: "imglint" },
    initializationOptions: settings(),
  };
  client = new LanguageClient("imglint", "imglint", server, options);
  client.onDidChangeState((event) => showState(event.newState));
  try {
    await client.start();
  } catch {
    const choice = await vscode.window.showErrorMessage(`imglint: '${server.command}' does not run`, "Set the Path", "Show the Log");
    if (choice === "Set the Path") await vscode.commands.executeCommand("workbench.action.openSettings", "imglint.path");
    if (choice === "Show the Log") client.outputChannel.show();
  }
}

async function restart(): Promise<void> {
  await client?.stop().catch(() => undefined);
  await start();
}

/// Where to: one of the known targets, or what the user writes.
async function askTarget(): Promise<string | undefined> {
  const targets = settings().get<string[]>("moveTargets", []);
  const other = "Another registry…";
  const choice = targets.length > 0 ? await vscode.window.showQuickPick([...targets, other], { title: "Move images to" }) : other;
  if (choice !== other) return choice;
  return vscode.window.showInputBox({ title: "Move images to", prompt: "HOST[/NAMESPACE]", placeHolder: "ghcr.io/acme" });
}

async function move(scope: Scope): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!client || !editor) return;
  const to = await askTarget();
  if (!to) return;
  const { line, character } = editor.selection.active;
  const argument = { uri: client.code2ProtocolConverter.asUri(editor.document.uri), position: { line, character }, scope, to };
  try {
    await client.sendRequest("workspace/executeCommand", { command: "imglint.move", arguments: [argument] });
  } catch (error) {
    await vscode.window.showErrorMessage(`imglint: ${error instanceof Error ? error.message : error}`);
  }
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  status = vscode.window.createStatusBarItem("imglint.status", vscode.StatusBarAlignment.Right);
  status.name = "imglint";
  status.command = "imglint.showLog";
  showState(State.Starting);
  status.show();
  const register = vscode.commands.registerCommand;
  context.subscriptions.push(
    status,
    register("imglint.moveImage", () => move("image")),
    register("imglint.moveFile", () => move("file")),
    register("imglint.moveWorkspace", () => move("workspace")),
    register("imglint.restart", restart),
    register("imglint.showLog", () => client?.outputChannel.show()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("imglint.path")) void restart();
    }),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
