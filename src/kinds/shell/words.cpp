#include "kinds/shell/words.hpp"

#include <algorithm>
#include <string>

#include <tao/pegtl.hpp>

#include "grammar/shell.hpp"
#include "kinds/shell/keywords.hpp"

namespace imglint::shell {
namespace {

namespace pegtl = tao::pegtl;
namespace rule = grammar::shell;
using Input = pegtl::memory_input<pegtl::tracking_mode::lazy, pegtl::eol::lf, const char*>;

constexpr std::size_t deepest = 200;

enum class Mode : std::uint8_t {
  commands,       ///< words that are commands
  quoted,         ///< inside of double quotes
  braced,         ///< behind the operator of `${NAME:-`
  quoted_braced,  ///< the same inside of double quotes
  arithmetic,     ///< inside of `$(( ))`
  word,           ///< all is one word
};

/// A heredoc whose body begins behind the line.
struct Heredoc {
  std::string delimiter;
  bool tabs_go = false;
};

/// What becomes of the word that is read.
enum class Use : std::uint8_t { kept, dropped, delimiter, tabbed_delimiter };

/// Something that is open: a text of commands, quotes, braces.
struct Level {
  Mode mode = Mode::commands;
  std::uint32_t begin = 0;   ///< where `$(` or `${` stands
  std::uint32_t parens = 0;  ///< open ones in it
  std::uint32_t cases = 0;   ///< open `case`, whose patterns end in `)`
  bool array = false;        ///< inside of `NAME=( )`
  bool hidden = false;       ///< what stands here is a part of no word
  TextPart variable = {};    ///< braced: what it will be
  Command command = {};      ///< commands
  Word word = {};            ///< commands, word
  bool in_word = false;
  Use use = Use::kept;
};

/// A parameter of the script, `1`.
bool is_number(std::string_view name) {
  return !name.empty() && name.find_first_not_of("0123456789") == name.npos;
}

class Lexer {
 public:
  Lexer(std::string_view text, TextRange range, const Reading& reading)
      : text_(text), reading_(reading), shadow_(shadow_of(text, range, reading)), offset_(range.begin) {}

  Commands read_commands();
  Word read_word();

  // What the actions do. Ranges are in the text.
  void blanks() { end_word(); }
  void line_end();
  void separator() { end_command(); }
  void open_paren();
  void close_paren(std::uint32_t end);
  void redirection(TextRange range);
  void text(TextRange range);
  void quotes(TextRange range, TextRange inside);
  void escape(TextRange range) { part({.kind = TextPart::Kind::escape, .range = range}); }
  void unknown(TextRange range) { part({.kind = TextPart::Kind::unknown, .range = range}); }
  void outer(TextRange range);
  void variable(TextRange range, TextRange name);
  void open_quotes(std::uint32_t begin);
  void close_quotes(std::uint32_t end);
  void open_braces(TextRange head);
  void close_braces(std::uint32_t end);
  void open_command(std::uint32_t begin, Mode mode);
  void fail() { failed_ = true; }

 private:
  [[nodiscard]] static std::string shadow_of(std::string_view text, TextRange range, const Reading& reading);
  void run();
  void step(Input& in);
  void push(Mode mode, std::uint32_t begin, bool hidden);
  [[nodiscard]] Level& top() { return levels_.back(); }
  /// Where words are put together.
  [[nodiscard]] Level& words();
  void begin_word(std::uint32_t at);
  void part(TextPart part);
  void end_word();
  void note_case(const Level& level, const Word& word);
  void end_command();
  [[nodiscard]] std::size_t behind_heredocs(std::size_t at);

  std::string_view text_;
  const Reading& reading_;
  std::string shadow_;    ///< of the same length, with outer expressions marked
  std::uint32_t offset_;  ///< of the shadow in the text
  std::vector<Level> levels_;
  std::vector<Heredoc> heredocs_;
  bool line_ended_ = false;
  bool failed_ = false;
  Commands result_;
};

/// What actions see.
struct State {
  Lexer& lexer;
  const char* base;
  std::uint32_t offset;
  TextRange inside = {};  ///< of a quoted text, or the name of a variable

  template <class ActionInput>
  [[nodiscard]] TextRange range(const ActionInput& in) const {
    return {offset + static_cast<std::uint32_t>(in.begin() - base),
            offset + static_cast<std::uint32_t>(in.end() - base)};
  }
};

template <class Rule>
struct Do : pegtl::nothing<Rule> {};

/// An action that calls a function of the lexer with the range of what matched.
template <void (Lexer::*Function)(TextRange)>
struct Call {
  template <class ActionInput>
  static void apply(const ActionInput& in, State& state) {
    (state.lexer.*Function)(state.range(in));
  }
};
template <void (Lexer::*Function)(std::uint32_t)>
struct CallAtEnd {
  template <class ActionInput>
  static void apply(const ActionInput& in, State& state) {
    (state.lexer.*Function)(state.range(in).end);
  }
};
template <void (Lexer::*Function)()>
struct CallPlain {
  static void apply0(State& state) { (state.lexer.*Function)(); }
};
struct KeepInside {
  template <class ActionInput>
  static void apply(const ActionInput& in, State& state) {
    state.inside = state.range(in);
  }
};
template <void (Lexer::*Function)(TextRange, TextRange)>
struct CallWithInside {
  template <class ActionInput>
  static void apply(const ActionInput& in, State& state) {
    (state.lexer.*Function)(state.range(in), state.inside);
  }
};

// clang-format off
template <> struct Do<rule::blanks> : CallPlain<&Lexer::blanks> {};
template <> struct Do<rule::end_of_line> : CallPlain<&Lexer::line_end> {};
template <> struct Do<rule::separator> : CallPlain<&Lexer::separator> {};
template <> struct Do<rule::open_paren> : CallPlain<&Lexer::open_paren> {};
template <> struct Do<rule::open_quote> : CallPlain<&Lexer::fail> {};
template <> struct Do<rule::open_backquote> : CallPlain<&Lexer::fail> {};
template <> struct Do<rule::close_paren> : CallAtEnd<&Lexer::close_paren> {};
template <> struct Do<rule::braced_close> : CallAtEnd<&Lexer::close_braces> {};
template <> struct Do<rule::double_close> : CallAtEnd<&Lexer::close_quotes> {};
template <> struct Do<rule::redirection> : Call<&Lexer::redirection> {};
template <> struct Do<rule::heredoc> : Call<&Lexer::redirection> {};
template <> struct Do<rule::plain> : Call<&Lexer::text> {};
template <> struct Do<rule::quoted_plain> : Call<&Lexer::text> {};
template <> struct Do<rule::braced_plain> : Call<&Lexer::text> {};
template <> struct Do<rule::word_plain> : Call<&Lexer::text> {};
template <> struct Do<rule::other> : Call<&Lexer::text> {};
template <> struct Do<rule::lone_dollar> : Call<&Lexer::text> {};
template <> struct Do<rule::escape> : Call<&Lexer::escape> {};
template <> struct Do<rule::double_escape> : Call<&Lexer::escape> {};
template <> struct Do<rule::braces> : Call<&Lexer::unknown> {};
template <> struct Do<rule::placeholder> : Call<&Lexer::unknown> {};
template <> struct Do<rule::backquoted> : Call<&Lexer::unknown> {};
template <> struct Do<rule::ansi_quoted> : Call<&Lexer::unknown> {};
template <> struct Do<rule::outer> : Call<&Lexer::outer> {};
template <> struct Do<rule::braced_open> : Call<&Lexer::open_braces> {};
template <> struct Do<rule::single_text> : KeepInside {};
template <> struct Do<rule::bare_name> : KeepInside {};
template <> struct Do<rule::whole_name> : KeepInside {};
template <> struct Do<rule::single_quoted> : CallWithInside<&Lexer::quotes> {};
template <> struct Do<rule::variable> : CallWithInside<&Lexer::variable> {};
template <> struct Do<rule::braced_whole> : CallWithInside<&Lexer::variable> {};
// clang-format on

template <>
struct Do<rule::double_open> {
  template <class ActionInput>
  static void apply(const ActionInput& in, State& state) {
    state.lexer.open_quotes(state.range(in).begin);
  }
};
template <>
struct Do<rule::arithmetic> {
  template <class ActionInput>
  static void apply(const ActionInput& in, State& state) {
    state.lexer.open_command(state.range(in).begin, Mode::arithmetic);
  }
};
template <>
struct Do<rule::command_open> {
  template <class ActionInput>
  static void apply(const ActionInput& in, State& state) {
    state.lexer.open_command(state.range(in).begin, Mode::commands);
  }
};

std::string Lexer::shadow_of(std::string_view text, TextRange range, const Reading& reading) {
  std::string shadow(range.of(text));
  for (char& byte : shadow)
    if (byte == '\x01' || byte == '\x02') byte = '\x03';
  if (!reading.outer) return shadow;
  for (const TextPart& part : *reading.outer) {
    if (part.range.begin < range.begin || part.range.end > range.end || part.range.empty()) continue;
    const auto at = part.range.begin - range.begin;
    std::fill_n(shadow.begin() + static_cast<std::ptrdiff_t>(at), part.range.size(), '\x02');
    shadow[at] = '\x01';
  }
  return shadow;
}

Commands Lexer::read_commands() {
  push(Mode::commands, 0, false);
  run();
  if (levels_.size() > 1) failed_ = true;
  if (!failed_) end_command();
  result_.open_quote = failed_;
  return std::move(result_);
}

Word Lexer::read_word() {
  push(Mode::word, offset_, false);
  begin_word(offset_);
  run();
  Word word = std::move(levels_.front().word);
  word.range.end = offset_ + static_cast<std::uint32_t>(shadow_.size());
  return word;
}

void Lexer::run() {
  Input in(shadow_.data(), shadow_.data() + shadow_.size(), "");
  while (!in.empty() && !failed_) {
    step(in);
    if (!line_ended_) continue;
    line_ended_ = false;
    const auto at = static_cast<std::size_t>(in.current() - shadow_.data());
    in.bump(behind_heredocs(at) - at);
  }
}

/// Reads one token.
void Lexer::step(Input& in) {
  State state{*this, shadow_.data(), offset_};
  const bool within = top().in_word;
  switch (top().mode) {
    case Mode::commands:
      if (reading_.placeholders)
        within ? pegtl::parse<rule::in_document_word, Do>(in, state)
               : pegtl::parse<rule::in_document_between, Do>(in, state);
      else
        within ? pegtl::parse<rule::within_word, Do>(in, state)
               : pegtl::parse<rule::between_words, Do>(in, state);
      return;
    case Mode::quoted:
      pegtl::parse<rule::in_quotes, Do>(in, state);
      return;
    case Mode::braced:
      pegtl::parse<rule::in_braces, Do>(in, state);
      return;
    case Mode::quoted_braced:
      pegtl::parse<rule::in_quoted_braces, Do>(in, state);
      return;
    case Mode::arithmetic:
      pegtl::parse<rule::in_arithmetic, Do>(in, state);
      return;
    case Mode::word:
      pegtl::parse<rule::in_word, Do>(in, state);
      return;
  }
}

void Lexer::push(Mode mode, std::uint32_t begin, bool hidden) {
  if (levels_.size() >= deepest) return fail();
  Level level;
  level.mode = mode;
  level.begin = begin;
  level.hidden = hidden;
  levels_.push_back(std::move(level));
}

Level& Lexer::words() {
  auto at = levels_.rbegin();
  while (at->mode != Mode::commands && at->mode != Mode::word) ++at;
  return *at;
}

void Lexer::begin_word(std::uint32_t at) {
  Level& level = words();
  if (level.in_word) return;
  level.in_word = true;
  level.word = {};
  level.word.range = {at, at};
}

void Lexer::part(TextPart part) {
  if (top().hidden) return;
  begin_word(part.range.begin);
  part.quoted = part.quoted || top().mode == Mode::quoted;
  Word& word = words().word;
  word.range.end = part.range.end;
  const bool is_text = part.kind == TextPart::Kind::text;
  if (is_text && part.range.empty()) return;
  if (is_text && !word.parts.empty()) {
    TextPart& last = word.parts.back();
    if (last.kind == part.kind && last.quoted == part.quoted && last.range.end == part.range.begin) {
      last.range.end = part.range.end;
      return;
    }
  }
  word.parts.push_back(part);
}

void Lexer::text(TextRange range) { part({.range = range}); }

void Lexer::quotes(TextRange range, TextRange inside) {
  part({.quoted = true, .range = {range.begin, range.begin}});
  part({.quoted = true, .range = inside});
  if (top().hidden) return;
  words().word.quoted = true;
  words().word.range.end = range.end;
}

void Lexer::outer(TextRange range) {
  const auto found = std::ranges::lower_bound(*reading_.outer, range.begin, {},
                                              [](const TextPart& each) { return each.range.begin; });
  if (found == reading_.outer->end()) return unknown(range);
  TextPart one = *found;
  one.outer = true;
  part(one);
}

void Lexer::variable(TextRange range, TextRange name) {
  part({.kind = TextPart::Kind::variable, .range = range, .name = name.of(text_)});
}

void Lexer::open_quotes(std::uint32_t begin) {
  const bool hidden = top().hidden;
  part({.range = {begin, begin}});
  if (!hidden) words().word.quoted = true;
  push(Mode::quoted, begin, hidden);
}

void Lexer::close_quotes(std::uint32_t end) {
  levels_.pop_back();
  if (!top().hidden) words().word.range.end = end;
}

/// From `${` to the operator.
void Lexer::open_braces(TextRange head) {
  constexpr std::string_view presence = ":-=+?";
  const std::string_view bytes = head.of(text_);
  std::size_t end = bytes.size();
  while (end > 2 && presence.find(bytes[end - 1]) != presence.npos) --end;
  const std::string_view name = bytes.substr(2, end - 2);
  const bool known = end < bytes.size() && (is_name(name) || is_number(name));
  TextPart variable{.kind = known ? TextPart::Kind::variable : TextPart::Kind::unknown, .range = head};
  variable.name = known ? name : std::string_view();
  variable.op = known ? bytes.substr(end) : std::string_view();
  variable.operand = {head.end, head.end};
  const bool in_quotes = top().mode == Mode::quoted || top().mode == Mode::quoted_braced;
  if (!top().hidden) begin_word(head.begin);
  push(in_quotes ? Mode::quoted_braced : Mode::braced, head.begin, true);
  top().variable = variable;
}

void Lexer::close_braces(std::uint32_t end) {
  TextPart variable = top().variable;
  levels_.pop_back();
  variable.range.end = end;
  variable.operand.end = end - 1;
  part(variable);
}

void Lexer::open_command(std::uint32_t begin, Mode mode) {
  if (!top().hidden) begin_word(begin);
  push(mode, begin, mode == Mode::arithmetic);
  if (mode == Mode::arithmetic && !failed_) top().parens = 2;
}

void Lexer::open_paren() {
  Level& level = top();
  if (level.mode == Mode::arithmetic) {
    ++level.parens;
    return;
  }
  const auto& parts = level.word.parts;
  if (level.in_word && !parts.empty() && !parts.back().quoted && parts.back().kind == TextPart::Kind::text &&
      parts.back().range.of(text_).ends_with('=')) {
    push(Mode::commands, level.word.range.end, false);
    if (!failed_) top().array = true;
    return;
  }
  end_command();
  ++level.parens;
}

void Lexer::close_paren(std::uint32_t end) {
  Level& level = top();
  const bool ends = level.parens == (level.mode == Mode::arithmetic ? 1 : 0) && level.cases == 0;
  if (level.mode == Mode::commands) end_command();
  if (!ends || levels_.size() == 1) {
    if (level.parens > 0) --level.parens;
    return;
  }
  const std::uint32_t begin = level.begin;
  levels_.pop_back();
  unknown({begin, end});
}

void Lexer::redirection(TextRange range) {
  Level& level = top();
  const std::string_view op = range.of(text_);
  const auto& word = level.word;
  const std::string_view written = word.range.of(text_);
  const bool is_number = level.in_word && !word.quoted && word.range.end == range.begin &&
                         written.find_first_not_of("0123456789") == written.npos;
  if (is_number)
    level.in_word = false;
  else
    end_word();
  level.use = Use::dropped;
  if (op == "<<") level.use = Use::delimiter;
  if (op == "<<-") level.use = Use::tabbed_delimiter;
}

/// `case` and `esac` where a command begins.
void Lexer::note_case(const Level& level, const Word& word) {
  const std::string_view text = word.range.of(text_);
  if (text != "case" && text != "esac") return;
  const auto& before = level.command.words;
  if (!std::ranges::all_of(before, [&](const Word& each) { return is_keyword(each.range.of(text_)); })) return;
  Level& own = top();
  if (text == "case")
    ++own.cases;
  else if (own.cases > 0)
    --own.cases;
}

void Lexer::end_word() {
  Level& level = top();
  if (!level.in_word) return;
  level.in_word = false;
  const Use use = std::exchange(level.use, Use::kept);
  if (use == Use::kept) {
    note_case(level, level.word);
    if (!level.array) level.command.words.push_back(std::move(level.word));
  } else if (use != Use::dropped) {
    heredocs_.push_back({level.word.shape(text_), use == Use::tabbed_delimiter});
  }
}

void Lexer::end_command() {
  Level& level = top();
  end_word();
  if (level.array) return;
  level.use = Use::kept;
  if (!level.command.words.empty()) result_.commands.push_back(std::move(level.command));
  level.command = {};
}

void Lexer::line_end() {
  end_command();
  line_ended_ = !heredocs_.empty();
}

/// The offset in the shadow where the bodies end that begin at one.
std::size_t Lexer::behind_heredocs(std::size_t at) {
  for (const Heredoc& heredoc : heredocs_) {
    while (at < shadow_.size()) {
      const auto feed = std::min(shadow_.find('\n', at), shadow_.size());
      std::string_view line = std::string_view(shadow_).substr(at, feed - at);
      at = std::min(feed + 1, shadow_.size());
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (heredoc.tabs_go) line.remove_prefix(std::min(line.find_first_not_of('\t'), line.size()));
      if (line == heredoc.delimiter) break;
    }
  }
  heredocs_.clear();
  return at;
}

}  // namespace

std::string Word::shape(std::string_view text) const {
  std::string shape;
  for (const TextPart& part : parts) {
    if (part.kind == TextPart::Kind::text)
      shape += part.range.of(text);
    else if (part.kind == TextPart::Kind::escape)
      shape += text[part.range.end - 1];
    else
      shape += unknown_byte;
  }
  return shape;
}

TextParts Word::parts_of(TextRange shape_range) const {
  TextParts inside;
  std::uint32_t at = 0;
  for (const TextPart& part : parts) {
    const bool is_text = part.kind == TextPart::Kind::text;
    const std::uint32_t end = at + (is_text ? part.range.size() : 1);
    const std::uint32_t from = std::max(at, shape_range.begin);
    const std::uint32_t to = std::min(end, shape_range.end);
    if (from < to) {
      inside.push_back(part);
      if (is_text) inside.back().range = {part.range.begin + from - at, part.range.begin + to - at};
    }
    at = end;
  }
  return inside;
}

Commands read_commands(std::string_view text, const Reading& reading) {
  return Lexer(text, {0, static_cast<std::uint32_t>(text.size())}, reading).read_commands();
}

Word read_word(std::string_view text, TextRange range, const Reading& reading) {
  return Lexer(text, range, reading).read_word();
}

}  // namespace imglint::shell
