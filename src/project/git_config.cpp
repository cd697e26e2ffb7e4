#include "project/git_config.hpp"

#include <algorithm>
#include <functional>

#include "base/ascii.hpp"

namespace imglint {
namespace {

/// Neither quoted, escaped, continued nor with a comment.
bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) >= ' ' && c != '"' && c != '\\' && c != '#' && c != ';' &&
           c != '\x7F';
  });
}

/// `core` of `[core]`, `branch` of `[branch "main"]`; empty for a header with more than that.
std::string section_of(std::string_view header) {
  if (!header.starts_with('[') || !header.ends_with(']')) return {};
  header = header.substr(1, header.size() - 2);
  const std::size_t blank = header.find(' ');
  if (blank == header.npos) return is_plain(header) ? lower_case(header) : std::string();
  const std::string_view name = trimmed(header.substr(blank));
  const bool quoted = name.size() > 2 && name.starts_with('"') && name.ends_with('"');
  if (!quoted || !is_plain(name.substr(1, name.size() - 2))) return {};
  return lower_case(header.substr(0, blank));
}

bool is_needed(std::string_view section, std::string_view key) {
  if (section == "core")
    return key == "ignorecase" || key == "precomposeunicode" || key == "repositoryformatversion" ||
           key == "filemode" || key == "symlinks";
  if (section == "extensions") return key == "objectformat" || key == "refstorage";
  if (section == "branch") return key == "remote" || key == "merge";
  return section == "remote" && key == "fetch";
}

using OnValue = std::function<void(std::string_view header, const std::string& key, std::string_view value)>;

/// Tells every plain `key = value` on a line of its own.
void for_each_value(std::string_view text, const OnValue& tell) {
  std::string_view header;
  bool continued = false;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    const bool continues = line.ends_with('\\');
    if (!continued && line.starts_with('[')) {
      header = line;
    } else if (!continued && is_plain(line)) {
      const std::size_t equals = line.find('=');
      if (equals != line.npos)
        tell(header, lower_case(trimmed(line.substr(0, equals))), trimmed(line.substr(equals + 1)));
    }
    continued = continues;
  }
}

}  // namespace

std::string harmless_config(std::string_view text) {
  std::string result;
  for_each_value(text, [&](std::string_view header, const std::string& key, std::string_view value) {
    if (!is_needed(section_of(header), key)) return;
    result.append(header).append("\n\t").append(key).append(" = ").append(value).append("\n");
  });
  return result;
}

std::string work_tree_in(std::string_view config) {
  std::string found;
  for_each_value(config, [&](std::string_view header, const std::string& key, std::string_view value) {
    if (section_of(header) == "core" && key == "worktree") found = value;
  });
  return found;
}

}  // namespace imglint
