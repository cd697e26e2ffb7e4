#include "engine/retarget_lock.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace imglint {
namespace {

/// FNV-1a, 64 bits: stable by definition, which std::hash is not.
std::uint64_t hash_of(std::string_view text) {
  std::uint64_t value = 0xcbf29ce484222325;
  for (const char byte : text) {
    value ^= static_cast<unsigned char>(byte);
    value *= 0x100000001b3;
  }
  return value;
}

struct Line {
  std::size_t begin = 0;
  std::size_t end = 0;  ///< of the line feed, or of the text
};

Line line_at(std::string_view text, std::size_t offset) {
  const auto before = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
  return {before == std::string_view::npos ? 0 : before + 1, std::min(text.find('\n', offset), text.size())};
}

LockedFile locked_file(const EditSet& set) {
  const std::string after = set.apply();
  LockedFile file{.path = set.source().path()};
  std::size_t moved = 0;  // bytes the edits so far have added, modulo 2^n
  for (const Edit& edit : set.edits()) {
    const std::size_t start = edit.span.begin + moved;
    const Line line = line_at(after, start);
    file.edits.push_back({.start = static_cast<std::uint32_t>(start),
                          .column = static_cast<std::uint32_t>(start - line.begin),
                          .line = hash_of(std::string_view(after).substr(line.begin, line.end - line.begin)),
                          .now = edit.text,
                          .was = std::string(set.source().text(edit.span))});
    moved += edit.text.size() - edit.span.size();
  }
  return file;
}

std::string with_suffix(const ImagePair& pair) {
  std::string text = pair.source;
  if (!pair.tag.empty()) text += ":" + pair.tag;
  if (!pair.digest.empty()) text += "@" + pair.digest;
  return text;
}

/// Where the lines of a text begin, by what they hold.
std::unordered_map<std::uint64_t, std::vector<std::size_t>> lines_by_hash(std::string_view text) {
  std::unordered_map<std::uint64_t, std::vector<std::size_t>> lines;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines[hash_of(text.substr(begin, end - begin))].push_back(begin);
    begin = end + 1;
  }
  return lines;
}

Edit undo(const Source& source, std::size_t start, const LockedEdit& locked) {
  const auto begin = static_cast<std::uint32_t>(start);
  return {.source = &source,
          .span = {begin, begin + static_cast<std::uint32_t>(locked.now.size())},
          .text = locked.was};
}

bool stands_at(std::string_view text, std::size_t start, const LockedEdit& locked) {
  return start <= text.size() && text.substr(start, locked.now.size()) == locked.now;
}

bool stands_where_written(std::string_view text, const LockedEdit& locked) {
  if (!stands_at(text, locked.start, locked)) return false;
  const Line line = line_at(text, locked.start);
  return locked.start - line.begin == locked.column &&
         hash_of(text.substr(line.begin, line.end - line.begin)) == locked.line;
}

}  // namespace

Lock make_lock(const RetargetPlan& plan) {
  Lock lock;
  for (const ImagePair& pair : plan.pairs)
    if (pair.name_known && pair.suffix_known)
      lock.images.emplace_back(with_suffix(pair), pair.target + pair.target_suffix);
  for (const EditSet& set : plan.edits)
    if (!set.empty()) lock.files.push_back(locked_file(set));
  return lock;
}

Reverted revert_edits(const Source& source, const LockedFile& locked) {
  Reverted result{.edits = EditSet(source), .lost = {}};
  const std::string_view text = source.bytes();
  const bool untouched = std::all_of(locked.edits.begin(), locked.edits.end(), [&](const LockedEdit& edit) {
    return stands_where_written(text, edit);
  });
  const auto lines = untouched ? decltype(lines_by_hash(text)){} : lines_by_hash(text);
  std::size_t earliest = 0;  // lines keep their order
  for (const LockedEdit& edit : locked.edits) {
    std::optional<std::size_t> start;
    if (untouched) {
      start = edit.start;
    } else if (const auto found = lines.find(edit.line); found != lines.end()) {
      const auto line = std::lower_bound(found->second.begin(), found->second.end(), earliest);
      if (line != found->second.end() && stands_at(text, *line + edit.column, edit)) {
        start = *line + edit.column;
        earliest = *line;
      }
    }
    if (!start || result.edits.add({undo(source, *start, edit)})) result.lost.push_back(edit);
  }
  return result;
}

std::vector<MapEntry> reverse_maps(const Lock& lock, const std::string& origin) {
  std::vector<MapEntry> maps;
  std::set<std::string, std::less<>> known;
  for (const auto& [source, target] : lock.images)
    if (known.insert(target).second)
      maps.push_back({.from = target, .to = source, .origin = origin, .line = 1, .column = 1, .exact = true});
  return maps;
}

}  // namespace imglint
