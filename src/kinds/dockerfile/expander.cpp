#include "kinds/dockerfile/expander.hpp"

#include <utility>

#include "base/printable.hpp"
#include "base/quote.hpp"
#include "expansion/shell_pattern.hpp"
#include "kinds/dockerfile/text.hpp"

namespace imglint::dockerfile {
namespace {

/// Of a file's text in a message, in bytes.
constexpr std::size_t longest_shown = 60;

/// Whether an operator with a colon takes an empty value for none (`:-`), or a value is not there at all.
bool is_missing(const Given* given, std::string_view op) {
  return !given || (op.starts_with(':') && given->text.empty());
}

}  // namespace

Expander::Expander(const MappedText& word, Scope& scope, Arena& arena, Expanded& result, bool open)
    : word_(word), scope_(scope), arena_(arena), result_(result), open_(open) {}

bool Expander::fail(std::string_view message) {
  if (result_.value.is_known()) result_.value.fault = arena_.copy(message);
  return false;
}

bool Expander::fail_here(std::string_view message) {
  const std::uint32_t begin = frames_.empty() ? 0 : frames_.back().begin;
  return fail(quoted(word_.text().substr(begin)) + std::string(message));
}

bool Expander::charge(std::size_t work) {
  if (scope_.budget().take(work)) return true;
  result_.too_long = result_.value.is_known();
  return fail(too_much_message());
}

void Expander::place(std::uint32_t at, VariableIndex variable) {
  if (const auto location = word_.source_of({at, at})) {
    out_.copy(location->source, location->span, {}, variable);
  } else {
    out_.outside({}, variable);
  }
}

void Expander::literal(TextRange range) { out_.append(word_, range, current()); }

void Expander::escaped(TextRange range) {
  if (frames_.empty()) result_.has_escape = true;
  if (!raw()) ++range.begin;
  if (!range.empty()) literal(range);
}

void Expander::lone_escape(TextRange range) {
  literal(range);
  if (raw()) literal(range);  // as BuildKit has it
}

void Expander::open_quote(TextRange quote) { quotes_.push_back({quote.begin, out_.mark()}); }

void Expander::close_quote(TextRange quote) {
  const Quote open = quotes_.back();
  quotes_.pop_back();
  if (out_.nothing_since(open.mark)) place(quote.begin, current());
  if (frames_.empty() && (open.begin > 0 || quote.end < word_.text().size())) result_.has_inner_quotes = true;
}

bool Expander::look_up(Frame& frame, std::uint32_t end) {
  if (result_.value.variables.size() + 1 >= no_variable) return fail("too many variables");
  const std::string_view name = frame.name.of(word_.text());
  frame.variable = static_cast<VariableIndex>(result_.value.variables.size());
  frame.given = scope_.find(name);
  result_.value.variables.push_back({.name = name,
                                     .op = frame.op.of(word_.text()),
                                     .source = frame.given ? frame.given->source : VariableSource::none,
                                     .place = frame.given ? frame.given->place : Location{},
                                     .written = word_.cover_of({frame.begin, end}).value_or(Location{}),
                                     .declared = scope_.is_declared(name)});
  return charge(sizeof(Variable));
}

bool Expander::adopt(const Given& given, VariableIndex within, VariableIndex& first) {
  if (result_.value.variables.size() + given.variables.size() >= no_variable)
    return fail("too many variables");
  if (!charge(given.text.text().size() + given.text.pieces().size() * sizeof(Piece) +
              given.variables.size() * sizeof(Variable)))
    return false;
  first = static_cast<VariableIndex>(result_.value.variables.size());
  for (Variable nested : given.variables) {
    nested.within = nested.within == no_variable ? within : static_cast<VariableIndex>(first + nested.within);
    result_.value.variables.push_back(nested);
  }
  return true;
}

void Expander::copy(const Frame& frame, TextRange part, VariableIndex first) {
  const MappedText& text = frame.given->text;
  if (text.pieces().empty()) {
    out_.outside(text.text(part), frame.variable);
  } else {
    out_.append(text, part, frame.variable, first);
  }
}

bool Expander::supply(const Frame& frame) {
  if (!frame.given) {
    out_.outside({}, frame.variable);
    return true;
  }
  VariableIndex first = 0;
  if (!adopt(*frame.given, frame.variable, first)) return false;
  copy(frame, {0, size_of(frame.given->text.text())}, first);
  return true;
}

bool Expander::bare(TextRange name) {
  Frame frame{.begin = name.begin - 1, .name = name, .op = {name.end, name.end}};
  return look_up(frame, name.end) && supply(frame);
}

void Expander::open_brace(TextRange brace) { frames_.push_back({.begin = brace.begin - 1}); }

bool Expander::is_shallow() {
  if (frames_.size() <= deepest_nesting) return true;
  return fail("'${' inside of '${' more than " + std::to_string(deepest_nesting) + " times");
}

void Expander::name(TextRange name) { frames_.back().name = name; }

bool Expander::plain_close(TextRange brace) {
  Frame frame = std::move(frames_.back());
  frames_.pop_back();
  frame.op = {brace.begin, brace.begin};
  return look_up(frame, brace.end) && supply(frame);
}

bool Expander::begin_operand(TextRange op) {
  Frame& frame = frames_.back();
  const std::string_view text = word_.text();
  const char sign = text[op.begin];
  frame.operand = op.end;
  frame.raw = sign == '#' || sign == '%' || sign == '/';
  // The second `#` or `%` is the first character of the pattern, until its end.
  frame.op = op;
  if ((sign == '#' || sign == '%') && op.end < text.size() && text[op.end] == sign) ++frame.op.end;
  if (!look_up(frame, op.end)) return false;
  frame.mark = out_.mark();
  return true;
}

void Expander::end_pattern(TextRange slash) {
  Frame& frame = frames_.back();
  frame.pattern = out_.text().substr(frame.mark.text);
  out_.cut(frame.mark);
  frame.operand = slash.end;
}

bool Expander::end_operand(TextRange brace) {
  const Frame frame = std::move(frames_.back());
  frames_.pop_back();
  const std::string_view op = frame.op.of(word_.text());
  variable(frame).written = word_.cover_of({frame.begin, brace.end}).value_or(Location{});
  if (op == "-" || op == ":-") return use_default(frame, brace.begin);
  if (op == "?" || op == ":?") return require(frame);
  if (op == "+" || op == ":+") return use_replacement(frame, brace.begin);
  if (op.starts_with('#') || op.starts_with('%')) return trim(frame);
  if (op.starts_with('/')) return replace(frame);
  return fail("'" + printable(op) + "' is no operator in " +
              quoted(word_.text().substr(frame.begin, brace.end - frame.begin)));
}

/// The operand is what the variable amounts to.
void Expander::operand_supplies(const Frame& frame, std::uint32_t end) {
  Variable& used = variable(frame);
  used.source = VariableSource::default_word;
  used.place = word_.cover_of({frame.operand, end}).value_or(Location{});
  if (out_.nothing_since(frame.mark)) place(frame.operand, frame.variable);
}

/// The operand was only read.
void Expander::drop_operand(const Frame& frame) {
  out_.cut(frame.mark);
  for (std::size_t i = std::size_t{frame.variable} + 1; i < result_.value.variables.size(); ++i)
    result_.value.variables[i].needed = false;
}

bool Expander::use_default(const Frame& frame, std::uint32_t end) {
  if (is_missing(frame.given, frame.op.of(word_.text()))) {
    operand_supplies(frame, end);
    return true;
  }
  drop_operand(frame);
  return supply(frame);
}

bool Expander::require(const Frame& frame) {
  if (!is_missing(frame.given, frame.op.of(word_.text()))) {
    drop_operand(frame);
    return supply(frame);
  }
  if (open_) {
    drop_operand(frame);
    variable(frame).source = VariableSource::none;
    variable(frame).place = {};
    out_.outside({}, frame.variable);
    return true;
  }
  result_.lacks_value = result_.value.is_known();
  const std::string_view message = out_.text().substr(frame.mark.text);
  return fail("'" + printable(frame.name.of(word_.text())) + "' has no value" +
              (message.empty() ? "" : ": " + printable(message)));
}

bool Expander::use_replacement(const Frame& frame, std::uint32_t end) {
  if (!is_missing(frame.given, frame.op.of(word_.text()))) {
    operand_supplies(frame, end);
    return true;
  }
  drop_operand(frame);
  variable(frame).needed = false;
  out_.outside({}, frame.variable);
  return true;
}

bool Expander::trim(const Frame& frame) {
  std::string pattern_text(out_.text().substr(frame.mark.text));
  out_.cut(frame.mark);
  using Length = ShellPattern::Length;
  const char sign = word_.text()[frame.op.begin];
  const Length length = pattern_text.starts_with(sign) ? Length::longest : Length::shortest;
  if (length == Length::longest) pattern_text.erase(0, 1);
  const auto pattern =
      sign == '#' ? ShellPattern::parse(pattern_text) : ShellPattern::parse_backwards(pattern_text);
  if (!pattern) return fail("the pattern " + quoted(pattern_text) + " has an escape that is not allowed");
  if (!frame.given) return supply(frame);
  const std::string_view value = frame.given->text.text();
  VariableIndex first = 0;
  if (!charge(value.size() + pattern_text.size()) || !adopt(*frame.given, frame.variable, first))
    return false;
  const auto found = sign == '#' ? pattern->prefix(value, length, scope_.budget().left())
                                 : pattern->suffix(value, length, scope_.budget().left());
  if (!charge(1)) return false;
  TextRange rest{0, size_of(value)};
  if (found && sign == '#') rest.begin = found->end;
  if (found && sign == '%') rest.end = found->begin;
  copy(frame, rest, first);
  return true;
}

bool Expander::replace(const Frame& frame) {
  const MappedText replacement = out_.take(frame.mark, arena_);
  const auto pattern = ShellPattern::parse(frame.pattern);
  if (!pattern) return fail("the pattern " + quoted(frame.pattern) + " has an escape that is not allowed");
  // A variable without a value is empty, and a pattern may match that.
  const std::string_view value = frame.given ? frame.given->text.text() : std::string_view{};
  VariableIndex first = 0;
  if (!charge(value.size() + frame.pattern.size())) return false;
  if (!(frame.given ? adopt(*frame.given, frame.variable, first) : supply(frame))) return false;
  const bool all = frame.op.size() == 2;
  const auto found = pattern->find(value, all, scope_.budget().left());
  std::vector<ReplacementPart> parts{{{0, size_of(replacement.text())}}};
  if (all && replacement.text().find('$') != std::string_view::npos)
    parts = cut_replacement(replacement.text());
  const std::size_t pieces = 2 + replacement.pieces().size() + parts.size();
  const std::size_t each = replacement.text().size() + sizeof(Piece) * pieces;
  if (!charge(1 + found.size() * each + value.size() * parts.size())) return false;
  TextRange rest{0, size_of(value)};
  for (const TextRange match : found) {
    rest.end = match.begin;
    if (!rest.empty()) copy(frame, rest, first);
    for (const ReplacementPart& part : parts) {
      if (!part.whole_match) out_.append(replacement, part.text, frame.variable);
      if (part.whole_match && !match.empty()) copy(frame, match, first);
    }
    rest = {match.end, size_of(value)};
  }
  if (frame.given) copy(frame, rest, first);
  return true;
}

void Expander::finish(bool parsed) {
  if (parsed && result_.value.is_known() && out_.text().size() > word_.text().size() + longest_expansion) {
    result_.too_long = true;
    fail(too_long_message(printable(word_.text().substr(0, longest_shown))));
  }
  if (parsed && result_.value.is_known()) {
    result_.value.set(out_.finish(arena_));
    return;
  }
  if (result_.value.is_known()) fail("cannot be expanded");
  // BuildKit looks a variable up only when its brace closes: the open ones were not looked up.
  const auto is_open = [&](std::size_t index) {
    for (const Frame& frame : frames_)
      if (frame.variable == index) return true;
    return false;
  };
  std::vector<Variable> closed;
  for (std::size_t i = 0; i < result_.value.variables.size(); ++i)
    if (result_.value.variables[i].within == no_variable && !is_open(i))
      closed.push_back(result_.value.variables[i]);
  result_.value.variables = std::move(closed);
  result_.value.set({});
}

}  // namespace imglint::dockerfile
