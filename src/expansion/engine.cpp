#include "expansion/engine.hpp"

#include <algorithm>
#include <array>

namespace imglint {
namespace {

struct Marks {
  std::string_view open;
  std::string_view close;
};
constexpr std::array<Marks, 5> all_marks = {
    {{"${{", "}}"}, {"{{", "}}"}, {"{%", "%}"}, {"{#", "#}"}, {"<%", "%>"}}};

constexpr std::string_view endings[] = {".j2",     ".jinja",    ".jinja2", ".tmpl", ".tpl",
                                        ".gotmpl", ".template", ".erb",    ".in",   ".mustache"};

bool is_capital(char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

/// Finds where expressions end, in one pass however many of them begin and never end.
class Ends {
 public:
  explicit Ends(std::string_view text) : text_(text) {}

  /// Behind the marks that open at an offset and, with `lines`, over line ends; nothing if none do. Offsets
  /// must not fall.
  [[nodiscard]] std::optional<std::size_t> of(std::size_t at, bool lines) {
    for (std::size_t i = 0; i < all_marks.size(); ++i) {
      const Marks& marks = all_marks[i];
      if (text_.substr(at, marks.open.size()) != marks.open) continue;
      const std::size_t close = next(marks.close, at + marks.open.size(), closes_[i]);
      if (close == std::string_view::npos) return std::nullopt;
      if (!lines && next("\n", at, line_end_) < close) return std::nullopt;
      const std::size_t end = close + marks.close.size();
      const bool is_triple = marks.close == "}}" && end < text_.size() && text_[end] == '}';
      return end + (is_triple ? 1 : 0);
    }
    return std::nullopt;
  }

 private:
  /// The first place of a mark from an offset on; `known` is what the last search found.
  [[nodiscard]] std::size_t next(std::string_view mark, std::size_t from,
                                 std::optional<std::size_t>& known) const {
    if (!known || *known < from) known = text_.find(mark, from);
    return *known;
  }

  std::string_view text_;
  std::array<std::optional<std::size_t>, all_marks.size()> closes_;
  std::optional<std::size_t> line_end_;
};

/// Where an expression may open, from an offset on; its size if nowhere. Each byte of a file is asked: a
/// search for one of several characters takes a call for each.
std::size_t next_opening(std::string_view text, std::size_t from) {
  const auto opens = [](char c) { return c == '{' || c == '<' || c == '$' || c == '@'; };
  return static_cast<std::size_t>(std::find_if(text.begin() + from, text.end(), opens) - text.begin());
}

/// `@NAME@`, as autoconf has it. A digest has one at sign only.
std::optional<std::size_t> end_of_name(std::string_view text, std::size_t at) {
  if (text[at] != '@') return std::nullopt;
  std::size_t end = at + 1;
  if (end < text.size() && text[end] >= '0' && text[end] <= '9') return std::nullopt;
  while (end < text.size() && is_capital(text[end])) ++end;
  return end < text.size() && text[end] == '@' && end > at + 1 ? std::optional(end + 1) : std::nullopt;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

/// The word that a statement begins with.
std::string_view first_word(std::string_view statement) {
  const std::size_t begin = std::min(statement.find_first_not_of("{%<#$-~+= \t\n"), statement.size());
  std::string_view word = statement.substr(begin);
  return word.substr(0, word.find_first_of(" \t\n(.-%}"));
}

/// Whether lines that are not known may come of it.
bool may_insert(std::string_view statement) {
  constexpr std::string_view inner[] = {"if",     "else",   "elif",   "elsif", "elseif",   "end",
                                        "endif",  "for",    "endfor", "range", "with",     "endwith",
                                        "set",    "endset", "define", "macro", "endmacro", "raw",
                                        "endraw", "/*",     "def",    "unless"};
  if (statement.starts_with("{#")) return false;
  const std::string_view word = first_word(statement);
  return std::find(std::begin(inner), std::end(inner), word) == std::end(inner);
}

/// Goes over the statements that begin at an offset; whether they are all that stands there to the end of the
/// line.
bool skip_statements(std::string_view text, std::size_t& at, Ends& ends, bool& inserts) {
  bool any = false;
  while (at < text.size() && text[at] != '\n') {
    if (is_blank(text[at])) {
      ++at;
      continue;
    }
    const auto end = ends.of(at, true);
    if (!end) return false;
    inserts = inserts || may_insert(text.substr(at, *end - at));
    at = *end;
    any = true;
  }
  return any;
}

/// The innermost variable that supplied the byte at an offset.
VariableIndex variable_at(const Value& value, std::uint32_t offset) {
  const auto pieces = value.pieces();
  const auto piece = std::partition_point(pieces.begin(), pieces.end(),
                                          [&](const Piece& each) { return each.text.end <= offset; });
  return piece == pieces.end() ? no_variable : piece->variable;
}

}  // namespace

bool is_template_name(std::string_view path) {
  return std::any_of(std::begin(endings), std::end(endings),
                     [&](std::string_view ending) { return path.ends_with(ending); });
}

std::vector<TextRange> find_expressions(std::string_view text) {
  std::vector<TextRange> found;
  Ends ends(text);
  for (std::size_t at = next_opening(text, 0); at < text.size(); at = next_opening(text, at)) {
    auto end = ends.of(at, false);
    if (!end) end = end_of_name(text, at);
    if (end) found.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(*end)});
    at = end.value_or(at + 1);
  }
  return found;
}

std::optional<std::string> with_letters_for_expressions(std::string_view text) {
  const std::vector<TextRange> expressions = find_expressions(text);
  if (expressions.empty()) return std::nullopt;
  std::string result(text);
  for (const TextRange range : expressions) result.replace(range.begin, range.size(), range.size(), 'x');
  return result;
}

WithoutStatements without_statements(std::string_view text) {
  WithoutStatements result{.text = std::string(text)};
  Ends ends(text);
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    bool inserts = false;
    if (skip_statements(text, end, ends, inserts)) {
      if (inserts && !result.may_insert) result.inserts_at = static_cast<std::uint32_t>(at);
      result.may_insert = result.may_insert || inserts;
      if (result.first.empty())
        result.first = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)};
      for (std::size_t i = at; i < end; ++i)
        if (text[i] != '\n' && text[i] != '\r') result.text[i] = ' ';
    }
    at = std::min(text.find('\n', end), text.size() - 1) + 1;
  }
  return result;
}

std::string yaml_shape(std::string_view bytes) {
  WithoutStatements rest = without_statements(bytes);
  auto letters = with_letters_for_expressions(rest.text);
  return letters ? *std::move(letters) : std::move(rest.text);
}

void open_expressions(Value& value, Arena& arena) {
  const std::vector<TextRange> expressions = find_expressions(value.text());
  if (expressions.empty() || value.variables.size() + expressions.size() >= no_variable) return;
  MappedTextBuilder builder;
  std::uint32_t done = 0;
  for (const TextRange range : expressions) {
    builder.append(value, {done, range.begin});
    builder.outside({}, count(value.variables));
    const auto place = value.cover_of(range);
    value.variables.push_back({.name = value.text(range),
                               .written = place.value_or(Location{}),
                               .within = variable_at(value, range.begin),
                               .is_engine = true});
    done = range.end;
  }
  const auto size = static_cast<std::uint32_t>(value.text().size());
  builder.append(value, {done, size});
  value.set(builder.finish(arena));
}

}  // namespace imglint
