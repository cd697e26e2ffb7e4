#include "cli/commands/outside_readers.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <unordered_set>

#include "base/printable.hpp"
#include "base/quote.hpp"
#include "kinds/kind.hpp"
#include "project/coupled.hpp"

namespace imglint {
namespace {

/// Edits of files that are no documents of the run, by resolved path.
using EnvironmentEdits = std::map<std::string, const EditSet*>;

EnvironmentEdits environment_edits(const RetargetPlan& plan, const Project& run, FileSystem& files) {
  std::unordered_set<const Source*> documents;
  for (const ProjectFile& file : run.files) documents.insert(file.source.get());
  EnvironmentEdits edits;
  for (const EditSet& set : plan.edits) {
    if (documents.contains(&set.source())) continue;
    if (auto path = files.resolve(set.source().path())) edits.emplace(*std::move(path), &set);
  }
  return edits;
}

class ReaderSearch {
 public:
  ReaderSearch(EnvironmentEdits edits, const Project& run, FileSystem& files)
      : edits_(std::move(edits)), files_(files) {
    for (const ProjectFile& file : run.files) own_.insert(resolved(*file.source));
    own_.erase(std::string());
  }

  void look_at(const Document& document) {
    if (own_.contains(resolved(*document.source))) return;
    for (const ImageUse& use : document.uses) {
      if (!use.active) continue;
      for (const auto* variables :
           {&use.value.variables, &use.open_value.variables, &document.platform_of(use).variables})
        for (const Variable& variable : *variables) look_at(document, use, variable.place);
    }
  }

  [[nodiscard]] std::vector<RetargetNote> take() && { return std::move(notes_); }

 private:
  /// Empty if nobody can say.
  const std::string& resolved(const Source& source) {
    const auto [known, is_new] = resolved_.try_emplace(&source);
    if (is_new)
      if (auto path = files_.resolve(source.path())) known->second = *std::move(path);
    return known->second;
  }

  void look_at(const Document& document, const ImageUse& use, const Location& place) {
    if (!place.source || place.source == document.source) return;
    const auto set = edits_.find(resolved(*place.source));
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
  std::map<const Source*, std::string> resolved_;  ///< paths; asked once for each file
  std::set<std::string> own_;                      ///< files of the run, resolved
  std::set<std::tuple<const Source*, std::uint32_t, std::string>> told_;
  std::vector<RetargetNote> notes_;
};

}  // namespace

std::vector<RetargetNote> readers_outside(const RetargetPlan& plan, const Project& run,
                                          const CommonOptions& options, Surroundings& around,
                                          const Session& session) {
  EnvironmentEdits edits = environment_edits(plan, run, session.files);
  if (edits.empty()) return {};
  std::vector<FoundFile> files = around.files("looking for who else reads the environment");
  std::erase_if(files,
                [](const FoundFile& file) { return !file.kind->reads_env_files && !file.kind->is_built; });
  if (files.empty()) return {};
  LoadOptions load = load_options(options).value();
  load.compose_files.clear();  // of the run's own project
  Project readers;
  load_project(std::move(files), load, session.files, readers);
  ReaderSearch search(std::move(edits), run, session.files);
  for (const Document* document : readers.documents()) search.look_at(*document);
  return std::move(search).take();
}

}  // namespace imglint
