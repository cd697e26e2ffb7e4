#include "kinds/quadlet/unit.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace imglint::quadlet {
namespace {

constexpr std::string_view blanks = " \t\r";

bool is_comment(std::string_view line) { return line.starts_with('#') || line.starts_with(';'); }

class Reader {
 public:
  Reader(const Source& source, Arena& arena) : source_(source), arena_(arena), at_(source.text_begin()) {}

  std::vector<Assignment> run() {
    std::string_view section;
    while (at_ < source_.bytes().size()) {
      const std::string_view line = take_line();
      if (line.empty() || is_comment(line)) continue;
      if (line.starts_with('[') && line.ends_with(']')) {
        section = line.substr(1, line.size() - 2);
        continue;
      }
      const auto equals = line.find('=');
      if (equals == line.npos) {
        skip_continuation(line);
        continue;
      }
      found_.push_back({section, trimmed(line.substr(0, equals)), value(line.substr(equals + 1))});
    }
    return std::move(found_);
  }

 private:
  std::string_view take_line() {
    const std::string_view bytes = source_.bytes();
    const auto feed = std::min(bytes.find('\n', at_), bytes.size());
    const std::string_view line = trimmed(bytes.substr(at_, feed - at_));
    at_ = std::min(feed + 1, bytes.size());
    return line;
  }
  /// The next line that continues one.
  std::string_view take_next() {
    while (at_ < source_.bytes().size())
      if (const std::string_view line = take_line(); !is_comment(line)) return line;
    return {};
  }
  void skip_continuation(std::string_view line) {
    while (line.ends_with('\\')) line = take_next();
  }
  [[nodiscard]] Span span(std::string_view part) const {
    const auto at = static_cast<std::uint32_t>(part.data() - source_.bytes().data());
    return {at, at + static_cast<std::uint32_t>(part.size())};
  }
  MappedText value(std::string_view line) {
    MappedTextBuilder builder;
    const auto add = [&](std::string_view part) { builder.copy(&source_, span(part), part); };
    line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
    while (line.ends_with('\\')) {
      add(line.substr(0, line.size() - 1));
      line = take_next();
    }
    if (!line.empty()) add(line);
    const MappedText joined = builder.finish(arena_);
    const std::string_view text = joined.text();
    TextRange range{0, static_cast<std::uint32_t>(text.size())};
    while (!range.of(text).empty() && blanks.find(text[range.end - 1]) != blanks.npos) --range.end;
    if (range.size() > 1 && text[0] == '"' && text[range.end - 1] == '"') {
      ++range.begin;
      --range.end;
    }
    return joined.sub(range, arena_);
  }

  const Source& source_;
  Arena& arena_;
  std::size_t at_;
  std::vector<Assignment> found_;
};

}  // namespace

std::vector<Assignment> read_unit(const Source& source, Arena& arena) { return Reader(source, arena).run(); }

}  // namespace imglint::quadlet
