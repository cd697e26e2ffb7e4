// Requests that end in edits: code actions, commands, rename.
#include <algorithm>

#include "lsp/requests/fixes.hpp"
#include "lsp/requests/move_images.hpp"
#include "lsp/requests/rename.hpp"
#include "lsp/requests/update_digests.hpp"
#include "lsp/server.hpp"
#include "lsp/server_view.hpp"

namespace imglint::lsp {
namespace {

/// A kind is asked for by itself or by a longer one's beginning: `source.fixAll` asks for
/// `source.fixAll.imglint`.
bool is_wanted(std::string_view kind, const std::vector<std::string>& only) {
  return only.empty() || std::any_of(only.begin(), only.end(), [&](const std::string& wanted) {
           return kind == wanted || wanted.empty() ||
                  (kind.starts_with(wanted) && kind.substr(wanted.size()).starts_with('.'));
         });
}

constexpr std::string_view fix_all_kind = "source.fixAll.imglint";
constexpr std::string_view fix_all_title = "make all safe fixes of imglint";

ResponseError failed(std::string message) { return {ErrorCode::request_failed, std::move(message)}; }

}  // namespace

Answer Server::code_actions(const CodeActionParams& params) {
  return with_view(params.uri, [&](const View& view) -> Answer {
    std::vector<CodeAction> actions;
    const auto add = [&](std::vector<CodeAction> more) {
      std::move(more.begin(), more.end(), std::back_inserter(actions));
    };
    if (is_wanted("quickfix", params.only)) {
      add(quick_fixes(view, params.range));
      add(ignore_actions(view, params.range));
    }
    if (is_wanted(fix_all_kind, params.only))
      if (auto edit = fix_all(view))
        add({{.title = std::string(fix_all_title),
              .kind = std::string(fix_all_kind),
              .edit = std::move(edit),
              .command = Command{
                  .title = std::string(fix_all_title), .name = "imglint.fixAll", .uri = params.uri}}});
    if (is_wanted("refactor.rewrite.imglint", params.only) && client_.apply_edit) {
      add(move_actions(view, params.range));
      if (digest_service_) add(digest_actions(view));
    }
    Json array = Json::array();
    for (const CodeAction& action : actions) array.push_back(to_json(action, client_));
    return array;
  });
}

/// The client makes the edit; whether it did is its own business.
Answer Server::apply(const std::string& label, const WorkspaceEdit& edit) {
  if (edit.files.empty()) return Json(nullptr);
  dispatcher_.ask("workspace/applyEdit", {{"label", label}, {"edit", to_json(edit, client_)}},
                  [this](const Json& result) {
                    const auto applied = result.is_object() ? result.find("applied") : result.end();
                    if (applied == result.end() || *applied != true)
                      show_message(2, "the editor did not make the edit");
                  });
  return Json(nullptr);
}

Answer Server::move(const View& view, const CommandParams& params) {
  const auto scope = move_scope_named(params.scope.empty() ? "file" : params.scope);
  if (!scope) return ResponseError{ErrorCode::invalid_params, "'scope' is image, file or workspace"};
  if (params.to.empty() && !view.workspace.configured_move())
    return ResponseError{ErrorCode::invalid_params,
                         "'to' is missing, HOST[/NAMESPACE], and the configuration does not say where to"};
  auto planned = plan_moves(view, *scope, params.position, params.to);
  if (auto* problem = std::get_if<std::string>(&planned)) return failed(std::move(*problem));
  const PlannedMoves& moves = std::get<PlannedMoves>(planned);
  const std::size_t left = moves.left.size();
  std::string message =
      std::to_string(moves.moved) + (moves.moved == 1 ? " reference moves" : " references move");
  if (left > 0) message += ", " + std::to_string(left) + (left == 1 ? " stays" : " stay");
  for (std::size_t i = 0; i < std::min<std::size_t>(moves.left.size(), 5); ++i)
    message += "\n" + moves.left[i];
  show_message(left > 0 ? 2 : 3, message);
  return apply(moves.edit.annotation, moves.edit);
}

/// The answers come later, while other messages are handled.
Answer Server::begin_update(const View& view) {
  if (!digest_service_) return failed("this server asks no registries");
  const std::vector<PinUse> uses = uses_to_update(view);
  Workspace& workspace = view.workspace;
  digest_service_->begin(
      uses, [&workspace](const std::string& path) -> const Policy& { return workspace.policy(path); });
  updating_ = view.open.uri;
  return Json(nullptr);
}

bool Server::go_on_updating() {
  const auto answers = digest_service_->advance();
  if (!answers) return true;
  const std::string uri = std::exchange(updating_, {});
  static_cast<void>(with_view(uri, [&](const View& view) -> Answer {
    const UpdatedDigests updated = plan_updates(view, *answers, today_());
    std::string message = updated.changed == 0 ? "no digest is another one"
                          : updated.changed == 1
                              ? "1 digest is another one"
                              : std::to_string(updated.changed) + " digests are other ones";
    for (std::size_t i = 0; i < std::min<std::size_t>(updated.left.size(), 5); ++i)
      message += "\n" + updated.left[i];
    show_message(updated.left.empty() ? 3 : 2, message);
    return apply("update digests", updated.edit);
  }));
  return true;
}

Answer Server::execute(const CommandParams& params) {
  const bool known = params.command == "imglint.move" || params.command == "imglint.fix" ||
                     params.command == "imglint.updateDigests" || params.command == "imglint.fixAll" ||
                     params.command == "imglint.ignore";
  if (!known) return ResponseError{ErrorCode::invalid_params, "no command '" + params.command + "'"};
  if (!client_.apply_edit && client_.code_action_literals) return failed("the client takes no edits");
  if (!documents_.find(params.uri))
    return ResponseError{ErrorCode::invalid_params, "'uri' is no open document"};
  if (params.command == "imglint.move")
    return with_whole_view(params.uri, [&](const View& view) { return move(view, params); });
  return with_view(params.uri, [&](const View& view) -> Answer {
    if (params.command == "imglint.updateDigests") return begin_update(view);
    if (params.command == "imglint.fixAll") {
      const auto edit = fix_all(view);
      return edit ? apply(std::string(fix_all_title), *edit) : Answer(Json(nullptr));
    }
    const Position at = params.position.value_or(Position{});
    for (const CodeAction& action :
         params.command == "imglint.fix" ? quick_fixes(view, {at, at}) : ignore_actions(view, {at, at}))
      if (action.edit && (params.rule.empty() || action.diagnostics.front().code == params.rule))
        return apply(action.title, *action.edit);
    return failed("there is nothing to be done here");
  });
}

void Server::add_edits() {
  dispatcher_.on_request<CodeActionParams>("textDocument/codeAction",
                                           [this](const auto& params) { return code_actions(params); });
  dispatcher_.on_request<CommandParams>("workspace/executeCommand",
                                        [this](const auto& params) { return execute(params); });
  dispatcher_.on_request<PositionParams>("textDocument/prepareRename", [this](const auto& params) {
    return with_view(params.uri, [&](const View& view) -> Answer {
      const auto range = renamable_at(view, params.position);
      return range ? to_json(*range) : Json(nullptr);
    });
  });
  dispatcher_.on_request<RenameParams>("textDocument/rename", [this](const auto& params) {
    return with_whole_view(params.uri, [&](const View& view) -> Answer {
      auto renamed = rename_stage(view, params.position, params.name);
      if (auto* problem = std::get_if<std::string>(&renamed)) return failed(std::move(*problem));
      return to_json(std::get<WorkspaceEdit>(renamed), client_);
    });
  });
}

}  // namespace imglint::lsp
