#include "kinds/makefile/recipes.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"

namespace imglint::makefile {
namespace {

constexpr std::string_view blanks = " \t\r";

/// The first word, which is taken off.
std::string_view take_word(std::string_view& text) {
  text = trimmed(text);
  const std::string_view word = text.substr(0, text.find_first_of(blanks));
  text.remove_prefix(word.size());
  return word;
}

bool ends_in_backslash(std::string_view line) {
  const auto end = line.find_last_not_of('\\');
  return (line.size() - (end == line.npos ? 0 : end + 1)) % 2 == 1;
}

bool is_modifier(std::string_view word) {
  constexpr std::array<std::string_view, 4> words = {"override", "export", "private", "unexport"};
  return std::ranges::find(words, word) != words.end();
}

bool is_directive(std::string_view word) {
  constexpr std::array<std::string_view, 12> words = {"ifeq",     "ifneq", "ifdef",    "ifndef",
                                                      "else",     "endif", "include",  "-include",
                                                      "sinclude", "vpath", "undefine", "unexport"};
  return std::ranges::find(words, word) != words.end();
}

/// A name, an operator and where the value begins.
struct Parsed {
  std::string_view name;
  std::string_view op;
  std::string_view value;  ///< up to the end of the line
};

/// The end of text at an offset that stands in `$( )` or `${ }`.
std::size_t behind_reference(std::string_view line, std::size_t at) {
  if (at + 1 >= line.size() || (line[at + 1] != '(' && line[at + 1] != '{'))
    return std::min(at + 2, line.size());
  const char open = line[at + 1];
  const char close = open == '(' ? ')' : '}';
  int depth = 0;
  for (at += 1; at < line.size(); ++at) {
    if (line[at] == open) ++depth;
    if (line[at] == close && --depth == 0) return at + 1;
  }
  return line.size();
}

/// `NAME op value`; an empty operator if the line assigns nothing.
Parsed parse_assignment(std::string_view line) {
  constexpr std::array<std::string_view, 7> operators = {":::=", "::=", ":=", "?=", "+=", "!=", "="};
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] == '$') {
      at = behind_reference(line, at) - 1;
      continue;
    }
    if (line[at] == '#') return {};
    for (const std::string_view op : operators)
      if (line.substr(at).starts_with(op)) {
        std::string_view name = trimmed(line.substr(0, at));
        const auto blank = name.find_first_of(blanks);
        if (name.empty() || blank != name.npos) return {};
        return {name, op, line.substr(at + op.size())};
      }
    if (line[at] == ':') return {};
  }
  return {};
}

/// Up to a hash that no backslash stands before.
std::string_view without_comment(std::string_view value) {
  for (auto at = value.find('#'); at != value.npos; at = value.find('#', at + 1))
    if (at == 0 || value[at - 1] != '\\') return value.substr(0, at);
  return value;
}

class Reader {
 public:
  Reader(std::string_view text, std::uint32_t begin) : text_(text), begin_(begin) {}

  Makefile run() {
    while (at_ < text_.size()) {
      const std::string_view line = take_line();
      if (in_rule_ && line.starts_with('\t'))
        recipe(line.substr(1));
      else
        other(line);
    }
    return std::move(result_);
  }

 private:
  std::string_view take_line() {
    const auto feed = std::min(text_.find('\n', at_), text_.size());
    std::string_view line = text_.substr(at_, feed - at_);
    at_ = std::min(feed + 1, text_.size());
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
  }
  [[nodiscard]] Span span(std::string_view part) const {
    const auto at = begin_ + static_cast<std::uint32_t>(part.data() - text_.data());
    return {at, at + static_cast<std::uint32_t>(part.size())};
  }
  /// The stretch up to the line's end, that included, for a line that goes on.
  [[nodiscard]] Span with_line_end(std::string_view part) const {
    Span whole = span(part);
    whole.end = begin_ + static_cast<std::uint32_t>(at_);
    return whole;
  }
  void recipe(std::string_view line) {
    line.remove_prefix(std::min(line.find_first_not_of("@-+ \t"), line.size()));
    std::vector<Span> stretches;
    while (ends_in_backslash(line) && at_ < text_.size()) {
      stretches.push_back(with_line_end(line));
      line = take_line();
      if (line.starts_with('\t')) line.remove_prefix(1);
    }
    stretches.push_back(span(line));
    result_.recipes.push_back(std::move(stretches));
  }
  void skip_definition(std::string_view name) {
    result_.variables[name].push_back({});
    int depth = 1;
    while (depth > 0 && at_ < text_.size()) {
      std::string_view line = take_line();
      const std::string_view word = take_word(line);
      if (word == "define") ++depth;
      if (word == "endef") --depth;
    }
  }
  /// Takes the lines that belong to one; true if there were some.
  bool skip_continuation(std::string_view line) {
    const bool continues = ends_in_backslash(line);
    while (ends_in_backslash(line) && at_ < text_.size()) line = take_line();
    return continues;
  }
  void assign(const Parsed& parsed, bool of_target, bool continues) {
    const std::string_view value = trimmed(without_comment(parsed.value));
    const bool simple = parsed.op != "+=" && parsed.op != "!=" && !of_target && !continues;
    result_.variables[parsed.name].push_back({span(value), simple});
  }
  void other(std::string_view line) {
    std::string_view rest = line;
    std::string_view first = take_word(rest);
    if (first.empty() || first.starts_with('#')) {
      (void)skip_continuation(line);
      return;
    }
    if (first == "define") return skip_definition(take_word(rest));
    if (is_directive(first)) {
      (void)skip_continuation(line);
      return;
    }
    std::string_view statement = line;
    while (is_modifier(first)) {
      statement = rest;
      if (std::string_view next = rest; take_word(next) == "define") {
        (void)take_word(rest);
        return skip_definition(take_word(rest));
      }
      first = take_word(rest);
    }
    if (const Parsed parsed = parse_assignment(statement); !parsed.op.empty()) {
      in_rule_ = false;
      return assign(parsed, false, skip_continuation(line));
    }
    rule(line);
  }
  /// `target: prerequisites`, `target: NAME = value`, `target: ; command`.
  void rule(std::string_view line) {
    std::size_t colon = 0;
    while (colon < line.size() && line[colon] != ':')
      colon = line[colon] == '$' ? behind_reference(line, colon) : colon + 1;
    if (colon >= line.size()) {
      (void)skip_continuation(line);
      return;
    }
    in_rule_ = true;
    std::string_view rest = line.substr(colon + 1);
    if (rest.starts_with(':')) rest.remove_prefix(1);
    std::string_view after = rest;
    std::string_view first = take_word(after);
    std::string_view statement = rest;
    while (is_modifier(first)) {
      statement = after;
      first = take_word(after);
    }
    const auto semicolon = rest.find(';');
    if (const Parsed parsed = parse_assignment(statement);
        !parsed.op.empty() && (semicolon == rest.npos || statement.find(parsed.op) < statement.find(';')))
      return assign(parsed, true, skip_continuation(line));
    if (semicolon != rest.npos) return recipe(rest.substr(semicolon + 1));
    (void)skip_continuation(line);
  }

  std::string_view text_;
  std::uint32_t begin_;
  std::size_t at_ = 0;
  bool in_rule_ = false;
  Makefile result_;
};

}  // namespace

Makefile read_makefile(std::string_view text, std::uint32_t begin) { return Reader(text, begin).run(); }

}  // namespace imglint::makefile
