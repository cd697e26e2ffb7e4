#include "lsp/requests/update_digests.hpp"

#include <algorithm>
#include <memory>

#include "base/printable.hpp"
#include "check/suppression_index.hpp"
#include "registry/lock.hpp"
#include "retarget/prove.hpp"
#include "source/read_file.hpp"

namespace imglint::lsp {
namespace {

const PinOptions update_options{.update = true};

/// The text of the lock that the policy of a file has, and where it is: in a folder above it.
std::unique_ptr<Source> lock_of(const View& view) {
  const std::optional<DigestLock>& known = view.workspace.policy(view.open.path).lock;
  if (!known) return nullptr;
  std::string folder = view.open.path;
  while (folder.size() > 1) {
    folder = folder.substr(0, folder.rfind('/'));
    const std::string path = folder + "/" + std::string(digest_lock_name);
    auto content = read_file(view.workspace.files(), path, 64u << 20);
    if (!content) continue;
    const auto lock = read_digest_lock(content->bytes);
    if (!lock || lock->images != known->images) return nullptr;
    return std::make_unique<Source>(path, std::move(content->bytes));
  }
  return nullptr;
}

/// The lock's new text in place of the old one; nothing if it stays as it is.
std::vector<Edit> lock_edits(const Source& source, const DigestAnswers& answers, std::string_view today) {
  auto lock = read_digest_lock(source.bytes());
  if (!lock) return {};
  for (const auto& [image, answer] : answers.found) record(*lock, image, answer, today);
  std::string text = digest_lock_text(*lock);
  if (text == source.bytes()) return {};
  return {{.source = &source,
           .span = {0, static_cast<std::uint32_t>(source.bytes().size())},
           .text = std::move(text)}};
}

std::string line_of(const Unresolved& one) {
  if (!one.place.source) return one.refusal.message;
  return "line " + std::to_string(one.place.source->position(one.place.span.begin).line) + ": " +
         printable(one.refusal.message);
}

}  // namespace

std::vector<PinUse> uses_to_update(const View& view) {
  const Document* document = &view.document();
  SuppressionIndex excuses(*document, view.workspace.policy(view.open.path));
  return pin_uses({&document, 1}, update_options, [&](const Document&, const ImageUse& use) {
    return excuses.silences("require-digest", use.span);
  });
}

std::vector<CodeAction> digest_actions(const View& view) {
  const std::vector<PinUse> uses = uses_to_update(view);
  const bool any =
      std::any_of(uses.begin(), uses.end(), [](const PinUse& use) { return !use.image.empty(); });
  if (!any) return {};
  const std::string title = "update the digests of this file (asks its registries)";
  return {{.title = title,
           .kind = "refactor.rewrite.imglint",
           .command = Command{.title = title, .name = "imglint.updateDigests", .uri = view.open.uri}}};
}

UpdatedDigests plan_updates(const View& view, const DigestAnswers& answers, std::string_view today) {
  const LoadOptions load = view.workspace.load_options();
  Project project;
  load_project({FoundFile{.path = view.open.path, .kind = view.document().kind, .named = true}}, load,
               view.workspace.files(), project);
  UpdatedDigests result;
  if (project.files.empty() || !project.files.front().document) return result;
  const View fresh{view.open, view.workspace, project.files.front(), view.places, view.settings};
  const std::vector<PinUse> uses = uses_to_update(fresh);
  RetargetPlan plan = plan_pins(project.documents(), uses, answers.digests, update_options);
  prove_plan(plan, project, {.load = load, .files = view.workspace.files()});
  std::vector<Edit> edits;
  for (const EditSet& set : plan.edits) edits.insert(edits.end(), set.edits().begin(), set.edits().end());
  result.changed = edits.size();
  const std::unique_ptr<Source> lock = lock_of(view);
  if (lock)
    for (Edit& edit : lock_edits(*lock, answers, today)) edits.push_back(std::move(edit));
  result.edit = view.places.workspace_edit(edits);
  result.edit.annotation = "update digests";
  for (const Unresolved& one : plan.unresolved) result.left.push_back(line_of(one));
  return result;
}

}  // namespace imglint::lsp
