#include "retarget/elsewhere.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "base/ascii.hpp"
#include "base/own_files.hpp"
#include "move/use_name.hpp"
#include "source/file_system.hpp"

namespace imglint {
namespace {

/// Whether a name may go on so.
bool is_part_of_name(char c) {
  return is_letter_or_digit(c) || c == '.' || c == '_' || c == '-' || c == '/' || c == '@';
}

bool is_part_of_tag(char c) { return is_letter_or_digit(c) || c == '.' || c == '-' || c == '_'; }

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

constexpr std::string_view digest_mark = "@sha256:";
constexpr std::string_view digits = "0123456789";

/// What tags are made of that begin with no version: channels, and what an image is based on.
constexpr std::string_view tag_words[] = {"alpine",  "bionic",  "bookworm", "bullseye", "buster", "edge",
                                          "focal",   "jammy",   "jessie",   "latest",   "lts",    "mainline",
                                          "nightly", "noble",   "resolute", "rolling",  "sid",    "slim",
                                          "stable",  "stretch", "trixie",   "trusty",   "xenial"};

/// Whether a text is a tag, whoever has it before a colon: `7.2`, `v3`, `latest`, `fpm-alpine3.20`; not `fs`
/// of a module, `postgres` of a user's group, nor `6379` and `80`, which are ports.
bool looks_like_tag(std::string_view tag) {
  const std::string_view version = tag.substr(tag.starts_with('v') ? 1 : 0);
  const std::size_t count = std::min(version.find_first_not_of(digits), version.size());
  constexpr std::size_t port = 3;
  if (count > 0) {
    const std::string_view number = version.substr(0, count);
    return count < port && number != "80" && number != "22" && number != "53";
  }
  for (std::size_t begin = 0; begin <= tag.size();) {
    const std::size_t end = std::min(tag.find('-', begin), tag.size());
    const std::string_view part = tag.substr(begin, end - begin);
    const auto last = part.find_last_not_of("0123456789.");
    if (last != part.npos && std::ranges::binary_search(tag_words, part.substr(0, last + 1))) return true;
    begin = end + 1;
  }
  return false;
}

/// What stands behind a tag makes it none: the host of an address that a password leads to, a path.
bool goes_on_as_address(std::string_view rest) {
  return rest.starts_with('/') || (rest.starts_with('@') && !rest.starts_with(digest_mark));
}

/// A tag or a digest follows.
bool has_suffix(std::string_view bytes, std::size_t end) {
  const std::string_view rest = bytes.substr(end);
  if (rest.starts_with(digest_mark)) return true;
  if (rest.size() < 2 || rest[0] != ':' || !is_letter_or_digit(rest[1])) return false;
  std::size_t behind = 1;
  while (behind < rest.size() && is_part_of_tag(rest[behind])) ++behind;
  return looks_like_tag(rest.substr(1, behind - 1)) && !goes_on_as_address(rest.substr(behind));
}

/// The name alone of a word that is looked for with a tag: `docker` of `docker:dind`.
std::string_view word_of(std::string_view name) { return name.substr(0, name.find(':')); }

/// Whether a word, which may be any, is an image where it stands.
bool stands_as_image(std::string_view bytes, std::size_t at, std::string_view name) {
  const std::size_t end = at + name.size();
  const bool has_tag = word_of(name).size() < name.size();
  if (has_tag ? goes_on_as_address(bytes.substr(end)) : !has_suffix(bytes, end)) return false;
  return !is_tag(bytes, at, at + word_of(name).size());
}

/// A name where it may begin.
struct NameHit {
  std::size_t at = 0;
  std::size_t name = 0;  ///< index into the names
};

/// By position, the shorter of two at one byte first: one pass over the bytes for all names.
std::vector<NameHit> hits_in(std::string_view bytes, const TextSet& names) {
  std::vector<NameHit> hits;
  std::vector<std::size_t> found;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    if (!names.has_first(bytes[at]) || !begins(bytes, at)) continue;
    found.clear();
    names.add_at_start_of(bytes.substr(at), found);
    for (const std::size_t name : found) hits.push_back({at, name});
  }
  return hits;
}

/// The lines of a text that say where names go. Each is looked at once, however many names stand in it.
class LinesOfMove {
 public:
  LinesOfMove(std::string_view bytes, const ElsewhereSearch& search) : bytes_(bytes), search_(search) {
    for (auto feed = bytes.find('\n'); feed != bytes.npos; feed = bytes.find('\n', feed + 1))
      begins_.push_back(feed + 1);
    says_target_.resize(begins_.size());
  }

  [[nodiscard]] std::size_t number_of(std::size_t at) const {
    return static_cast<std::size_t>(std::ranges::upper_bound(begins_, at) - begins_.begin()) - 1;
  }
  [[nodiscard]] std::size_t begin_of(std::size_t line) const { return begins_[line]; }
  /// The line of a name, or the one behind it that has the name again, says where it goes.
  [[nodiscard]] bool have(const NameHit& hit) {
    const std::size_t line = number_of(hit.at);
    if (says_target(line)) return true;
    return line + 1 < begins_.size() && says_target(line + 1) &&
           std::ranges::binary_search(names_in(line + 1), hit.name);
  }

 private:
  [[nodiscard]] std::string_view text_of(std::size_t line) const {
    const std::size_t end = line + 1 < begins_.size() ? begins_[line + 1] - 1 : bytes_.size();
    return bytes_.substr(begins_[line], end - begins_[line]);
  }
  bool says_target(std::size_t line) {
    std::optional<bool>& says = says_target_[line];
    if (!says) says = search_.targets != nullptr && search_.targets->any_in(text_of(line));
    return *says;
  }
  const std::vector<std::size_t>& names_in(std::size_t line) {
    const auto [names, is_new] = names_.try_emplace(line);
    if (is_new) names->second = search_.names->found_in(text_of(line));
    return names->second;
  }

  std::string_view bytes_;
  const ElsewhereSearch& search_;
  std::vector<std::size_t> begins_ = {0};
  std::vector<std::optional<bool>> says_target_;
  std::map<std::size_t, std::vector<std::size_t>> names_;
};

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
  // A tag that would say nothing elsewhere says what is meant where a file of the run has it.
  const std::optional<std::string>& tag = name->meaning.tag;
  if (tag && !looks_like_tag(*tag) && name->text.find('/') == std::string::npos)
    names.insert(name->text + ':' + *tag);
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
  const std::vector<NameHit> hits = hits_in(bytes, *search.names);
  if (hits.empty()) return found;
  LinesOfMove lines(bytes, search);
  for (const NameHit& hit : hits) {
    const std::string& name = search.names->texts()[hit.name];
    const bool is_word = name.find('/') == name.npos;
    if (!ends(bytes, hit.at + name.size(), name) || (is_word && !stands_as_image(bytes, hit.at, name)))
      continue;
    const std::size_t end = hit.at + (is_word ? word_of(name) : name).size();
    const Span span{static_cast<std::uint32_t>(hit.at), static_cast<std::uint32_t>(end)};
    const auto behind =
        std::ranges::partition_point(known, [&](const Span& one) { return one.end <= span.begin; });
    if (behind != known.end() && behind->begin < span.end) continue;
    if (lines.have(hit)) continue;
    const std::size_t line = lines.number_of(hit.at);
    found.push_back({.file = file,
                     .line = static_cast<std::uint32_t>(line + 1),
                     .column = static_cast<std::uint32_t>(hit.at - lines.begin_of(line) + 1),
                     .span = span,
                     .name = name.substr(0, end - hit.at)});
  }
  // Of names that begin at one byte the longest is meant.
  std::ranges::sort(found, [](const LeftName& a, const LeftName& b) {
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
  });
  const auto same = [](const LeftName& a, const LeftName& b) { return b.span.begin < a.span.end; };
  found.erase(std::unique(found.begin(), found.end(), same), found.end());
  return found;
}

std::string kind_of_file(std::string_view path) {
  const std::string_view name = name_of(path);
  const auto dot = name.rfind('.');
  return std::string(dot == name.npos || dot == 0 ? name : name.substr(dot));
}

}  // namespace imglint
