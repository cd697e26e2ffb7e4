// Baseline: findings that are known and shall not be reported again, recognised by what they are about and
// not by their line.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "model/finding.hpp"
#include "source/file_system.hpp"

namespace imglint {

/// Where a baseline is written if no file is named.
inline constexpr std::string_view default_baseline = ".imglint-baseline.json";

/// What a finding is known by: stable when lines move, other files change or line ends are converted.
struct KnownFinding {
  std::string file;     ///< relative to the folder of the baseline, in valid UTF-8
  std::string rule;     ///< may name a rule that is no more
  std::string content;  ///< content_of() the finding, in valid UTF-8 and with `\n` as line end

  std::strong_ordering operator<=>(const KnownFinding&) const = default;
};

/// How often each is known. In the order of the file that holds it.
using Baseline = std::map<KnownFinding, std::uint64_t>;

/// Names files as a baseline does: relative to its own folder, so that it does not matter where the program
/// is run.
class BaselineNames {
 public:
  /// The baseline's own path; it need not exist.
  BaselineNames(FileSystem& files, const std::string& baseline);

  [[nodiscard]] std::string name_of(const std::string& path);
  /// Whether there is something of that name on the disk.
  [[nodiscard]] bool exists(const std::string& name) const;

 private:
  [[nodiscard]] std::string absolute_folder(const std::string& path) const;

  FileSystem* files_;
  std::string current_;                                    ///< folder, absolute
  std::string folder_;                                     ///< of the baseline, absolute
  std::map<std::string, std::string, std::less<>> names_;  ///< by path as given
};

[[nodiscard]] Baseline make_baseline(const std::vector<Finding>& findings, BaselineNames& names);

/// How often each of a baseline was found; without those that were not. Borrows from the baseline.
using SeenKnown = std::map<const KnownFinding*, std::uint64_t>;

/// Takes the known findings out; of more findings of one kind than are known, the first are taken.
[[nodiscard]] SeenKnown hide_known(const Baseline& baseline, std::vector<Finding>& findings,
                                   BaselineNames& names);

}  // namespace imglint
