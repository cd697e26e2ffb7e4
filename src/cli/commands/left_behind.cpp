#include "cli/commands/left_behind.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "base/counted.hpp"
#include "kinds/kind.hpp"
#include "retarget/elsewhere.hpp"

namespace imglint {
namespace {

constexpr std::string_view scripts = "scripts";
constexpr std::string_view docs = "docs";

/// Whether a file may hold something that was left out: it is of a kind that was, or of one in whose files
/// scripts stand. The others were read as they are.
bool may_hold_more(const KindInfo& kind, const std::vector<std::string>& added) {
  if (!kind.include.empty()) return std::ranges::find(added, kind.include) != added.end();
  const bool holds_no_scripts =
      kind.is_built || kind.reads_env_files || kind.is_coupled || kind.is_asked_first || kind.has_chart;
  return !holds_no_scripts && std::ranges::find(added, scripts) != added.end();
}

/// Whether the line of a use names where images go as well: it is about the move, as a plan is.
bool is_about_move(const PlannedMove& move, const std::vector<std::string>& targets) {
  const Source& source = *move.document->source;
  const std::string_view line = source.text(source.line(source.position(move.use->span.begin).line));
  return std::ranges::any_of(targets,
                             [&](const std::string& target) { return line.find(target) != line.npos; });
}

}  // namespace

LeftBehind count_left_behind(const CommonOptions& options, LoadHooks hooks, const Mapping& mapping,
                             const RetargetOptions& move, const Session& session) {
  LeftBehind left;
  CommonOptions wider = options;
  std::vector<std::string> added;
  for (const std::string_view word : {scripts, docs})
    if (std::ranges::find(options.include, word) == options.include.end()) added.emplace_back(word);
  wider.include.insert(wider.include.end(), added.begin(), added.end());
  auto load = load_options(wider);
  const bool only_project = options.paths.empty() && !options.compose_files.empty();
  if (added.empty() || only_project || !load) return left;
  load->contexts_of = std::move(hooks.contexts_of);
  load->places_of = std::move(hooks.places_of);
  load->given = options.paths.empty() ? std::vector<std::string>{"."} : options.paths;
  Discovery found = discover(session.files, load->given,
                             {.no_ignore = options.no_ignore,
                              .force_exclude = options.force_exclude,
                              .changes = options.changes,
                              .choose = std::move(hooks.choose),
                              .include = wider.include,
                              .jobs = options.jobs});
  std::erase_if(found.files, [&](const FoundFile& file) { return !may_hold_more(*file.kind, added); });
  Project project;
  load_project(std::move(found.files), *load, session.files, project);
  const auto planned = plan_retarget(project.documents(), mapping, move);
  const auto* plan = std::get_if<RetargetPlan>(&planned);
  if (!plan) return left;
  std::set<const Document*> documents;
  const std::vector<std::string> targets = targets_of(mapping);
  for (const PlannedMove& one : plan->moves) {
    const std::string_view include = one.document->part_of(*one.use).kind->include;
    if (std::ranges::find(added, include) == added.end() || is_about_move(one, targets)) continue;
    if (include == docs)
      documents.insert(one.document);
    else
      ++left.commands;
  }
  left.documents = documents.size();
  return left;
}

std::string left_behind_message(const LeftBehind& left) {
  std::string what;
  std::string words;
  if (left.commands > 0) {
    what = counted(left.commands, "command line");
    words = scripts;
  }
  if (left.documents > 0) {
    what += (what.empty() ? "" : ", ") + counted(left.documents, "document");
    words += (words.empty() ? "" : ",") + std::string(docs);
  }
  return what.empty() ? what : "left behind: " + what + " (--include " + words + ")\n";
}

}  // namespace imglint
