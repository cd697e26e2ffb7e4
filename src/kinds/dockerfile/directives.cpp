#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "base/printable.hpp"
#include "kinds/dockerfile/flag_values.hpp"
#include "kinds/dockerfile/json.hpp"
#include "kinds/dockerfile/reading.hpp"
#include "kinds/dockerfile/text.hpp"
#include "reference/frontend.hpp"
#include "reference/parse.hpp"

namespace imglint::dockerfile {
namespace {

std::string name_of(std::string_view line, const Directive& directive) {
  std::string name(directive.name.of(line));
  std::transform(name.begin(), name.end(), name.begin(), lower);
  return name;
}

bool is_known(std::string_view name) { return name == "syntax" || name == "escape" || name == "check"; }

/// Lines at the head of a file, without line ends: of the carriage returns before a line feed, one or all go.
class Head {
 public:
  enum class Returns : std::uint8_t { one, all };
  Head(std::string_view text, std::uint32_t begin, Returns returns)
      : text_(text), at_(begin), returns_(returns) {}

  bool next(TextRange& line) {
    if (at_ >= text_.size()) return false;
    const auto end = std::min(text_.find('\n', at_), text_.size());
    line = {at_, static_cast<std::uint32_t>(end)};
    at_ = static_cast<std::uint32_t>(end) + 1;
    while (!line.empty() && text_[line.end - 1] == '\r') {
      --line.end;
      if (returns_ == Returns::one) break;
    }
    return true;
  }

 private:
  std::string_view text_;
  std::uint32_t at_;
  Returns returns_;
};

constexpr TextRange shifted(TextRange range, std::uint32_t by) { return {range.begin + by, range.end + by}; }

/// The value of a directive by the scan that is separate from the parser's: no blanks before its mark, a line
/// with
/// `#!` may come first, a repeated directive ends the search (docs/spec/dockerfile.md 2.4).
std::optional<TextRange> find_directive(const Reading& reading, std::string_view wanted, bool slashes) {
  Head head(reading.text, reading.begin, Head::Returns::one);
  TextRange line;
  std::set<std::string> seen;
  for (bool first = true; head.next(line); first = false) {
    const std::string_view text = line.of(reading.text);
    if (first && text.starts_with("#!")) continue;
    const auto directive = parse_directive(text, slashes);
    if (!directive) return std::nullopt;
    const std::string name = name_of(text, *directive);
    if (!is_known(name) || !seen.insert(name).second) return std::nullopt;
    if (name == wanted) return shifted(directive->value, line.begin);
  }
  return std::nullopt;
}

/// What stands behind the equals sign of a line that would be a syntax directive if it had a value there: for
/// a builder it is none.
std::optional<TextRange> find_valueless_syntax(const Reading& reading, bool slashes) {
  Head head(reading.text, reading.begin, Head::Returns::one);
  TextRange line;
  for (bool first = true; head.next(line); first = false) {
    const std::string_view text = line.of(reading.text);
    if (first && text.starts_with("#!")) continue;
    const std::string with_value = std::string(text) + "x";
    const auto directive = parse_directive(with_value, slashes);
    if (!directive) return std::nullopt;
    const std::string name = name_of(with_value, *directive);
    if (directive->value.begin < text.size()) {
      if (!is_known(name) || name == "syntax") return std::nullopt;
      continue;
    }
    if (name != "syntax") return std::nullopt;
    return shifted({static_cast<std::uint32_t>(text.find('=')) + 1, size_of(text)}, line.begin);
  }
  return std::nullopt;
}

/// Up to the first space; a tab does not end it.
TextRange first_word(std::string_view text, TextRange range) {
  range.end =
      range.begin + static_cast<std::uint32_t>(std::min(range.of(text).find(' '), std::size_t{range.size()}));
  return range;
}

/// Reports an option of `check` that is not known, or no boolean where one must be.
void check_check(Reading& reading, TextRange value) {
  const std::string_view text = reading.text;
  for (value = trim(text, value); !value.empty();) {
    const auto size = std::min(value.of(text).find(';'), std::size_t{value.size()});
    const TextRange option{value.begin, value.begin + static_cast<std::uint32_t>(size)};
    value.begin = std::min(option.end + 1, value.end);
    const std::string_view written = option.of(text);
    const auto equals = written.find('=');
    const std::string_view key = trim(written, {0, size_of(written.substr(0, equals))}).of(written);
    const bool has_value = equals != std::string_view::npos;
    const TextRange argument{has_value ? static_cast<std::uint32_t>(equals) + 1 : 0, size_of(written)};
    if (has_value && (key == "skip" || key == "experimental")) continue;
    if (has_value && key == "error" && is_boolean(trim(written, argument).of(written))) continue;
    complain(reading, reading.places.span(option),
             "'" + printable(written) + "' is no option of the check directive");
    return;
  }
}

/// Appends a code point as UTF-8; half of a pair becomes a replacement character.
void append_utf8(std::string& text, unsigned point) {
  if (point >= 0xD800 && point < 0xE000) point = 0xFFFD;
  const auto byte = [&](unsigned value) { text.push_back(static_cast<char>(value)); };
  if (point < 0x80) return byte(point);
  if (point < 0x800) {
    byte(0xC0 | (point >> 6));
  } else {
    byte(0xE0 | (point >> 12));
    byte(0x80 | ((point >> 6) & 0x3F));
  }
  byte(0x80 | (point & 0x3F));
}

/// What stands between the quotes of a JSON string, in parts of the input; escapes are replaced.
MappedText decode_json(Reading& reading, TextRange content) {
  const MappedText written = reading.places.text(content);
  const std::string_view text = written.text();
  if (text.find('\\') == std::string_view::npos) return written;
  MappedTextBuilder builder;
  for (std::uint32_t at = 0; at < text.size();) {
    if (text[at] != '\\') {
      builder.append(written, {at, at + 1});
      ++at;
      continue;
    }
    const std::uint32_t size = text[at + 1] == 'u' ? 6 : 2;
    std::string decoded;
    if (size == 6) {
      append_utf8(decoded,
                  static_cast<unsigned>(std::stoul(std::string(text.substr(at + 2, 4)), nullptr, 16)));
    } else {
      constexpr std::string_view letters = "bfnrt";
      const auto letter = letters.find(text[at + 1]);
      decoded.push_back(letter == std::string_view::npos ? text[at + 1] : "\b\f\n\r\t"[letter]);
    }
    builder.replace(reading.document.source,
                    reading.places.span({content.begin + at, content.begin + at + size}), decoded);
    at += size;
  }
  return builder.finish(reading.document.arena);
}

/// Whether a frontend is one of Docker's own, by whatever mirror. What is no reference no builder takes.
bool is_dockers(std::string_view frontend) {
  const ReferenceParse parsed = parse_reference(frontend);
  const auto* reference = std::get_if<Reference>(&parsed);
  if (!reference) return true;
  return is_dockers_frontend(canonical(*reference, frontend).repository);
}

void note_frontend(Reading& reading, std::string_view written) {
  std::string_view frontend = written;
  for (const auto& [name, value] : reading.options.build_args)
    if (name == "BUILDKIT_SYNTAX") frontend = value;
  if (is_dockers(frontend)) return;
  reading.foreign_frontend = frontend;
  reading.document.parts[reading.part].is_foreign = true;
}

/// The build argument BUILDKIT_SYNTAX overrides the directive.
bool is_overridden(const Reading& reading) {
  return std::ranges::any_of(reading.options.build_args,
                             [](const auto& argument) { return argument.first == "BUILDKIT_SYNTAX"; });
}

/// A directive of which compose has left nothing; false if no variables stand there.
bool add_emptied_syntax(Reading& reading, TextRange range) {
  const MappedText emptied = reading.places.emptied(range);
  if (emptied.pieces().empty()) return false;
  add_emptied_use(reading, role::syntax, emptied).active = !is_overridden(reading);
  return true;
}

void add_syntax(Reading& reading, TextRange range, const MappedText& written) {
  if (written.empty()) {
    add_emptied_syntax(reading, range);
    return;
  }
  note_frontend(reading, written.text());
  ImageUse use{.role = &role::syntax};
  use.written = adopt_variables(reading, written, use.value.variables);
  use.value.set(use.written);
  use.span = reading.places.span(range);
  use.part = reading.part;
  if (!reading.places.has_span(range)) {
    use.not_editable = "the reference does not stand in this file";
  } else if (use.value.variables.empty() &&
             (written.pieces().size() != 1 || !written.pieces().front().exact)) {
    use.not_editable = "an escape is inside the reference";
  }
  use.active = !is_overridden(reading);
  use.reference = parse_reference(use.value.text());
  use.kind = use.parsed() ? Kind::image : Kind::invalid;
  reading.document.add_use(std::move(use));
}

}  // namespace

void read_directives(Reading& reading) {
  Head head(reading.text, reading.begin, Head::Returns::all);
  TextRange line;
  std::set<std::string> seen;
  while (head.next(line)) {
    line = trim_front(reading.text, line);
    const std::string_view text = line.of(reading.text);
    const auto directive = parse_directive(text, false);
    if (!directive) break;
    const std::string name = name_of(text, *directive);
    if (!is_known(name)) break;
    if (!seen.insert(name).second) {
      complain(reading, reading.places.span(line), "the directive '" + name + "' is given twice");
      break;
    }
    if (name != "escape") continue;
    const std::string_view value = directive->value.of(text);
    if (value == "`" || value == "\\") {
      reading.escape = value.front();
    } else {
      complain(reading, reading.places.span(shifted(directive->value, line.begin)),
               "the escape character '" + printable(value) + "' is neither a backslash nor a backtick");
      break;
    }
  }
  reading.lines.set_escape(reading.escape);
  if (const auto check = find_directive(reading, "check", false))
    check_check(reading, first_word(reading.text, *check));
}

void read_syntax(Reading& reading) {
  for (const bool slashes : {false, true}) {
    const auto value = find_directive(reading, "syntax", slashes);
    if (!value) continue;
    const TextRange word = first_word(reading.text, *value);
    if (word.empty()) break;
    add_syntax(reading, word, reading.places.text(word));
    return;
  }
  // Only what is interpolated before may have had a value.
  if (!reading.places.variables().empty())
    for (const bool slashes : {false, true})
      if (const auto valueless = find_valueless_syntax(reading, slashes)) {
        if (add_emptied_syntax(reading, *valueless) && slashes) reading.slashes_end = valueless->end;
        return;
      }
  const TextRange rest = trim_front(reading.text, {reading.begin, size_of(reading.text)});
  if (rest.empty() || reading.text[rest.begin] != '{') return;
  if (const auto member = find_json_member(rest.of(reading.text), "syntax")) {
    const TextRange content = shifted(*member, rest.begin);
    add_syntax(reading, content, decode_json(reading, content));
  }
}

}  // namespace imglint::dockerfile
