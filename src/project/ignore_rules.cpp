#include "project/ignore_rules.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/path.hpp"
#include "base/path_glob.hpp"
#include "project/ignore_files.hpp"
#include "source/read_file.hpp"

namespace imglint {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Blanks at the end do not count, unless a backslash keeps one.
std::string_view without_blanks_behind(std::string_view line) {
  std::size_t end = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool is_blank = line[i] == ' ';
    if (line[i] == '\\') ++i;
    if (!is_blank) end = std::min(i + 1, line.size());
  }
  return line.substr(0, end);
}

/// A character behind a backslash stands for itself: globs of paths have brackets for that.
std::string without_escapes(std::string_view line) {
  std::string glob;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool is_escape = line[i] == '\\' && i + 1 < line.size();
    if (is_escape) ++i;
    const bool is_wild = line[i] == '*' || line[i] == '?' || line[i] == '[' || line[i] == '\\';
    if (is_escape && is_wild)
      glob.append("[").append(1, line[i]).append("]");
    else
      glob += line[i];
  }
  return glob;
}

std::optional<IgnoreRule> rule_of(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.starts_with('#')) return std::nullopt;
  line = without_blanks_behind(line);
  IgnoreRule rule;
  if (line.starts_with('!')) {
    rule.keeps = true;
    line.remove_prefix(1);
  }
  if (line.ends_with('/')) {
    rule.folders_only = true;
    line.remove_suffix(1);
  }
  if (line.empty()) return std::nullopt;
  rule.glob = without_escapes(line);
  return rule;
}

}  // namespace

std::vector<IgnoreRule> ignore_rules(std::string_view bytes) {
  std::vector<IgnoreRule> rules;
  if (bytes.starts_with(byte_order_mark)) bytes.remove_prefix(byte_order_mark.size());
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    if (auto rule = rule_of(bytes.substr(0, end))) rules.push_back(*std::move(rule));
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
  }
  return rules;
}

/// git does not follow a symbolic link to an ignore file.
const IgnoreRules::Rules& IgnoreRules::rules_in(const std::string& folder) {
  const auto [known, is_new] = rules_.try_emplace(folder);
  if (!is_new) return known->second;
  const std::string path = join_path(folder, imglintignore_name);
  const auto status = files_->link_status(path);
  if (!status || status->kind != FileKind::regular) return known->second;
  if (const auto content = read_file(*files_, path, default_max_file_size))
    known->second = ignore_rules(content->bytes);
  return known->second;
}

bool IgnoreRules::leave_out_itself(std::string_view top, std::string_view path, bool is_folder) {
  for (std::string_view folder = folder_of(path);; folder = folder_of(folder)) {
    const std::string_view below = path.substr(folder == "/" ? 1 : folder.size() + 1);
    const Rules& rules = rules_in(std::string(folder));
    for (auto rule = rules.rbegin(); rule != rules.rend(); ++rule)
      if ((is_folder || !rule->folders_only) && path_is(rule->glob, below)) return !rule->keeps;
    if (folder.size() <= top.size()) return false;
  }
}

bool IgnoreRules::leave_out(const std::string& top, const std::string& path) {
  for (std::size_t at = path.find('/', top == "/" ? 1 : top.size() + 1); at != path.npos;
       at = path.find('/', at + 1))
    if (leave_out_itself(top, std::string_view(path).substr(0, at), true)) return true;
  return leave_out_itself(top, path, false);
}

}  // namespace imglint
