#include "check/reading_projects.hpp"

#include <cstdint>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

namespace imglint {

ReadingProjects::ReadingProjects(std::span<const CheckTarget> targets) : targets_(targets) {
  for (const CheckTarget& target : targets) {
    if (!target.document->project) continue;
    all_.insert(target.document->project);
    if (target.variant) of_[target.document->source];
  }
  if (of_.empty()) return;
  for (const CheckTarget& target : targets)
    if (const auto several = of_.find(target.document->source);
        several != of_.end() && target.document->project)
      several->second.insert(target.document->project);
}

const ProjectLabels& ReadingProjects::labels() {
  if (!std::exchange(has_labels_, true))
    for (const CheckTarget& target : targets_) labels_.add(*target.document, share(target.document->source));
  return labels_;
}

/// Of files that values stand in: env files, and compose files whose arguments make up what Dockerfiles name.
std::map<const Source*, ReadingProjects::Projects> ReadingProjects::readers_of_values(
    std::span<const Finding> findings, std::span<const Document* const> judged_in) const {
  std::map<const Source*, Projects> readers;
  std::unordered_map<std::string_view, Projects*> by_path;
  for (std::size_t i = 0; i < judged_in.size(); ++i) {
    const Source* source = findings[i].place.source;
    if (source && source != judged_in[i]->source && judged_in[i]->project)
      by_path.emplace(source->path(), &readers[source]);
  }
  if (by_path.empty()) return readers;
  for (const ProjectIdentity* project : all_)
    for (const std::string& path : project->read)
      if (const auto found = by_path.find(path); found != by_path.end()) found->second->insert(project);
  return readers;
}

void ReadingProjects::name(std::span<Finding> findings, std::span<const Document* const> judged_in) {
  if (all_.size() < 2) return;
  const auto of_values = readers_of_values(findings, judged_in);
  using Key = std::tuple<const Source*, std::uint32_t, std::string_view, std::string>;
  struct Named {
    std::size_t finding;
    const Projects* readers;
    Key key;
  };
  std::map<Key, Projects> found_in;
  std::vector<Named> of_several;
  for (std::size_t i = 0; i < judged_in.size(); ++i) {
    const Finding& finding = findings[i];
    const auto& known = finding.place.source == judged_in[i]->source ? of_ : of_values;
    const auto readers = known.find(finding.place.source);
    if (readers == known.end() || readers->second.size() < 2) continue;
    of_several.push_back({i,
                          &readers->second,
                          {finding.place.source, finding.place.span.begin, finding.rule, finding.message}});
    found_in[of_several.back().key].insert(judged_in[i]->project);
  }
  for (const auto& [number, readers, key] : of_several) {
    const Projects& projects = found_in[key];
    if (projects.contains(nullptr)) continue;  // whoever reads the file
    if (projects.size() == readers->size()) continue;
    std::set<std::string> names;
    for (const auto* project : projects) names.insert(labels().label_of(project));
    findings[number].message += in_projects(names);
  }
}

}  // namespace imglint
