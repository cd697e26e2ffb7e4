// Where the references stand in a scalar that holds several.
#include <algorithm>

#include "base/ascii.hpp"
#include "kinds/compose/spelling.hpp"
#include "kinds/pipeline.hpp"

namespace imglint {
namespace {

TextRange range_of(std::size_t begin, std::size_t end) {
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

/// The stretches between separators, without blanks at their ends; none that is empty.
std::vector<TextRange> stretches(std::string_view text, std::string_view separators) {
  std::vector<TextRange> found;
  for (std::size_t begin = 0; begin <= text.size();) {
    const auto end = std::min(text.find_first_of(separators, begin), text.size());
    if (const TextRange range = trimmed(text, range_of(begin, end)); !range.empty()) found.push_back(range);
    begin = end + 1;
  }
  return found;
}

bool has_literal(std::string_view text) { return std::ranges::any_of(text, is_letter_or_digit); }

void add_cache(std::string_view text, TextRange line, std::vector<TextRange>& found) {
  for (const TextRange range : compose::references_in(line.of(text), compose::Spelling::cache))
    found.push_back({line.begin + range.begin, line.begin + range.end});
}

/// What stands behind `key=`, up to a comma.
void add_behind(std::string_view text, TextRange line, std::string_view key, std::vector<TextRange>& found) {
  if (!line.of(text).starts_with(key)) return;
  found.push_back(
      range_of(line.begin + key.size(), std::min<std::size_t>(text.find(',', line.begin), line.end)));
}

void add_named(std::string_view text, TextRange line, Entry entry, std::vector<TextRange>& found) {
  constexpr std::string_view scheme = "docker-image://";
  const auto equals = text.find('=', line.begin);
  if (equals == text.npos || equals >= line.end) return;
  TextRange value = range_of(equals + 1, line.end);
  if (entry == Entry::argument_lines) {
    if (shell::is_build_argument_of_image(text.substr(line.begin, equals - line.begin)))
      found.push_back(value);
  } else if (value.of(text).starts_with(scheme)) {
    value.begin += static_cast<std::uint32_t>(scheme.size());
    found.push_back(value);
  }
}

/// A line without one literal letter or digit says nothing: `${{ steps.meta.outputs.tags }}`.
std::vector<TextRange> by_line(std::string_view text, Entry entry) {
  std::vector<TextRange> found;
  for (const TextRange line : stretches(text, "\n")) {
    if (!has_literal(line.of(text))) continue;
    switch (entry) {
      case Entry::cache_lines:
        add_cache(text, line, found);
        break;
      case Entry::metadata_lines:
        if (line.of(text).starts_with("name="))
          add_behind(text, line, "name=", found);
        else
          found.push_back(range_of(line.begin, std::min<std::size_t>(text.find(',', line.begin), line.end)));
        break;
      case Entry::driver_lines:
        add_behind(text, line, "image=", found);
        break;
      default:
        add_named(text, line, entry, found);
    }
  }
  return found;
}

std::vector<TextRange> all_in(std::string_view text, Entry entry, std::string_view prefix) {
  TextRange whole = trimmed(text, range_of(0, text.size()));
  switch (entry) {
    case Entry::whole:
    case Entry::input:
    case Entry::mirror:
    case Entry::run_words:
      if (whole.empty()) return {};
      return {whole};
    case Entry::runner:
      if (whole.of(text).starts_with(runner_scheme))
        whole.begin += static_cast<std::uint32_t>(runner_scheme.size());
      return {whole};
    case Entry::prefixed:
    case Entry::context:
      if (!whole.of(text).starts_with(prefix)) return {};
      whole.begin += static_cast<std::uint32_t>(prefix.size());
      return {whole};
    case Entry::tags:
      return stretches(text, ",\n");
    case Entry::cache: {
      std::vector<TextRange> found;
      add_cache(text, whole, found);
      return found;
    }
    case Entry::cache_lines:
    case Entry::context_lines:
    case Entry::argument_lines:
    case Entry::metadata_lines:
    case Entry::driver_lines:
      return by_line(text, entry);
  }
  return {};
}

}  // namespace

ReferenceInValue reference_in_value(Entry entry) {
  using Found = std::optional<TextRange>;
  switch (entry) {
    case Entry::runner:
      return [](std::string_view value, bool /*is_known*/) -> Found {
        return range_of(value.starts_with(runner_scheme) ? runner_scheme.size() : 0, value.size());
      };
    case Entry::context:
      return [](std::string_view value, bool /*is_known*/) -> Found {
        const std::string_view scheme = role::build_context.prefix;
        return value.starts_with(scheme) ? Found(range_of(scheme.size(), value.size())) : std::nullopt;
      };
    case Entry::cache:
      return [](std::string_view value, bool is_known) -> Found {
        const auto found = compose::references_in(value, compose::Spelling::cache);
        if (is_known) return found.empty() ? Found() : found.front();
        return range_of(0, value.size());
      };
    default:
      return nullptr;
  }
}

std::vector<TextRange> entries_in(std::string_view text, Entry entry, std::string_view prefix) {
  std::vector<TextRange> found = all_in(text, entry, prefix);
  const bool may_say_nothing = entry == Entry::input || entry == Entry::tags;
  std::erase_if(found, [&](TextRange range) {
    return range.empty() || (may_say_nothing && !has_literal(range.of(text)));
  });
  return found;
}

}  // namespace imglint
