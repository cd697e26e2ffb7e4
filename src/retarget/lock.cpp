#include "retarget/lock.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "base/path.hpp"
#include "base/stable_hash.hpp"
#include "kinds/index.hpp"

namespace imglint {
namespace {

std::uint64_t hash_of(std::string_view text) { return StableHash().add(text).value(); }

struct Line {
  std::size_t begin = 0;
  std::size_t end = 0;  ///< of the line feed, or of the text
  std::uint64_t hash = 0;
};

/// Lines of a text by offset. The last one is kept, since many edits may stand in one line.
class Lines {
 public:
  explicit Lines(std::string_view text) : text_(text) {}

  const Line& at(std::size_t offset) {
    if (known_ && line_.begin <= offset && offset <= line_.end) return line_;
    const auto before = offset == 0 ? std::string_view::npos : text_.rfind('\n', offset - 1);
    line_.begin = before == std::string_view::npos ? 0 : before + 1;
    line_.end = std::min(text_.find('\n', offset), text_.size());
    line_.hash = hash_of(text_.substr(line_.begin, line_.end - line_.begin));
    known_ = true;
    return line_;
  }

 private:
  std::string_view text_;
  Line line_;
  bool known_ = false;
};

LockedFile locked_file(const EditSet& set) {
  const std::string after = set.apply();
  Lines lines(after);
  LockedFile file{.path = set.source().path()};
  std::size_t moved = 0;  // bytes the edits so far have added, modulo 2^n
  for (const Edit& edit : set.edits()) {
    const std::size_t start = edit.span.begin + moved;
    const Line& line = lines.at(start);
    file.edits.push_back({.start = static_cast<std::uint32_t>(start),
                          .column = static_cast<std::uint32_t>(start - line.begin),
                          .line = line.hash,
                          .now = edit.text,
                          .was = std::string(set.source().text(edit.span))});
    moved += edit.text.size() - edit.span.size();
  }
  return file;
}

/// Of a file whose name does not say it.
std::string unsaid_kind(const std::string& path, const KindInfo* kind) {
  return kind == nullptr || kind == &kind_of_path(path) ? std::string() : std::string(kind->name);
}

/// Which files of a run tell what edited ones hold.
class TellingFiles {
 public:
  explicit TellingFiles(const Project& project) : project_(project) {
    for (const ProjectFile& file : project.files) known_.emplace(file.source.get(), &file);
  }

  /// The files that a use takes its text through, if that stands in another file.
  void add(const PlannedMove& move) {
    std::set<const Source*> edited;
    for (const Edit& edit : move.move.edits) edited.insert(edit.source);
    edited.erase(move.document->source);
    if (edited.empty()) return;
    add(move.document->source);
    const auto add_way = [&](const Source* source) {
      if (source != nullptr && !edited.contains(source)) add(source);
    };
    for (const auto* variables : {&move.use->value.variables, &move.use->open_value.variables})
      for (const Variable& variable : *variables) {
        add_way(variable.place.source);
        add_way(variable.written.source);
      }
  }
  /// Those that say by their includes what others are, and those that include them.
  void add_includers(std::set<std::string> named) {
    for (const auto& [path, source] : readers_) named.insert(path);
    for (bool grows = true; grows;) {
      grows = false;
      for (const ProjectFile& file : project_.files) {
        const auto is_named = [&](const std::string& path) { return named.contains(path); };
        if (std::ranges::none_of(file.includes, is_named)) continue;
        add(file.source.get());
        grows = named.insert(normal_path(file.source->path())).second || grows;
      }
    }
  }
  [[nodiscard]] std::vector<LockedReader> take() const {
    std::vector<LockedReader> readers;
    for (const auto& [path, file] : readers_)
      readers.push_back({.path = path, .kind = unsaid_kind(path, file->document->kind)});
    return readers;
  }

 private:
  void add(const Source* source) {
    const auto file = known_.find(source);
    if (file != known_.end() && file->second->document) readers_.emplace(source->path(), file->second);
  }

  const Project& project_;
  std::map<const Source*, const ProjectFile*> known_;
  std::map<std::string, const ProjectFile*> readers_;
};

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

bool all_stand_where_written(std::string_view text, const LockedFile& locked) {
  Lines lines(text);
  return std::all_of(locked.edits.begin(), locked.edits.end(), [&](const LockedEdit& edit) {
    if (!stands_at(text, edit.start, edit)) return false;
    const Line& line = lines.at(edit.start);
    return edit.start - line.begin == edit.column && line.hash == edit.line;
  });
}

/// Makes edits again in a text in which they were undone, one after the other.
class MadeAgain {
 public:
  explicit MadeAgain(std::string_view text) : text_(text) {}

  /// False if the old text is not where the edit then stands at `place` of what is made.
  [[nodiscard]] bool add(const LockedEdit& edit, std::size_t place) {
    if (place < made_.size()) return false;
    const std::size_t kept = place - made_.size();
    if (kept > text_.size() - done_) return false;
    made_.append(text_, done_, kept);
    done_ += kept;
    if (text_.substr(done_, edit.was.size()) != edit.was) return false;
    made_ += edit.now;
    done_ += edit.was.size();
    return true;
  }
  /// With the rest of the text.
  [[nodiscard]] std::string finish() && { return std::move(made_.append(text_, done_)); }

 private:
  std::string_view text_;
  std::string made_;
  std::size_t done_ = 0;  ///< bytes of the text
};

/// Whether the run has been undone already: with its edits made again, each stands where it was written.
bool is_undone(std::string_view text, const LockedFile& locked) {
  MadeAgain again(text);
  for (const LockedEdit& edit : locked.edits)
    if (!again.add(edit, edit.start)) return false;
  return all_stand_where_written(std::move(again).finish(), locked);
}

/// What a run did to one line: where in it, what stands there now, what stood there.
struct LineEdits {
  std::uint64_t after = 0;  ///< hash of the line after the run
  std::vector<const LockedEdit*> edits;

  /// The hash of a line with the edits made again; nothing if the old texts are not there.
  [[nodiscard]] std::optional<std::uint64_t> done_again(std::string_view line) const {
    MadeAgain again(line);
    for (const LockedEdit* edit : edits)
      if (!again.add(*edit, edit->column)) return std::nullopt;
    return hash_of(std::move(again).finish());
  }
  /// What is the same for edits of one kind.
  [[nodiscard]] auto shape() const {
    std::vector<std::tuple<std::uint32_t, std::string_view, std::string_view>> parts;
    for (const LockedEdit* edit : edits) parts.emplace_back(edit->column, edit->was, edit->now);
    return parts;
  }
};

std::vector<LineEdits> by_line(const std::vector<LockedEdit>& edits) {
  std::vector<LineEdits> lines;
  std::uint32_t begin = 0;
  for (const LockedEdit& edit : edits) {
    const std::uint32_t line_begin = edit.start - edit.column;
    if (lines.empty() || line_begin != begin || lines.back().after != edit.line)
      lines.push_back({.after = edit.line});
    begin = line_begin;
    lines.back().edits.push_back(&edit);
  }
  return lines;
}

/// Takes out those whose old text is back in a line of the text: they are done.
void drop_undone(std::string_view text, std::vector<LockedEdit>& lost) {
  constexpr std::size_t most_shapes = 64;  // the text is gone over once for each
  std::map<decltype(LineEdits().shape()), std::vector<LineEdits>> by_shape;
  for (LineEdits& line : by_line(lost)) by_shape[line.shape()].push_back(std::move(line));
  if (by_shape.size() > most_shapes) return;
  std::set<const LockedEdit*> done;
  for (const auto& [shape, lines] : by_shape) {
    // Lines as they were, by what the run made of them.
    std::unordered_map<std::uint64_t, std::size_t> before;
    for (std::size_t begin = 0; begin <= text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      if (const auto after = lines.front().done_again(text.substr(begin, end - begin))) ++before[*after];
      begin = end + 1;
    }
    for (const LineEdits& line : lines) {
      const auto found = before.find(line.after);
      if (found == before.end() || found->second == 0) continue;
      --found->second;
      done.insert(line.edits.begin(), line.edits.end());
    }
  }
  std::vector<LockedEdit> left;
  for (LockedEdit& edit : lost)
    if (!done.contains(&edit)) left.push_back(std::move(edit));
  lost = std::move(left);
}

}  // namespace

Lock make_lock(const RetargetPlan& plan, const Project& project) {
  Lock lock;
  std::map<const Source*, const KindInfo*> kinds;
  for (const ProjectFile& file : project.files)
    if (file.document) kinds.emplace(file.source.get(), file.document->kind);
  for (const ImagePair& pair : plan.pairs)
    if (pair.name_known && pair.suffix_known)
      lock.images.emplace_back(with_suffix(pair), pair.target + pair.target_suffix);
  std::set<std::string> edited;
  for (const EditSet& set : plan.edits) {
    if (set.empty()) continue;
    lock.files.push_back(locked_file(set));
    const auto kind = kinds.find(&set.source());
    if (kind != kinds.end()) lock.files.back().kind = unsaid_kind(set.source().path(), kind->second);
    edited.insert(normal_path(set.source().path()));
  }
  TellingFiles readers(project);
  for (const PlannedMove& move : plan.moves) readers.add(move);
  readers.add_includers(std::move(edited));
  lock.readers = readers.take();
  return lock;
}

Reverted revert_edits(const Source& source, const LockedFile& locked) {
  Reverted result{.edits = EditSet(source), .lost = {}};
  const std::string_view text = source.bytes();
  const bool untouched = all_stand_where_written(text, locked);
  if (!untouched && is_undone(text, locked)) return result;
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
  drop_undone(text, result.lost);
  return result;
}

}  // namespace imglint
