#include "kinds/dockerfile/syntax.hpp"

#include <algorithm>
#include <charconv>

#include <tao/pegtl.hpp>

#include "grammar/dockerfile.hpp"
#include "kinds/dockerfile/text.hpp"

namespace imglint::dockerfile {
namespace {

namespace pegtl = tao::pegtl;
namespace rule = grammar::dockerfile;
namespace expansion = grammar::expansion::dockerfile;

using Input = pegtl::memory_input<pegtl::tracking_mode::lazy, pegtl::eol::lf, const char*>;

Input input(std::string_view line, TextRange range) {
  return {line.data() + range.begin, line.data() + range.end, ""};
}
Input input(std::string_view text) { return input(text, {0, size_of(text)}); }

/// Collects ranges; `begin` is where offsets count from.
struct Ranges {
  const char* begin;
  std::vector<TextRange>& list;

  template <class In>
  [[nodiscard]] TextRange of(const In& in) const {
    return {static_cast<std::uint32_t>(in.begin() - begin), static_cast<std::uint32_t>(in.end() - begin)};
  }
};

/// Adds the range of a rule to the list.
struct Collects {
  template <class In>
  static void apply(const In& in, Ranges& ranges) {
    if (!in.empty()) ranges.list.push_back(ranges.of(in));
  }
};

// --- instructions ---

template <class Rule>
struct FlagParts : pegtl::nothing<Rule> {};
template <char Escape>
struct FlagParts<rule::flag_plain<Escape>> : Collects {};
template <char Escape, char Quote>
struct FlagParts<rule::flag_inner<Escape, Quote>> : Collects {};
template <>
struct FlagParts<rule::flag_kept> : Collects {};

/// Joins neighbours, so that a flag without quotes is one part.
void add_joined(std::vector<TextRange>& list, std::size_t first) {
  std::size_t last = first;
  for (std::size_t i = first + 1; i < list.size(); ++i) {
    if (list[i].begin == list[last].end) {
      list[last].end = list[i].end;
    } else {
      list[++last] = list[i];
    }
  }
  if (first < list.size()) list.resize(last + 1);
}

/// Two dashes, with or without quotes, end the flags.
bool is_end_of_flags(std::string_view line, const Instruction& result, std::size_t first) {
  std::uint32_t size = 0;
  for (std::size_t i = first; i < result.parts.size(); ++i) {
    size += result.parts[i].size();
    if (size > 2 || result.parts[i].of(line).find_first_not_of('-') != std::string_view::npos) return false;
  }
  return size == 2;
}

template <char Escape>
std::uint32_t cut_flags(std::string_view line, TextRange range, Instruction& result) {
  Input in = input(line, range);
  Ranges ranges{line.data(), result.parts};
  const auto offset = [&] { return static_cast<std::uint32_t>(in.current() - line.data()); };
  for (;;) {
    pegtl::parse<rule::flag_gap>(in);
    const std::uint32_t begin = offset();
    const std::size_t first = result.parts.size();
    if (!pegtl::parse<rule::flag<Escape>, FlagParts>(in, ranges)) return begin;
    add_joined(result.parts, first);
    const TextRange word{begin, offset()};
    if (is_end_of_flags(line, result, first)) return word.end;
    result.flags.push_back(
        {word, {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(result.parts.size() - first)}});
  }
}

// --- words ---

template <class Rule>
struct Words : pegtl::nothing<Rule> {};
template <>
struct Words<rule::word> : Collects {};
template <char Escape>
struct Words<rule::value_word<Escape>> : Collects {};

// --- mounts ---

struct Fields {
  Ranges ranges;
  std::vector<Parts>& fields;
  std::size_t first = 0;
};

template <class Rule>
struct FieldParts : pegtl::nothing<Rule> {};
struct CollectsField {
  template <class In>
  static void apply(const In& in, Fields& state) {
    Collects::apply(in, state.ranges);
  }
};
template <>
struct FieldParts<rule::field_piece> : CollectsField {};
template <>
struct FieldParts<rule::field_quote> : CollectsField {};
template <>
struct FieldParts<rule::field_bare> : CollectsField {};
template <>
struct FieldParts<rule::field> {
  template <class In>
  static void apply(const In&, Fields& state) {
    const std::size_t count = state.ranges.list.size() - state.first;
    state.fields.push_back({static_cast<std::uint32_t>(state.first), static_cast<std::uint32_t>(count)});
    state.first += count;
  }
};

// --- heredocs ---

/// Words of a line as the shell lexer cuts them; quotes, escapes and variables stay.
struct LineWords {
  const char* begin;
  std::string_view line;
  std::vector<TextRange> words;
  std::optional<TextRange> word;

  void end() {
    if (word) words.push_back(*word);
    word.reset();
  }
  void add(TextRange part) {
    if (word) {
      word->end = part.end;
    } else {
      word = part;
    }
  }
  /// What stands in a substitution is cut at blanks like plain text, with no regard to quotes in it.
  void add_cut(TextRange part) {
    for (std::uint32_t at = part.begin; at < part.end;) {
      if (const std::uint32_t size = blank_at(line, at)) {
        end();
        at += size;
      } else {
        add({at, at + 1});
        ++at;
      }
    }
  }
};

template <class Rule>
struct LineParts : pegtl::nothing<Rule> {};
struct AddsPart {
  template <class In>
  static void apply(const In& in, LineWords& state) {
    const auto at = static_cast<std::uint32_t>(in.begin() - state.begin);
    state.add({at, at + static_cast<std::uint32_t>(in.size())});
  }
};
template <>
struct LineParts<rule::line_plain> : AddsPart {};
template <>
struct LineParts<rule::line_quoted> : AddsPart {};
template <>
struct LineParts<rule::line_escaped> : AddsPart {};
template <>
struct LineParts<rule::line_heredoc> : AddsPart {};
template <>
struct LineParts<rule::line_substitution> {
  template <class In>
  static void apply(const In& in, LineWords& state) {
    const auto at = static_cast<std::uint32_t>(in.begin() - state.begin);
    state.add_cut({at, at + static_cast<std::uint32_t>(in.size())});
  }
};
template <>
struct LineParts<rule::line_blank> {
  static void apply0(LineWords& state) { state.end(); }
};

template <class Rule>
struct HeredocParts : pegtl::nothing<Rule> {};
template <>
struct HeredocParts<rule::heredoc_dash> {
  static void apply0(Heredoc& heredoc) { heredoc.tabs = true; }
};
template <>
struct HeredocParts<rule::heredoc_rest> {
  template <class In>
  static void apply(const In& in, Heredoc& heredoc) {
    heredoc.name = in.string();
  }
};

template <class Rule>
struct NameParts : pegtl::nothing<Rule> {};
struct AddsText {
  template <class In>
  static void apply(const In& in, std::string& name) {
    name.append(in.begin(), in.end());
  }
};
template <>
struct NameParts<rule::name_plain> : AddsText {};
template <>
struct NameParts<rule::name_substitution> : AddsText {};
template <>
struct NameParts<expansion::quoted_plain<'\\'>> : AddsText {};
template <>
struct NameParts<expansion::lone_escape<'\\'>> : AddsText {};
template <>
struct NameParts<expansion::single_text> : AddsText {};
template <>
struct NameParts<expansion::escaped_byte> : AddsText {};
template <>
struct NameParts<expansion::quoted_escape<'\\'>> {
  template <class In>
  static void apply(const In& in, std::string& name) {
    name.append(in.begin() + 1, in.end());
  }
};

// --- directives ---

struct DirectiveParts {
  const char* begin;
  Directive directive = {};
};
template <class Rule>
struct Directives : pegtl::nothing<Rule> {};
template <>
struct Directives<rule::directive_name> {
  template <class In>
  static void apply(const In& in, DirectiveParts& state) {
    const auto at = static_cast<std::uint32_t>(in.begin() - state.begin);
    state.directive.name = {at, at + static_cast<std::uint32_t>(in.size())};
  }
};
template <>
struct Directives<rule::directive_value> {
  template <class In>
  static void apply(const In& in, DirectiveParts& state) {
    const auto at = static_cast<std::uint32_t>(in.begin() - state.begin);
    state.directive.value = {at, at + static_cast<std::uint32_t>(in.size())};
  }
};

bool is_directive_blank(char c) { return c == ' ' || c == '\t' || c == '\f' || c == '\r' || c == '\n'; }

}  // namespace

void cut_instruction(std::string_view line, TextRange range, char escape, Instruction& result) {
  result.flags.clear();
  result.parts.clear();
  range = trim(line, range);
  Input in = input(line, range);
  pegtl::parse<rule::keyword>(in);
  result.keyword = {range.begin, static_cast<std::uint32_t>(in.current() - line.data())};
  range.begin = result.keyword.end;
  range.begin = escape == '`' ? cut_flags<'`'>(line, range, result) : cut_flags<'\\'>(line, range, result);
  result.rest = trim(line, range);
}

void cut_words(std::string_view line, TextRange range, std::vector<TextRange>& words) {
  words.clear();
  Ranges ranges{line.data(), words};
  Input in = input(line, range);
  pegtl::parse<rule::words, Words>(in, ranges);
}

void cut_values(std::string_view line, TextRange range, char escape, std::vector<TextRange>& words) {
  words.clear();
  Ranges ranges{line.data(), words};
  Input in = input(line, range);
  if (escape == '`') {
    pegtl::parse<rule::values<'`'>, Words>(in, ranges);
  } else {
    pegtl::parse<rule::values<'\\'>, Words>(in, ranges);
  }
}

bool cut_record(std::string_view text, Record& result) {
  result.fields.clear();
  result.parts.clear();
  if (text.empty()) return false;
  Fields state{{text.data(), result.parts}, result.fields};
  Input in = input(text);
  return pegtl::parse<rule::record, FieldParts>(in, state);
}

std::optional<Heredoc> parse_heredoc(std::string_view word) {
  Heredoc heredoc;
  Input in = input(word);
  if (!pegtl::parse<rule::heredoc, HeredocParts>(in, heredoc)) return std::nullopt;
  const std::string written = std::move(heredoc.name);
  heredoc.name.clear();
  Input name = input(written);
  if (!pegtl::parse<rule::heredoc_name, NameParts>(name, heredoc.name) || heredoc.name.empty())
    return std::nullopt;
  return heredoc;
}

std::vector<Heredoc> find_heredocs(std::string_view line) {
  std::vector<Heredoc> heredocs;
  LineWords state{.begin = line.data(), .line = line};
  Input in = input(line);
  if (!pegtl::parse<rule::line, LineParts>(in, state)) return heredocs;
  state.end();
  for (const TextRange word : state.words)
    if (auto heredoc = parse_heredoc(word.of(line))) heredocs.push_back(std::move(*heredoc));
  return heredocs;
}

std::optional<Directive> parse_directive(std::string_view line, bool slashes) {
  DirectiveParts state{line.data()};
  Input in = input(line);
  const bool found = slashes ? pegtl::parse<rule::directive<rule::slash_mark>, Directives>(in, state)
                             : pegtl::parse<rule::directive<rule::hash_mark>, Directives>(in, state);
  TextRange& value = state.directive.value;
  if (!found || value.empty()) return std::nullopt;
  // Blanks around the value go, but one stays if there is nothing else.
  while (value.size() > 1 && is_directive_blank(line[value.begin])) ++value.begin;
  while (value.size() > 1 && is_directive_blank(line[value.end - 1])) --value.end;
  return state.directive;
}

bool is_stage_name(std::string_view text) {
  Input in = input(text);
  return pegtl::parse<rule::stage_name>(in);
}

std::optional<std::int64_t> parse_stage_index(std::string_view text) {
  Input in = input(text);
  if (!pegtl::parse<rule::stage_index>(in)) return std::nullopt;
  if (text.starts_with('+')) text.remove_prefix(1);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc()) return std::nullopt;
  return value;
}

bool is_platform(std::string_view text) {
  Input in = input(text);
  if (!pegtl::parse<rule::platform>(in)) return false;
  if (text.find('/') != std::string_view::npos) return true;
  // One part must be an operating system or an architecture that is known.
  static constexpr std::string_view known[] = {
      "aix",         "android",  "darwin",  "dragonfly", "freebsd", "hurd",     "illumos",
      "ios",         "js",       "linux",   "macos",     "nacl",    "netbsd",   "openbsd",
      "plan9",       "solaris",  "wasip1",  "windows",   "zos",     "386",      "aarch64",
      "amd64",       "amd64p32", "arm",     "arm64",     "arm64be", "armbe",    "armel",
      "armhf",       "i386",     "loong64", "mips",      "mips64",  "mips64le", "mips64p32",
      "mips64p32le", "mipsle",   "ppc",     "ppc64",     "ppc64le", "riscv",    "riscv64",
      "s390",        "s390x",    "sparc",   "sparc64",   "wasm",    "x86-64",   "x86_64"};
  return std::any_of(std::begin(known), std::end(known),
                     [&](std::string_view name) { return is_word(text.substr(0, text.find('(')), name); });
}

}  // namespace imglint::dockerfile
