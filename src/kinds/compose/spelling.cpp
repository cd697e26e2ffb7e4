#include "kinds/compose/spelling.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "base/ascii.hpp"

namespace imglint::compose {
namespace {

constexpr std::string_view image_scheme = "docker-image://";
constexpr std::string_view artifact_scheme = "oci://";

TextRange range_of(std::size_t begin, std::size_t end) {
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

/// What follows a scheme, from an offset to the end.
void add_behind(std::string_view text, TextRange range, std::string_view scheme,
                std::vector<TextRange>& found) {
  if (range.of(text).starts_with(scheme)) found.push_back(range_of(range.begin + scheme.size(), range.end));
}

void add_named_context(std::string_view text, TextRange range, std::vector<TextRange>& found) {
  const auto equals = range.of(text).find('=');
  if (equals == std::string_view::npos) return;
  add_behind(text, range_of(range.begin + equals + 1, range.end), image_scheme, found);
}

/// The fields of a line of comma separated values, without their quotes. A quoted field with quotes inside is
/// left as it is.
std::vector<TextRange> fields_of(std::string_view text, TextRange range) {
  std::vector<TextRange> fields;
  std::size_t begin = range.begin;
  while (true) {
    std::size_t end = begin;
    if (begin < range.end && text[begin] == '"') {
      end = std::min<std::size_t>(text.find('"', begin + 1), range.end);
      fields.push_back(range_of(begin + 1, end));
      end = std::min<std::size_t>(text.find(',', end), range.end);
    } else {
      end = std::min<std::size_t>(text.find(',', begin), range.end);
      fields.push_back(range_of(begin, end));
    }
    if (end == range.end) return fields;
    begin = end + 1;
  }
}

/// The value of a field by its lower-cased key; nothing if there is no such field.
std::optional<TextRange> field_value(std::string_view text, const std::vector<TextRange>& fields,
                                     std::string_view key) {
  std::optional<TextRange> value;
  for (const TextRange field : fields) {
    const auto equals = field.of(text).find('=');
    if (equals != std::string_view::npos && lower_case(field.of(text).substr(0, equals)) == key)
      value = range_of(field.begin + equals + 1, field.end);
  }
  return value;
}

void add_cache(std::string_view text, TextRange range, std::vector<TextRange>& found) {
  const auto fields = fields_of(text, range);
  const bool only_references = std::ranges::none_of(
      fields, [&](TextRange field) { return field.of(text).find('=') != std::string_view::npos; });
  if (only_references) {
    found.insert(found.end(), fields.begin(), fields.end());
    return;
  }
  const auto type = field_value(text, fields, "type");
  const auto reference = field_value(text, fields, "ref");
  if (type && type->of(text) == "registry" && reference) found.push_back(*reference);
}

void add_sbom(std::string_view text, TextRange range, std::vector<TextRange>& found) {
  if (const auto generator = field_value(text, fields_of(text, range), "generator"))
    found.push_back(*generator);
}

template <class Add>
void each_word(std::string_view text, Add add) {
  constexpr std::string_view blanks = " \t\r\n";
  for (auto begin = text.find_first_not_of(blanks); begin != std::string_view::npos;) {
    const auto end = std::min(text.find_first_of(blanks, begin), text.size());
    add(range_of(begin, end));
    begin = text.find_first_not_of(blanks, end);
  }
}

}  // namespace

std::vector<TextRange> references_in(std::string_view text, Spelling spelling) {
  std::vector<TextRange> found;
  const TextRange all = range_of(0, text.size());
  switch (spelling) {
    case Spelling::whole:
      found.push_back(all);
      break;
    case Spelling::context:
      add_behind(text, all, image_scheme, found);
      break;
    case Spelling::named_context:
      add_named_context(text, all, found);
      break;
    case Spelling::cache:
      add_cache(text, all, found);
      break;
    case Spelling::sbom:
      add_sbom(text, all, found);
      break;
    case Spelling::oci:
      add_behind(text, all, artifact_scheme, found);
      break;
    case Spelling::whole_words:
      each_word(text, [&](TextRange word) { found.push_back(word); });
      break;
    case Spelling::cache_words:
      each_word(text, [&](TextRange word) { add_cache(text, word, found); });
      break;
    case Spelling::context_words:
      each_word(text, [&](TextRange word) { add_named_context(text, word, found); });
      break;
    case Spelling::dockerfile:
      break;
  }
  return found;
}

}  // namespace imglint::compose
