#include "kinds/compose/lost_builds.hpp"

#include <algorithm>
#include <string_view>

#include "kinds/compose/roles.hpp"

namespace imglint::compose {
namespace {

/// Takes a line off the front, without its line feed.
std::string_view take_physical_line(std::string_view& text) {
  const auto end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

/// The blanks at the front of a line.
std::string_view indent_of(std::string_view line) {
  return line.substr(0, std::min(line.find_first_not_of(" \t"), line.size()));
}

bool is_blank(std::string_view line) {
  const auto first = line.find_first_not_of(" \t\r");
  return first == std::string_view::npos || line[first] == '#';
}

/// `build:`, its key in quotes or not.
bool is_build_key(std::string_view line) {
  line.remove_prefix(indent_of(line).size());
  const char quote = line.empty() || (line.front() != '"' && line.front() != '\'') ? '\0' : line.front();
  if (quote != '\0') line.remove_prefix(1);
  constexpr std::string_view key = "build";
  if (!line.starts_with(key)) return false;
  line.remove_prefix(key.size());
  if (quote != '\0') {
    if (!line.starts_with(quote)) return false;
    line.remove_prefix(1);
  }
  line.remove_prefix(indent_of(line).size());
  return line.starts_with(':');
}

/// Whether one of the lines is the key `build` of the service, whose other keys are indented like `keys`: a
/// first line that was lost for its blanks may be indented otherwise, and those after it with it.
bool hold_build(std::string_view lines, std::string_view keys) {
  const std::string_view first = indent_of(lines);
  while (!lines.empty()) {
    const std::string_view line = take_physical_line(lines);
    const std::string_view indent = indent_of(line);
    if ((indent == first || indent == keys) && is_build_key(line)) return true;
  }
  return false;
}

/// The line that holds an offset, from its beginning on.
std::string_view line_at(std::string_view text, std::uint32_t offset) {
  const auto before = text.substr(0, offset).rfind('\n');
  text.remove_prefix(before == std::string_view::npos ? 0 : before + 1);
  return take_physical_line(text);
}

/// The last service that begins above an offset; none if there is none.
OwnerIndex service_above(const Document& document, std::uint32_t offset) {
  OwnerIndex nearest = no_owner;
  for (std::size_t i = 0; i < document.owners.size(); ++i) {
    const Owner& owner = document.owners[i];
    if (owner.stage >= 0 || owner.name_span.empty() || owner.name_span.begin >= offset) continue;
    if (nearest == no_owner ||
        document.owners[static_cast<std::size_t>(nearest)].name_span.begin < owner.name_span.begin)
      nearest = static_cast<OwnerIndex>(i);
  }
  return nearest;
}

}  // namespace

void drop_images_of_lost_builds(const Source& shape, std::span<const Span> lost, Document& document) {
  const std::string_view text = shape.bytes();
  for (const Span span : lost) {
    std::string_view lines = shape.text(span);
    while (!lines.empty() && is_blank(lines.substr(0, lines.find('\n')))) (void)take_physical_line(lines);
    const OwnerIndex service = service_above(document, span.begin);
    if (service == no_owner || lines.empty()) continue;
    const Span name = document.owners[static_cast<std::size_t>(service)].name_span;
    const std::string_view indent = indent_of(lines);
    // Lines that are indented no deeper are another service, or something else.
    const bool is_deeper = indent.find('\t') != std::string_view::npos ||
                           indent.size() > indent_of(line_at(text, name.begin)).size();
    if (!is_deeper) continue;
    std::erase_if(document.uses, [&](const ImageUse& use) {
      return use.role == &role::image && use.owner == service && use.span.begin < span.begin &&
             hold_build(lines, indent_of(line_at(text, use.span.begin)));
    });
  }
}

}  // namespace imglint::compose
