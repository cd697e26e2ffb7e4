// What the templates of a chart do with values: whether one is an image, or only what the names of several
// images begin with (docs/spec/kubernetes.md 6.6).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace imglint::manifest {

/// Looks, among values of a chart, for those behind which its templates always put `/` and a name. Texts are
/// judged by what stands in them: what is not plainly understood speaks against a value.
class PrefixSearch {
 public:
  /// `paths`: of values, `images.repository`.
  explicit PrefixSearch(const std::vector<std::string>& paths);

  /// Takes a text into account that Helm renders.
  void look_at(std::string_view text);
  /// None of the values can be one any more.
  [[nodiscard]] bool is_over() const { return values_.empty(); }
  /// The paths of those that are used, and never otherwise.
  [[nodiscard]] std::vector<std::string> found() const;

 private:
  struct ChartValue {
    std::string path;
    bool is_used = false;
  };
  std::vector<ChartValue> values_;  ///< those that may be prefixes still
};

}  // namespace imglint::manifest
