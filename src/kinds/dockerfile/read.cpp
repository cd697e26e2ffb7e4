#include "kinds/dockerfile/read.hpp"

#include <algorithm>

#include "kinds/dockerfile/reading.hpp"
#include "kinds/dockerfile/text.hpp"
#include "kinds/first_line.hpp"

namespace imglint {

namespace kinds {
extern const KindInfo dockerfile;
}

namespace dockerfile {
namespace {

void read_lines(Reading& reading) {
  LogicalLine line;
  TextRange last{reading.begin, reading.begin};
  while (reading.lines.next(line)) {
    read_instruction(reading, line);
    last = line.place;
  }
  const std::uint32_t size = size_of(reading.text);
  if (!reading.has_instruction) {
    const std::uint32_t end = size > reading.begin ? size - 1 : size;
    complain(reading, reading.places.span({end, end}),
             size == reading.begin ? "the file is empty" : "no instruction in this file");
  } else if (!reading.has_stage() && !reading.has_early_instruction) {
    complain(reading, reading.places.span(last), "no FROM in this file");
  }
}

void add_comments_and_long_lines(Reading& reading) {
  for (const TextRange comment : reading.lines.linter_comments())
    reading.document.comments.push_back({.span = reading.places.span(comment), .part = reading.part});
  for (const TextRange line : reading.lines.long_lines())
    complain(reading, reading.places.span(line), "a line of more than 65,535 bytes");
}

void read(Reading& reading) {
  read_directives(reading);
  read_syntax(reading);
  read_lines(reading);
  resolve_sources(reading);
  add_comments_and_long_lines(reading);
  const auto first = reading.document.troubles.begin() + static_cast<std::ptrdiff_t>(reading.first_trouble);
  std::stable_sort(first, reading.document.troubles.end(),
                   [](const Trouble& a, const Trouble& b) { return a.span.begin < b.span.begin; });
  reading.document.parts[reading.part].escape = reading.escape;
}

void refuse(Document& document, Trouble::Kind kind, std::string message) {
  document.troubles.push_back(
      {.kind = kind, .message = std::move(message), .blocks_edits = true, .unread = true});
}

}  // namespace
}  // namespace dockerfile

std::unique_ptr<Document> read_dockerfile(const Source& source, const ReadOptions& options) {
  auto document = std::make_unique<Document>(source, kinds::dockerfile);
  document->parts.front().has_stages = true;
  const std::string_view bytes = source.bytes();
  if (bytes.size() > options.max_bytes) {
    dockerfile::refuse(*document, Trouble::Kind::too_large,
                       "larger than " + std::to_string(options.max_bytes) + " bytes");
  } else if (starts_in_utf16(bytes)) {
    dockerfile::refuse(*document, Trouble::Kind::encoding, "encoded in UTF-16, which no builder reads");
  } else {
    const MappedText text =
        MappedText::slice(source, {0, static_cast<std::uint32_t>(bytes.size())}, document->arena);
    dockerfile::Reading reading(text, {}, options, *document, no_owner);
    dockerfile::read(reading);
  }
  return document;
}

void read_dockerfile(const MappedText& text, std::span<const Variable> variables, const ReadOptions& options,
                     OwnerIndex parent, Document& into) {
  into.parts.push_back({.kind = &kinds::dockerfile, .has_stages = true, .nested = true});
  dockerfile::Reading reading(text, variables, options, into, parent);
  dockerfile::read(reading);
}

}  // namespace imglint
