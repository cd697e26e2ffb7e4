#include "kinds/shell/lexer.hpp"

#include <algorithm>
#include <utility>

#include "kinds/shell/keywords.hpp"

namespace imglint::shell {
namespace {

constexpr std::size_t deepest = 200;

/// A parameter of the script, `1`.
bool is_number(std::string_view name) {
  return !name.empty() && name.find_first_not_of("0123456789") == name.npos;
}

}  // namespace

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
  for (std::size_t at = 0; at < shadow_.size() && !failed_;) {
    at = step(at);
    if (line_ended_) at = behind_heredocs(at);
    line_ended_ = false;
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

/// From `${` to the operator. What is not taken whole, `${NAME%word}`, has a name and no value.
void Lexer::open_braces(TextRange head) {
  constexpr std::string_view presence = ":-=+?";
  constexpr std::string_view others = "#%/^,:[@*~";
  const std::string_view bytes = head.of(text_);
  std::size_t end = bytes.size();
  while (end > 2 && presence.find(bytes[end - 1]) != presence.npos) --end;
  std::string_view name = bytes.substr(2, end - 2);
  const bool known = end < bytes.size() && (is_name(name) || is_number(name));
  TextPart variable{.kind = known ? TextPart::Kind::variable : TextPart::Kind::unknown, .range = head};
  if (!known) {
    if (name.starts_with('!')) name.remove_prefix(1);
    if (!name.empty() && others.find(name.back()) != others.npos) name.remove_suffix(1);
  }
  variable.name = known || is_name(name) ? name : std::string_view();
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

/// `((i < 3))` where a command may stand is arithmetic: what looks like a heredoc there is none.
void Lexer::open_double_paren(std::uint32_t begin) {
  const auto& words = top().command.words;
  const bool is_loop = words.size() == 1 && words.front().range.of(text_) == "for";
  if (!top().in_word && (top().at_start || is_loop)) return open_command(begin, Mode::arithmetic);
  open_paren();
  open_paren();
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
void Lexer::note_case(Level& level) {
  if (!level.at_start) return;
  const std::string_view text = level.word.range.of(text_);
  if (text == "case") ++level.cases;
  if (text == "esac" && level.cases > 0) --level.cases;
  level.at_start = is_keyword(text);
}

void Lexer::end_word() {
  Level& level = top();
  if (!level.in_word) return;
  level.in_word = false;
  const Use use = std::exchange(level.use, Use::kept);
  if (use == Use::kept) {
    note_case(level);
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
  level.at_start = true;
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

}  // namespace imglint::shell
