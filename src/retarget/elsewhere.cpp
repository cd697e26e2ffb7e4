#include "retarget/elsewhere.hpp"

#include <algorithm>
#include <set>

#include "base/own_files.hpp"
#include "move/use_name.hpp"
#include "source/file_system.hpp"

namespace imglint {
namespace {

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// Whether a name may go on so.
bool is_part_of_name(char c) {
  return is_letter_or_digit(c) || std::string_view("._-/@").find(c) != std::string_view::npos;
}

/// Whether a word is the tag of a name before it: `base:alpine`, not `docker-daemon:alpine:3`.
bool is_tag(std::string_view bytes, std::size_t at, std::size_t end) {
  if (at < 2 || bytes[at - 1] != ':' || !is_part_of_name(bytes[at - 2])) return false;
  return end == bytes.size() || bytes[end] != ':';
}

/// The text is not the end of a longer name.
bool begins(std::string_view bytes, std::size_t at) {
  if (at == 0) return true;
  const char before = bytes[at - 1];
  // A scheme is no part of a name: docker://quay.io/a.
  if (before == '/') return at >= 3 && bytes.substr(at - 3, 3) == "://";
  return !is_part_of_name(before);
}

/// The text is not the beginning of a longer name. Behind a whole registry or namespace anything may follow.
bool ends(std::string_view bytes, std::size_t end, std::string_view name) {
  if (name.ends_with('/')) return end < bytes.size() && is_letter_or_digit(bytes[end]);
  if (end == bytes.size()) return true;
  const char next = bytes[end];
  if (next == '.') return end + 1 == bytes.size() || !is_letter_or_digit(bytes[end + 1]);
  return next == '@' || !is_part_of_name(next);
}

/// A tag or a digest follows.
bool has_suffix(std::string_view bytes, std::size_t end) {
  if (bytes.substr(end).starts_with("@sha256:")) return true;
  if (end + 1 >= bytes.size() || bytes[end] != ':' || !is_letter_or_digit(bytes[end + 1])) return false;
  // `redis:6379` and `web:80` are addresses.
  const auto behind = std::min(bytes.find_first_not_of("0123456789", end + 1), bytes.size());
  const std::string_view digits = bytes.substr(end + 1, behind - end - 1);
  constexpr std::size_t port = 3;
  return digits.size() < port && digits != "80" && digits != "22" && digits != "53";
}

std::string_view line_at(std::string_view bytes, std::size_t at) {
  const auto feed = at == 0 ? bytes.npos : bytes.rfind('\n', at - 1);
  const std::size_t begin = feed == bytes.npos ? 0 : feed + 1;
  return bytes.substr(begin, std::min(bytes.find('\n', at), bytes.size()) - begin);
}

/// The line of a name, or the one behind it that has the name again, says where it goes.
bool is_about_the_move(std::string_view bytes, std::size_t at, const std::string& name,
                       std::span<const std::string> targets) {
  const auto says_target = [&](std::string_view line) {
    return std::ranges::any_of(targets,
                               [&](const std::string& target) { return line.find(target) != line.npos; });
  };
  if (says_target(line_at(bytes, at))) return true;
  const auto feed = bytes.find('\n', at);
  if (feed == bytes.npos || feed + 1 >= bytes.size()) return false;
  const std::string_view next = line_at(bytes, feed + 1);
  return next.find(name) != next.npos && says_target(next);
}

void add_spellings(const CanonicalReference& meaning, std::set<std::string, std::less<>>& names) {
  const std::string full = full_name(meaning);
  names.insert(full);
  constexpr std::string_view hub = "docker.io/";
  if (!full.starts_with(hub)) return;
  const std::string path = full.substr(hub.size());
  names.insert(path.starts_with("library/") ? path.substr(8) : path);
}

void add_use(const ImageUse& use, std::set<std::string, std::less<>>& names) {
  const auto read = read_use_name(use);
  const auto* name = read ? std::get_if<UseName>(&*read) : nullptr;
  if (!name || UseName::has_unknown(name->text)) return;
  names.insert(name->text);
  add_spellings(name->meaning, names);
}

void add_pattern(const NamePattern& pattern, std::set<std::string, std::less<>>& names) {
  if (pattern.kind != NamePattern::Kind::prefix || pattern.name.empty()) return;
  names.insert(pattern.name + "/");
  if (pattern.name.find('/') != std::string::npos) names.insert(pattern.name);
}

/// The lock of a move, a baseline, a page or a SARIF report, as this program writes them.
bool is_of_this_program(std::string_view bytes) {
  constexpr std::size_t head = 256;
  const std::string_view begin = bytes.substr(0, head);
  const auto holds = [&](std::string_view text) { return begin.find(text) != begin.npos; };
  return holds(move_lock_key) || begin.starts_with(baseline_head) || holds(page_mark) || holds(sarif_mark);
}

}  // namespace

std::vector<std::string> names_left(const RetargetPlan& plan, const Mapping& mapping) {
  std::set<std::string, std::less<>> names;
  for (const PlannedMove& one : plan.moves)
    if (one.move.pair.source != one.move.pair.target) add_use(*one.use, names);
  for (const NamePattern& pattern : mapping.from()) add_pattern(pattern, names);
  for (const Mapping::Entry& entry : mapping.entries())
    if (!entry.to.name.empty()) add_pattern(entry.from, names);
  return {names.begin(), names.end()};
}

void add_names(const Document& document, std::set<std::string, std::less<>>& names) {
  for (const ImageUse& use : document.uses)
    if (use.kind == Kind::image || use.kind == Kind::built) add_use(use, names);
}

std::vector<std::string> targets_of(const Mapping& mapping) {
  std::vector<std::string> targets;
  if (!mapping.to().name.empty()) targets.push_back(mapping.to().name);
  for (const Mapping::Entry& entry : mapping.entries())
    if (!entry.to.name.empty()) targets.push_back(entry.to.name);
  return targets;
}

std::vector<LeftName> find_names(const ElsewhereSearch& search, const std::string& file,
                                 std::string_view bytes, std::span<const Span> known) {
  std::vector<LeftName> found;
  if (is_of_this_program(bytes)) return found;
  const TextSet& names = *search.names;
  for (const std::size_t index : names.found_in(bytes)) {
    const std::string& name = names.texts()[index];
    const bool is_word = name.find('/') == name.npos;
    for (auto at = bytes.find(name); at != bytes.npos; at = bytes.find(name, at + 1)) {
      const std::size_t end = at + name.size();
      if (!begins(bytes, at) || !ends(bytes, end, name) ||
          (is_word && (!has_suffix(bytes, end) || is_tag(bytes, at, end))))
        continue;
      const Span span{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)};
      const auto behind =
          std::ranges::partition_point(known, [&](const Span& one) { return one.end <= span.begin; });
      if (behind != known.end() && behind->begin < span.end) continue;
      if (is_about_the_move(bytes, at, name, search.targets)) continue;
      found.push_back({.file = file, .span = span, .name = name});
    }
  }
  // Of names that begin at one byte the longest is meant.
  std::ranges::sort(found, [](const LeftName& a, const LeftName& b) {
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
  });
  const auto same = [](const LeftName& a, const LeftName& b) { return b.span.begin < a.span.end; };
  found.erase(std::unique(found.begin(), found.end(), same), found.end());
  std::uint32_t line = 1;
  std::size_t line_begin = 0;
  for (LeftName& one : found) {
    for (auto feed = bytes.find('\n', line_begin); feed < one.span.begin;
         feed = bytes.find('\n', line_begin)) {
      ++line;
      line_begin = feed + 1;
    }
    one.line = line;
    one.column = static_cast<std::uint32_t>(one.span.begin - line_begin + 1);
  }
  return found;
}

std::string kind_of_file(std::string_view path) {
  const std::string_view name = name_of(path);
  const auto dot = name.rfind('.');
  return std::string(dot == name.npos || dot == 0 ? name : name.substr(dot));
}

}  // namespace imglint
