// The client is asked to tell of files whose names say nothing, because other files include, extend or build
// them: no pattern of the kinds' names is theirs.
#include <algorithm>
#include <numeric>
#include <string_view>

#include "base/path.hpp"
#include "kinds/index.hpp"
#include "lsp/protocol_json.hpp"
#include "lsp/server.hpp"
#include "lsp/uri.hpp"

namespace imglint::lsp {
namespace {

/// Of any number more a client would look after each.
constexpr std::size_t most_watched = 500;

/// By what is registered from the beginning.
bool is_watched_by_name(const std::string& path) {
  const std::string_view name = imglint::name_of(path);
  return name.ends_with(".env") || name.starts_with(".env.") || walked_kind(path) != nullptr;
}

std::string registration_id(std::size_t number) { return "imglint-read-" + std::to_string(number); }

}  // namespace

/// What has been typed by now is meant.
void Server::end_typing() {
  watch_again_ = watch_again_ || is_typing_;
  is_typing_ = false;
}

std::size_t Server::links_generation() const {
  return std::accumulate(
      workspaces_.begin(), workspaces_.end(), std::size_t{0},
      [](std::size_t sum, const auto& workspace) { return sum + workspace->links_generation(); });
}

bool Server::watches_are_stale() const {
  if (!client_.watched_files || !may_scan_ || !settings_.enable) return false;
  if (!watch_again_ && watched_links_ == links_generation()) return false;
  return std::ranges::all_of(workspaces_, [](const auto& workspace) { return workspace->scanned(); });
}

/// Below a folder of the client, as it shows its files; of a folder, all that is in it. What lies in none the
/// client can only be asked for with the folder where it is; nothing if it takes no such. A pattern has no
/// escapes: `?` is any character.
std::optional<WatchPattern> Server::watch_pattern(const std::string& path) {
  if (!path.starts_with('/') || path.starts_with(path_of_no_file)) return std::nullopt;
  const std::string& root = workspace_of(path).root();
  const bool is_outside = root.empty();
  if (is_outside && !client_.relative_patterns) return std::nullopt;
  const std::string base(is_outside ? folder_of(path) : root);
  WatchPattern pattern{path.substr(base.size() > 1 ? base.size() + 1 : 1)};
  std::ranges::replace_if(
      pattern.glob, [](char c) { return std::string_view("*?[]{},!\\").find(c) != std::string_view::npos; },
      '?');
  if (pattern.glob.ends_with('/')) pattern.glob += "**";
  if (is_outside)
    pattern.base_uri = uri_of_path(base);
  else
    pattern.glob.insert(0, "**/");
  return pattern;
}

/// While somebody types, what is not there may be half a name, and what no file names any more, too.
void Server::renew_watches() {
  watched_links_ = links_generation();
  watch_again_ = false;
  std::set<std::string> linked;
  for (const auto& workspace : workspaces_) workspace->add_linked(linked);
  std::set<std::string> wanted;
  if (is_typing_) wanted = watched_;
  for (const std::string& path : linked) {
    if (wanted.size() >= most_watched) break;
    if (is_watched_by_name(path) || !watch_pattern(path)) continue;
    const auto status = files_.status(path);
    if (!is_typing_ || (status && status->kind == FileKind::regular)) wanted.insert(path);
  }
  if (wanted == watched_) return;
  const std::size_t before = watched_.empty() ? 0 : watch_number_;
  watched_ = std::move(wanted);
  const auto take_no_answer = [](const Json&) {};
  if (!watched_.empty()) {
    std::vector<WatchPattern> patterns;
    for (const std::string& path : watched_)
      if (auto pattern = watch_pattern(path)) patterns.push_back(*std::move(pattern));
    dispatcher_.ask("client/registerCapability",
                    watched_files_registration(registration_id(++watch_number_), patterns), take_no_answer);
  }
  if (before > 0)
    dispatcher_.ask("client/unregisterCapability", watched_files_unregistration(registration_id(before)),
                    take_no_answer);
}

}  // namespace imglint::lsp
