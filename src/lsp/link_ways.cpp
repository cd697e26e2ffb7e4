#include "lsp/link_ways.hpp"

#include <algorithm>
#include <string_view>

#include "source/inside.hpp"

namespace imglint::lsp {
namespace {

/// Puts the parts of a path on top of others, the first one last.
void put_parts_on(std::string_view path, std::vector<std::string>& parts) {
  const auto before = static_cast<std::ptrdiff_t>(parts.size());
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    if (slash > 0) parts.emplace_back(path.substr(0, slash));
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  std::reverse(parts.begin() + before, parts.end());
}

}  // namespace

const LinkWays::Way& LinkWays::to(const std::string& path) {
  const auto [entry, is_new] = ways_.try_emplace(path);
  if (!is_new || !path.starts_with('/')) return entry->second;
  const bool is_of_client = root_.size() > 1 && is_inside(path, root_);
  std::vector<std::string> parts;
  put_parts_on(std::string_view(path).substr(is_of_client ? root_.size() : 0), parts);
  follow(std::move(parts), is_of_client ? root_ : "/", entry->second);
  return entry->second;
}

/// Behind what is not there the rest is what it would be.
void LinkWays::follow(std::vector<std::string> parts, std::string at, Way& way) {
  constexpr std::size_t most_links = 40;  // as the system has it
  while (!parts.empty()) {
    const std::string part = std::move(parts.back());
    parts.pop_back();
    if (part == ".") continue;
    if (part == "..") {
      at = folder_of(at);
      continue;
    }
    std::string next = join_path(at, part);
    const bool is_above = is_inside(root_, next);
    const auto& target = target_of(next);
    if (!target || (is_above && !root_.empty())) {
      at = std::move(next);
      continue;
    }
    if (way.links.size() == most_links) return;
    if (target->starts_with('/')) at = "/";
    put_parts_on(*target, parts);
    way.links.push_back(std::move(next));
  }
  if (!way.links.empty()) way.end = std::move(at);
}

const std::optional<std::string>& LinkWays::target_of(const std::string& path) {
  const auto [entry, is_new] = targets_.try_emplace(path);
  if (!is_new) return entry->second;
  const auto status = files_.link_status(path);
  if (!status || status->kind != FileKind::symbolic_link) return entry->second;
  if (auto target = files_.read_link(path)) entry->second = *std::move(target);
  return entry->second;
}

}  // namespace imglint::lsp
