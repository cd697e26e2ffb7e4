// Any bytes as a word of a Dockerfile (`d`), a compose template (`c`), a .env file (`e`), or a pattern and a
// value with a line end between (`p`), by the first byte: maps that are true, text without variables as it
// is.
#include <vector>

#include "expansion/env_file.hpp"
#include "expansion/shell_pattern.hpp"
#include "expansion/template.hpp"
#include "kinds/dockerfile/expansion.hpp"
#include "tests/fuzz/support/require.hpp"
#include "tests/support/dockerfile_laws.hpp"

namespace {

using namespace imglint;
using fuzz::require;
using fuzz::require_none_broken;

MappedText whole(const Source& source, Arena& arena) {
  return MappedText::slice(source, {0, static_cast<std::uint32_t>(source.bytes().size())}, arena);
}

/// No shell and no template engine sees anything in it; a byte order mark at the start of a word vanishes
/// (docs/spec/dockerfile.md 2.6).
bool is_plain(std::string_view text) {
  for (const std::string_view mark : {"$", "\\", "`", "'", "\"", "{{", "{%", "{#", "<%"})
    if (text.find(mark) != std::string_view::npos) return false;
  if (text.find('@') != text.rfind('@')) return false;  // `@NAME@`
  return !text.starts_with("\xEF\xBB\xBF");
}

void check_word(std::string_view text, char escape) {
  const Source source("Dockerfile", std::string(text));
  Arena arena;
  ReadOptions options;
  options.build_args = {{"A", "b/c:1"}, {"EMPTY", ""}};
  dockerfile::Scope scope(options, text.size(), arena);
  scope.declare("A", nullptr);
  scope.declare("EMPTY", nullptr);
  dockerfile::Expanded result;
  dockerfile::expand(whole(source, arena), escape, scope, arena, result);
  require(result.value.is_known() || result.value.empty(), "a failure leaves no text");
  require_none_broken(test::broken_text(result.value, result.value.variables.size()));
  require_none_broken(test::broken_text(result.open_value, result.open_value.variables.size()));
  if (is_plain(text)) require(result.value.is_known() && result.value.text() == text, "plain text is itself");
}

void check_template(std::string_view text) {
  const Source source("compose.yaml", std::string(text));
  Arena arena;
  TemplateValues values;
  values.set("A", {VariableSource::option, {"b/c:1", {}}});
  values.set("EMPTY", {VariableSource::option, {}});
  const Interpolation result = interpolate(whole(source, arena), values, arena);
  require(!result.fault || !result.fault->message.empty(), "a fault says what it is");
  require(!result.fault || (result.fault->range.begin <= result.fault->range.end &&
                            result.fault->range.end <= text.size()),
          "a fault stands in the text");
  require_none_broken(test::broken_text(result.value, result.variables.size()));
  require_none_broken(test::broken_text(result.open_value, result.open_variables.size()));
}

void check_escaped_template(std::string_view text) {
  std::string escaped;
  for (const char c : text) escaped.append(c == '$' ? 2 : 1, c);
  const Source source("compose.yaml", escaped);
  Arena arena;
  const Interpolation result = interpolate(whole(source, arena), {}, arena);
  require(!result.fault && result.value.text() == text, "doubled dollars are dollars");
}

void check_env_file(std::string_view text) {
  const Source source(".env", std::string(text));
  Arena arena;
  const std::vector<std::pair<std::string, std::string>> given = {{"A", "b"}};
  const EnvFile file = read_env_file(source, given, arena);
  for (const GivenValue& value : file.values) {
    require(!value.name.empty(), "a value has a name");
    for (const Piece& piece : value.value.pieces())
      require(!piece.source || piece.source != &source || piece.span.end <= text.size(),
              "values stand in the file");
  }
  for (const Trouble& trouble : file.troubles)
    require(
        trouble.span.begin <= trouble.span.end && trouble.span.end <= text.size() && !trouble.message.empty(),
        "a trouble stands in the file and says what it is");
}

/// Where a match of the pattern that begins at the front of the value may end, by trying all places at once.
std::vector<bool> ends_of(std::string_view pattern, std::string_view value) {
  std::vector<bool> ends(value.size() + 1, false);
  ends[0] = true;
  for (const char token : pattern) {
    std::vector<bool> next(value.size() + 1, false);
    for (std::size_t at = 0; at <= value.size(); ++at) {
      if (token == '*')
        next[at] = ends[at] || (at > 0 && next[at - 1]);
      else if (at > 0 && ends[at - 1])
        next[at] = token == '?' || token == value[at - 1];
    }
    ends = next;
  }
  return ends;
}

void check_pattern(std::string_view pattern, std::string_view value) {
  const auto parsed = ShellPattern::parse(pattern);
  const auto backwards = ShellPattern::parse_backwards(pattern);
  std::size_t work = std::size_t{1} << 40;
  if (parsed)
    for (const TextRange& range : parsed->find(value, true, work))
      require(range.begin <= range.end && range.end <= value.size(), "matches stand in the value");
  const auto is_plain = [](char c) { return c != '\\' && static_cast<unsigned char>(c) < 0x80; };
  for (const std::string_view text : {pattern, value})
    for (const char c : text)
      if (!is_plain(c)) return;
  const std::vector<bool> ends = ends_of(pattern, value);
  using Length = ShellPattern::Length;
  for (const Length length : {Length::shortest, Length::longest}) {
    std::size_t wanted = value.size() + 1;
    for (std::size_t end = 0; end <= value.size(); ++end)
      if (ends[end] && (length == Length::longest || wanted > value.size())) wanted = end;
    const auto found = parsed->prefix(value, length, work);
    require(found.has_value() == (wanted <= value.size()) && (!found || found->end == wanted),
            "a prefix is found as by trying all");
    std::size_t begin = value.size() + 1;
    for (std::size_t at = 0; at <= value.size(); ++at)
      if (ends_of(pattern, value.substr(at)).back() && (length == Length::shortest || begin > value.size()))
        begin = at;
    const auto end = backwards->suffix(value, length, work);
    require(end.has_value() == (begin <= value.size()) && (!end || end->begin == begin),
            "a suffix is found as by trying all");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text = fuzz::text_of(data, size).substr(1);
  switch (data[0]) {
    case 'd':
      check_word(text, '\\');
      check_word(text, '`');
      return 0;
    case 'c':
      check_template(text);
      check_escaped_template(text);
      return 0;
    case 'e':
      check_env_file(text);
      return 0;
    case 'p': {
      const std::size_t end = text.find('\n');
      // Trying all takes time with the square of the size.
      if (end == std::string_view::npos || size > 300) return -1;
      check_pattern(text.substr(0, end), text.substr(end + 1));
      return 0;
    }
    default:
      return -1;
  }
}
