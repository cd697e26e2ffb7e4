// What projects are called in messages.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "model/document.hpp"

namespace imglint {

/// ` (in project shop)`, or the first few of them.
[[nodiscard]] std::string in_projects(const std::set<std::string>& labels);

/// Projects by what they are called: those of one name by a file, too.
class ProjectLabels {
 public:
  /// `is_shared`: several projects read the file, so it tells none from another.
  void add(const Document& document, bool is_shared);
  [[nodiscard]] std::string label_of(const ProjectIdentity* project) const;

 private:
  using File = std::tuple<bool, std::ptrdiff_t, std::string_view>;  ///< whether it is shared, depth, path

  std::map<const ProjectIdentity*, std::pair<std::string_view, File>>
      known_;                                      ///< name, and a file of its own at the top
  std::map<std::string_view, std::size_t> count_;  ///< of projects, by name
};

}  // namespace imglint
