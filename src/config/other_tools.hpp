// What is known of other tools: their names for formats of reports, and their configurations, which are told
// apart from hadolint's, the one that is taken over.
#pragma once

#include <span>
#include <string_view>
#include <utility>

namespace imglint {

/// The tool that has a configuration of such a name: `dclint` for `.dclintrc`; empty if none is known.
[[nodiscard]] std::string_view tool_of_config_name(std::string_view path);

/// The same for the keys at its top; `rules_is_list`: the value of the key `rules` is a list.
[[nodiscard]] std::string_view tool_of_config_keys(std::span<const std::string_view> keys,
                                                   bool rules_is_list);

/// What others call a format of reports, and what it is called here.
inline constexpr std::pair<std::string_view, std::string_view> names_of_formats[] = {
    {"xml", "junit or checkstyle"},
    {"yaml", "json"},
    {"tty", "text"},
    {"human", "text"},
    {"pretty", "text"},
    {"stylish", "text"},
    {"table", "text"},
    {"gnu", "compact"},
    {"line", "compact"},
    {"unix", "compact"},
    {"codeclimate", "gitlab"},
    {"gitlab_codeclimate", "gitlab"},
    {"code-quality", "gitlab"},
    {"codequality", "gitlab"},
    {"ndjson", "jsonl"},
    {"json-lines", "jsonl"},
    {"annotations", "github"},
    {"github-actions", "github"},
    {"reviewdog", "rdjson"},
};

/// The formats of reports that a word of other tools may mean: `junit or checkstyle` for `xml`. Empty if it
/// is none of these.
[[nodiscard]] constexpr std::string_view formats_meant(std::string_view word) {
  for (const auto& [theirs, ours] : names_of_formats)
    if (word == theirs) return ours;
  return {};
}

}  // namespace imglint
