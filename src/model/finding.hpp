// Finding: one thing that breaks a rule, at its place, with what belongs to it. The same findings go to every
// output.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "edit/edit.hpp"
#include "source/source.hpp"

namespace imglint {

/// Ordered: off < info < warning < error.
enum class Severity : std::uint8_t { off, info, warning, error };
[[nodiscard]] std::string_view to_string(Severity severity);

/// A further place that explains a finding: the use of a faulty ARG default, the first of two stages.
struct RelatedPlace {
  Location place;
  std::string message;
};

struct Finding {
  std::string_view rule;  ///< name of a Rule, which is static
  Severity severity = Severity::warning;
  bool is_about_image = false;  ///< `subject` is an image, by its full name or as it is written
  Location place;               ///< the smallest text that must change; an empty span at 0 for a whole file
  std::string message;
  std::vector<RelatedPlace> related;
  std::optional<Fix> fix;
  /// What it is about, for baselines and fingerprints: usually the reference as evaluated.
  std::string subject;
  /// If the place is in another file than the use: where its text shows at the use. Else without a source.
  Location at_use = {};
};

}  // namespace imglint
