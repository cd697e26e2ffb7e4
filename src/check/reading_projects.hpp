// ReadingProjects: which projects read the files of a run, to say in which of them something is found.
#pragma once

#include <map>
#include <set>
#include <span>
#include <string_view>
#include <unordered_set>

#include "check/check.hpp"
#include "check/project_labels.hpp"

namespace imglint {

class ReadingProjects {
 public:
  /// Borrows the targets.
  explicit ReadingProjects(std::span<const CheckTarget> targets);

  /// Whether any file is read in several ways, by projects.
  [[nodiscard]] bool share_files() const { return !of_.empty(); }
  [[nodiscard]] bool share(const Source* source) const { return of_.contains(source); }
  /// Adds to the messages of what is found in some of the projects that read a file, and not in all, which
  /// those are. `judged_in` are the documents of the first findings.
  void name(std::span<Finding> findings, std::span<const Document* const> judged_in);
  [[nodiscard]] const ProjectLabels& labels();

 private:
  using Projects = std::set<const ProjectIdentity*>;

  [[nodiscard]] std::map<const Source*, Projects> readers_of_values(
      std::span<const Finding> findings, std::span<const Document* const> judged_in) const;

  std::span<const CheckTarget> targets_;
  std::unordered_set<const ProjectIdentity*> all_;
  std::map<const Source*, Projects> of_;  ///< of files that are read in several ways
  ProjectLabels labels_;
  bool has_labels_ = false;
};

}  // namespace imglint
