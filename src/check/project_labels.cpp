#include "check/project_labels.hpp"

#include <algorithm>

#include "base/printable.hpp"

namespace imglint {

std::string in_projects(const std::set<std::string>& labels) {
  constexpr std::size_t most = 3;
  std::string text;
  std::size_t told = 0;
  for (const std::string& label : labels) {
    if (told == most && labels.size() > most + 1) break;
    ++told;
    text += text.empty() ? "" : told == labels.size() ? " and " : ", ";
    text += label;
  }
  if (told < labels.size()) text += " and " + std::to_string(labels.size() - told) + " more";
  return std::string(labels.size() == 1 ? " (in project " : " (in projects ") + text + ")";
}

void ProjectLabels::add(const Document& document, bool is_shared) {
  const std::string_view path = document.source->path();
  const File file{is_shared, std::ranges::count(path, '/'), path};
  const auto [entry, is_new] = known_.try_emplace(
      document.project, document.project ? std::string_view(document.project->name) : std::string_view(),
      file);
  entry->second.second = std::min(entry->second.second, file);
  if (is_new) ++count_[entry->second.first];
}

std::string ProjectLabels::label_of(const ProjectIdentity* project) const {
  const auto& [name, file] = known_.at(project);
  std::string label = name.empty() ? "one without a name" : printable(name);
  // Those judged together need not be all of the run.
  if (count_.at(name) > 1 || (project && project->shares_name))
    label += " of " + printable(std::get<std::string_view>(file));
  return label;
}

}  // namespace imglint
