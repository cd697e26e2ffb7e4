// The search for names that stay behind, on the disk.
#pragma once

#include <cstddef>
#include <deque>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/common_options.hpp"
#include "cli/session.hpp"
#include "config/policy_cache.hpp"
#include "edit/edit.hpp"
#include "model/document.hpp"
#include "retarget/elsewhere.hpp"

namespace imglint {

/// Text that is no find, file by file: references that were read, the values of their variables, what is
/// edited.
class KnownText {
 public:
  /// Keeps nothing of it.
  void add(const Document& document);
  void add(const EditSet& edits);
  void add(KnownText more);
  /// Of the configurations that were read: names that may go on to stand there.
  void add(const PolicyCache& configurations, FileSystem& files);
  /// Once all is added.
  void sort();
  /// Of a file, apart from each other and in order.
  [[nodiscard]] std::vector<Span> in(std::string_view path) const;

 private:
  void add(const Source& source, Span span);

  /// By the hash of the normal path, for a name takes more than all that is known of most files. In parts, so
  /// that it does not take twice its memory whenever it grows.
  std::deque<std::pair<std::size_t, Span>> spans_;
};

/// What a search for all names of documents needs of them.
struct ListedNames {
  std::set<std::string, std::less<>> names;
  KnownText known;

  void add(const Document& document);
  void add(ListedNames more);
};

/// Looks for names in all files below the paths of the command line.
[[nodiscard]] Elsewhere search_elsewhere(std::vector<std::string> names, std::span<const std::string> targets,
                                         const CommonOptions& options, KnownText known,
                                         const Session& session);

}  // namespace imglint
