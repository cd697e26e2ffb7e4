#include "base/path_glob.hpp"

#include <vector>

#include "base/glob.hpp"
#include "base/utf8.hpp"

namespace imglint {
namespace {

std::vector<std::string> names_of(std::string_view path) {
  std::vector<std::string> names;
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    names.emplace_back(path.substr(0, slash));
    if (slash == path.npos) break;
    path.remove_prefix(slash + 1);
  }
  return names;
}

/// The names of a glob, anchored at the top: `**` in front of one that may match at any depth.
std::vector<std::string> anchored(std::string_view glob) {
  const bool anywhere = glob.find('/') >= glob.size() - 1;
  if (glob.starts_with('/')) glob.remove_prefix(1);
  std::vector<std::string> names = names_of(glob);
  if (anywhere && (names.empty() || names.front() != "**")) names.insert(names.begin(), "**");
  return names;
}

/// Whether a glob matches a path: `whole`, or only its first names.
bool matches(std::string_view glob, std::string_view path, bool whole) {
  if (glob.empty()) return false;
  const std::vector<std::string> globs = anchored(glob);
  const std::vector<std::string> names = names_of(path);
  // Where to go on if what follows the last `**` does not match; an earlier one need not be tried again.
  std::size_t star = globs.size(), star_name = 0;
  std::size_t at = 0, name = 0;
  for (;;) {
    if (at < globs.size() && globs[at] == "**") {
      star = at++;
      star_name = name;
      continue;
    }
    if (at == globs.size()) {
      // `a/**` means what is below a, not a itself.
      const bool below = !globs.empty() && globs.back() == "**";
      if (below) return name < names.size();
      if (!whole || name == names.size()) return true;
    } else if (name < names.size() && name_glob_matches(globs[at], names[name])) {
      ++at, ++name;
      continue;
    }
    if (star == globs.size() || star_name >= names.size()) return false;
    at = star + 1;
    name = ++star_name;
  }
}

}  // namespace

bool path_matches(std::string_view glob, std::string_view path) { return matches(glob, path, false); }

bool path_is(std::string_view glob, std::string_view path) { return matches(glob, path, true); }

std::optional<std::string> fault_of_glob(std::string_view glob) {
  if (glob.empty()) return "it is empty";
  if (glob == "/") return "it has no name";
  if (glob.find('\\') != glob.npos) return "folders are separated by '/'";
  if (glob.find('{') != glob.npos) return "braces have no meaning here: write one glob for each";
  if (glob.starts_with('!')) return "a '!' in front has no meaning here";
  for (const std::string& name : names_of(glob.starts_with('/') ? glob.substr(1) : glob)) {
    if (name.empty()) return "it has an empty name between slashes";
    if (name == "." || name == "..")
      return "paths are relative to the folder of this file, without '" + name + "'";
  }
  return std::nullopt;
}

std::string glob_of_path(std::string_view path) {
  // Else it would match at any depth, or be none.
  std::string glob = path.find('/') == path.npos || path.starts_with('!') ? "/" : "";
  const bool is_text = valid_utf8(path) == path;
  for (const char byte : path) {
    if (byte == '*' || byte == '?' || byte == '[')
      glob.append("[").append(1, byte).append("]");
    else if (byte == '\\' || byte == '{' || (!is_text && static_cast<unsigned char>(byte) >= 0x80))
      glob += '?';  // what cannot be written in the configuration
    else
      glob += byte;
  }
  return glob;
}

}  // namespace imglint
