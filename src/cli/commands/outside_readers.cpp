#include "cli/commands/outside_readers.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include "base/printable.hpp"
#include "base/quote.hpp"
#include "kinds/kind.hpp"
#include "project/coupled.hpp"

namespace imglint {
namespace {

/// Edits of files that are no documents of the run, by resolved path.
using EnvironmentEdits = std::map<std::string, const EditSet*>;

EnvironmentEdits environment_edits(const RetargetPlan& plan, const Project& run, FileSystem& files) {
  EnvironmentEdits edits;
  for (const EditSet& set : plan.edits) {
    const bool is_document = std::ranges::any_of(
        run.files, [&](const ProjectFile& file) { return file.source.get() == &set.source(); });
    if (is_document) continue;
    if (auto path = files.resolve(set.source().path())) edits.emplace(*std::move(path), &set);
  }
  return edits;
}

class ReaderSearch {
 public:
  ReaderSearch(EnvironmentEdits edits, const Project& run, FileSystem& files)
      : edits_(std::move(edits)), files_(files) {
    for (const ProjectFile& file : run.files)
      if (auto path = files.resolve(file.source->path())) own_.insert(*std::move(path));
  }

  void look_at(const Document& document) {
    const auto path = files_.resolve(document.source->path());
    if (path && own_.contains(*path)) return;
    for (const ImageUse& use : document.uses) {
      if (!use.active) continue;
      for (const auto* variables :
           {&use.value.variables, &use.open_value.variables, &document.platform_of(use).variables})
        for (const Variable& variable : *variables) look_at(document, use, variable.place);
    }
  }

  [[nodiscard]] std::vector<RetargetNote> take() && { return std::move(notes_); }

 private:
  void look_at(const Document& document, const ImageUse& use, const Location& place) {
    if (!place.source || place.source == document.source) return;
    const auto path = files_.resolve(place.source->path());
    const auto set = path ? edits_.find(*path) : edits_.end();
    if (set == edits_.end()) return;
    for (const Edit& edit : set->second->edits()) {
      if (edit.span.end < place.span.begin || place.span.end < edit.span.begin) continue;
      const std::string line = std::to_string(document.source->position(use.span.begin).line);
      std::string message = "the new value is also read in " + printable(document.source->path()) + ":" +
                            line + ", which lies outside of the given paths";
      if (told_.emplace(edit.source, edit.span.begin, message).second)
        notes_.push_back({{edit.source, edit.span}, std::move(message), true});
    }
  }

  EnvironmentEdits edits_;
  FileSystem& files_;
  std::set<std::string> own_;  ///< files of the run, resolved
  std::set<std::tuple<const Source*, std::uint32_t, std::string>> told_;
  std::vector<RetargetNote> notes_;
};

}  // namespace

std::vector<RetargetNote> readers_outside(const RetargetPlan& plan, const Project& run,
                                          const CommonOptions& options, ConfiguredContexts& contexts,
                                          const Session& session) {
  EnvironmentEdits edits = environment_edits(plan, run, session.files);
  if (edits.empty()) return {};
  const std::vector<std::string> here{"."};
  const std::vector<std::string> trees =
      trees_around(session.files, options.paths.empty() ? here : options.paths);
  if (trees.empty()) return {};
  if (session.progress) session.progress("looking for who else reads the environment", 0, 0);
  Discovery found =
      discover(session.files, trees,
               {.no_ignore = options.no_ignore, .choose = contexts.hooks().choose, .jobs = options.jobs});
  std::erase_if(found.files,
                [](const FoundFile& file) { return !file.kind->reads_env_files && !file.kind->is_built; });
  LoadOptions load = load_options(options).value();
  load.compose_files.clear();  // of the run's own project
  Project around;
  load_project(std::move(found.files), load, session.files, around);
  ReaderSearch search(std::move(edits), run, session.files);
  for (const Document* document : around.documents()) search.look_at(*document);
  return std::move(search).take();
}

}  // namespace imglint
