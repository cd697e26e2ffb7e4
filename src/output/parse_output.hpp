// What `imglint parse` prints: the parts of references by themselves, what they mean, or where they are
// wrong.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "output/reports/report.hpp"

namespace imglint {

/// References as given, and the version of imglint for the format that names it. Everything borrowed.
struct ParseReport {
  std::span<const std::string> references;
  std::string_view version;
};

struct ParseFormat {
  std::string_view name;     ///< as given to --format
  std::string_view summary;  ///< one line for the help
  void (*write)(const ParseReport& report, const ReportStyle& style, std::string& out);  ///< appends
};

/// All formats, the default first. jsonl has one line a reference, with the fields of
/// fixtures/conformance/references.jsonl, `registry`, `namespace` and `name` as spelled, and `message`; a
/// field that does not apply is absent. json is one object with `version` and `references`.
[[nodiscard]] std::span<const ParseFormat> parse_formats();
/// Null if there is none of that name.
[[nodiscard]] const ParseFormat* find_parse_format(std::string_view name);

}  // namespace imglint
