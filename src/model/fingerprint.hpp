// Fingerprints: findings recognised by what they are about and not by their line, so that they are known
// again after the file has changed.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/finding.hpp"

namespace imglint {

/// What a finding is recognised by: its subject, or its message where it has none.
[[nodiscard]] std::string_view content_of(const Finding& finding);

/// The text with `\n` for each `\r\n`: what a finding is about is the same after a conversion of line ends.
[[nodiscard]] std::string with_plain_line_ends(std::string_view text);

/// Gives one fingerprint after the other: sixteen hexadecimal digits, made from all that is given and from
/// how often the same was given before.
class Fingerprints {
 public:
  [[nodiscard]] std::string of(std::string_view rule, std::string_view path, std::string_view content);

 private:
  std::unordered_map<std::uint64_t, std::uint64_t> seen_;
};

/// Sixteen hexadecimal digits for each finding, made from rule, path, content and the number of findings
/// before it that have the same. The same in every run and on every machine.
[[nodiscard]] std::vector<std::string> fingerprints(std::span<const Finding> findings);

}  // namespace imglint
