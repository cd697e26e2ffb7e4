#include "expansion/env_file.hpp"

#include <algorithm>
#include <unordered_map>

#include <tao/pegtl.hpp>

#include "base/printable.hpp"
#include "expansion/template.hpp"
#include "grammar/env_file.hpp"

namespace imglint {
namespace {

namespace pegtl = tao::pegtl;
namespace rule = grammar::env_file;
using Input = pegtl::memory_input<pegtl::tracking_mode::lazy, pegtl::eol::lf, const char*>;

/// What the actions fill in.
struct Line {
  const Source& source;
  MappedTextBuilder text;
  std::string_view key;
  bool assigns = false;

  template <class ActionInput>
  [[nodiscard]] Span span(const ActionInput& in) const {
    const char* base = source.bytes().data();
    return {static_cast<std::uint32_t>(in.begin() - base), static_cast<std::uint32_t>(in.end() - base)};
  }
};

template <class Rule>
struct Take : pegtl::nothing<Rule> {};

template <>
struct Take<rule::key> {
  template <class ActionInput>
  static void apply(const ActionInput& in, Line& line) {
    line.key = {in.begin(), in.size()};
  }
};
template <>
struct Take<rule::assigns> {
  static void apply0(Line& line) { line.assigns = true; }
};

struct TakeCopy {
  template <class ActionInput>
  static void apply(const ActionInput& in, Line& line) {
    line.text.copy(&line.source, line.span(in), {in.begin(), in.size()});
  }
};
template <>
struct Take<rule::double_text> : TakeCopy {};
template <>
struct Take<rule::single_text> : TakeCopy {};
template <>
struct Take<rule::other_backslash> : TakeCopy {};
template <>
struct Take<rule::words> : TakeCopy {};
template <>
struct Take<rule::blanks> : TakeCopy {};

template <>
struct Take<rule::single_escape> {
  template <class ActionInput>
  static void apply(const ActionInput& in, Line& line) {
    line.text.replace(&line.source, line.span(in), "'");
  }
};

/// What an escape stands for. A dollar is doubled: the value is a template yet to be read.
std::string unescape(std::string_view escape) {
  constexpr std::string_view letters = "abfnrtv";
  constexpr std::string_view meanings = "\a\b\f\n\r\t\v";
  if (escape[1] == '$') return "$$";
  if (escape[1] == '0') {
    unsigned value = 0;
    for (const char digit : escape.substr(2)) value = value * 8 + static_cast<unsigned>(digit - '0');
    return std::string(1, static_cast<char>(value & 0xFF));
  }
  const auto at = letters.find(escape[1]);
  return std::string(1, at == std::string_view::npos ? escape[1] : meanings[at]);
}
template <>
struct Take<rule::double_escape> {
  template <class ActionInput>
  static void apply(const ActionInput& in, Line& line) {
    line.text.replace(&line.source, line.span(in), unescape({in.begin(), in.size()}));
  }
};

/// Reads assignment after assignment, until the end or the first fault.
class Reader {
 public:
  /// `earlier` has what `given` has, too.
  Reader(const Source& source, const TemplateValues& given, const TemplateValues& earlier, Arena& arena)
      : source_(source),
        arena_(arena),
        budget_(source.bytes().size()),
        in_(source.bytes().data() + source.text_begin(), source.bytes().data() + source.bytes().size(), ""),
        given_(given),
        values_(&earlier) {}

  EnvFile run() {
    while (true) {
      pegtl::parse<rule::gap>(in_);
      if (in_.empty() || !read_assignment()) break;
    }
    return std::move(file_);
  }

 private:
  bool read_assignment() {
    Line line{.source = source_, .text = {}, .key = {}};
    const char* begin = in_.current();
    if (!pegtl::parse<rule::head, Take>(in_, line)) return fail_key(begin);
    if (!line.assigns) return true;
    const char first = in_.empty() ? '\n' : in_.peek_char();
    const char* value_begin = in_.current();
    bool is_template = true;
    if (first == '"') {
      if (!pegtl::parse<rule::double_quoted, Take>(in_, line))
        return fail(value_begin, value_begin + 1, "a quoted value without its closing quote");
    } else if (first == '\'') {
      is_template = false;
      if (!pegtl::parse<rule::single_quoted, Take>(in_, line))
        return fail(value_begin, value_begin + 1, "a quoted value without its closing quote");
    } else {
      pegtl::parse<rule::unquoted, Take>(in_, line);
      if (!in_.empty()) pegtl::parse<pegtl::until<pegtl::at<pegtl::sor<pegtl::one<'\n'>, pegtl::eof>>>>(in_);
    }
    if (line.text.text().empty()) {
      // An empty value has a place, where text can be put.
      const auto at = static_cast<std::uint32_t>(value_begin - source_.bytes().data());
      const std::uint32_t inside = first == '"' || first == '\'' ? at + 1 : behind_equals(at);
      line.text.copy(&source_, {inside, inside}, {});
    }
    MappedText text = line.text.finish(arena_);
    bool too_long = false;
    if (is_template && !interpolate_value(text, too_long)) return false;
    assign(line.key, text, too_long);
    return true;
  }

  /// Where an unquoted empty value stands: the blanks behind its sign, and the CR of its line, follow it.
  [[nodiscard]] std::uint32_t behind_equals(std::uint32_t at) const {
    const std::string_view before = source_.bytes().substr(0, at);
    const auto sign = before.find_last_not_of(" \t\v\f\r");
    return sign == std::string_view::npos ? at : static_cast<std::uint32_t>(sign + 1);
  }

  /// False after a fault that ends the reading. A value that is too long is left out, and the next is read.
  bool interpolate_value(MappedText& text, bool& too_long) {
    Interpolation result = interpolate(text, values_, arena_, &budget_);
    if (result.fault) {
      too_long = result.fault->kind == Trouble::Kind::unjudged;
      const auto place = text.cover_of(result.fault->range);
      file_.troubles.push_back({.kind = result.fault->kind,
                                .span = place ? place->span : Span{},
                                .message = std::move(result.fault->message)});
      if (too_long) text = {};
      return too_long;
    }
    // Pieces must not point into the variables of this file: the reader of the value has its own.
    std::vector<Piece> pieces(result.value.pieces().begin(), result.value.pieces().end());
    for (Piece& piece : pieces) piece.variable = no_variable;
    text = {result.value.text(), arena_.copy(std::span<const Piece>(pieces))};
    return true;
  }

  void assign(std::string_view key, const MappedText& text, bool too_long) {
    const auto [found, is_new] = numbers_.emplace(key, file_.values.size());
    const GivenValue value{.name = key, .value = text, .too_long = too_long};
    if (is_new)
      file_.values.push_back(value);
    else
      file_.values[found->second] = value;
    if (!given_.find(key)) values_.set(key, {VariableSource::env_file, text, too_long});
  }

  bool fail_key(const char* begin) {
    const char* end = source_.bytes().data() + source_.bytes().size();
    const char* line_end = std::find(begin, end, '\n');
    const std::string_view line(begin, static_cast<std::size_t>(line_end - begin));
    std::string shown = printable(line.substr(0, line.find_first_of("=:\r")));
    return fail(begin, line_end, "'" + shown + "' is no name of a variable");
  }

  bool fail(const char* begin, const char* end, std::string message) {
    const char* base = source_.bytes().data();
    file_.troubles.push_back(
        {.kind = Trouble::Kind::syntax,
         .span = {static_cast<std::uint32_t>(begin - base), static_cast<std::uint32_t>(end - base)},
         .message = std::move(message)});
    return false;
  }

  const Source& source_;
  Arena& arena_;
  ExpansionBudget budget_;
  Input in_;
  EnvFile file_;
  const TemplateValues& given_;
  TemplateValues values_;
  std::unordered_map<std::string_view, std::size_t> numbers_;
};

}  // namespace

EnvFile read_env_file(const Source& source, std::span<const std::pair<std::string, std::string>> env,
                      Arena& arena) {
  TemplateValues given;
  for (const auto& [name, value] : env) given.set(name, {VariableSource::option, {value, {}}});
  return Reader(source, given, given, arena).run();
}

EnvFile read_env_file(const Source& source, const TemplateValues& given, const TemplateValues& earlier,
                      Arena& arena) {
  return Reader(source, given, earlier, arena).run();
}

}  // namespace imglint
