#include "check/baseline.hpp"

#include <algorithm>
#include <utility>

#include "base/path.hpp"
#include "base/utf8.hpp"
#include "model/fingerprint.hpp"

namespace imglint {
namespace {

std::string relative_to(std::string_view folder, std::string_view path) {
  // The common folders of both are left out; what remains of the first is climbed up.
  std::size_t common = 0;
  const std::size_t least = std::min(folder.size(), path.size());
  for (std::size_t i = 0; i <= least; ++i) {
    const bool ends = i == folder.size() || folder[i] == '/';
    if (ends && (i == path.size() || path[i] == '/')) common = i;
    if (i == least || folder[i] != path[i]) break;
  }
  std::string_view up = folder.substr(common);
  std::string result;
  while (!up.empty()) {
    up.remove_prefix(1);
    if (up.empty()) break;
    result += "../";
    up.remove_prefix(std::min(up.find('/'), up.size()));
  }
  std::string_view down = path.substr(common);
  if (down.starts_with('/')) down.remove_prefix(1);
  return result.append(down);
}

KnownFinding known(const Finding& finding, BaselineNames& names) {
  const std::string file = finding.place.source ? names.name_of(finding.place.source->path()) : "";
  return {file, std::string(finding.rule), valid_utf8(with_plain_line_ends(content_of(finding)))};
}

}  // namespace

BaselineNames::BaselineNames(FileSystem& files, const std::string& baseline) : files_(&files) {
  const FileResult<std::string> current = files.resolve(".");
  current_ = current ? *current : "/";
  folder_ = absolute_folder(baseline);
}

/// A folder that is not there is taken by its spelling.
std::string BaselineNames::absolute_folder(const std::string& path) const {
  const std::string folder(folder_of(path));
  if (const FileResult<std::string> resolved = files_->resolve(folder)) return *resolved;
  return folder.starts_with('/') ? normal_path(folder) : normal_path(join_path(current_, folder));
}

std::string BaselineNames::name_of(const std::string& path) {
  const auto [entry, added] = names_.try_emplace(path);
  if (added) {
    const std::string absolute = join_path(absolute_folder(path), imglint::name_of(path));
    entry->second = valid_utf8(relative_to(folder_ == "/" ? "" : folder_, absolute));
  }
  return entry->second;
}

bool BaselineNames::exists(const std::string& name) const {
  return files_->link_status(join_path(folder_, name)).has_value();
}

Baseline make_baseline(const std::vector<Finding>& findings, BaselineNames& names) {
  Baseline baseline;
  for (const Finding& finding : findings) ++baseline[known(finding, names)];
  return baseline;
}

SeenKnown hide_known(const Baseline& baseline, std::vector<Finding>& findings, BaselineNames& names) {
  SeenKnown seen;
  std::erase_if(findings, [&](const Finding& finding) {
    const auto entry = baseline.find(known(finding, names));
    if (entry == baseline.end()) return false;
    std::uint64_t& count = seen[&entry->first];
    return count < entry->second && ++count > 0;
  });
  return seen;
}

}  // namespace imglint
