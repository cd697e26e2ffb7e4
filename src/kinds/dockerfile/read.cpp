#include "kinds/dockerfile/read.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

#include "base/quote.hpp"
#include "expansion/engine.hpp"
#include "kinds/dockerfile/emptied.hpp"
#include "kinds/dockerfile/reading.hpp"
#include "kinds/dockerfile/text.hpp"
#include "source/read_file.hpp"

namespace imglint {

namespace kinds {
extern const KindInfo dockerfile;
}

namespace dockerfile {
namespace {

/// No instruction stands in the file.
void complain_of_nothing(Reading& reading) {
  if (reading.has_open && reading.hides_stages) return;  // one may, and that is told
  const std::uint32_t size = size_of(reading.text);
  const std::uint32_t end = size > reading.begin ? size - 1 : size;
  const std::string cause = because_emptied(reading, {reading.begin, size});
  complain(reading, reading.places.span({end, end}),
           (size == reading.begin ? "the file is empty" : "no instruction in this file") + cause)
      .hides_references = !cause.empty();
}

void read_lines(Reading& reading) {
  LogicalLine line;
  TextRange last{reading.begin, reading.begin};
  std::uint32_t read = reading.begin;
  while (reading.lines.next(line)) {
    if (reading.has_open) add_open_lines(reading, {read, line.place.begin});
    if (reading.document.is_full()) {
      reading.document.leave_rest(reading.places.span(line.place));
      break;
    }
    read_instruction(reading, line);
    last = line.place;
    read = reading.lines.offset();
  }
  const std::uint32_t size = size_of(reading.text);
  if (reading.has_open) add_open_lines(reading, {read, size});
  if (!reading.has_instruction) {
    complain_of_nothing(reading);
  } else if (!reading.has_stage() && !reading.has_early_instruction && !reading.hides_stages) {
    complain(reading, reading.places.span(last), "no FROM in this file");
  }
}

/// Of a text without one instruction, which is no Dockerfile, one trouble stays.
void keep_one_trouble(Reading& reading) {
  std::vector<Trouble>& troubles = reading.document.troubles;
  const auto first = troubles.begin() + static_cast<std::ptrdiff_t>(reading.first_trouble);
  const auto hides = [](const Trouble& trouble) { return trouble.hides_references; };
  const auto found = std::find_if(first, troubles.end(), hides);
  if (found == troubles.end()) return;
  const auto others = std::remove_if(std::next(found), troubles.end(), hides);
  if (others == troubles.end()) return;
  found->message += ", nor does another line begin with one";
  troubles.erase(others, troubles.end());
}

void add_comments_and_long_lines(Reading& reading) {
  for (const TextRange comment : reading.lines.linter_comments())
    reading.document.comments.push_back({.span = reading.places.span(comment), .part = reading.part});
  for (const TextRange line : reading.lines.long_lines())
    complain(reading, reading.places.span(line), "a line of more than 65,535 bytes");
}

/// What is no Dockerfile may be right for another frontend, and so may a name that is no reference: of all
/// that one remark stays.
void keep_one_remark(Reading& reading) {
  std::vector<Trouble>& troubles = reading.document.troubles;
  const auto first = troubles.begin() + static_cast<std::ptrdiff_t>(reading.first_trouble);
  const std::vector<ImageUse>& uses = reading.document.uses;
  std::vector<Span> unread;
  for (auto trouble = first; trouble != troubles.end(); ++trouble)
    if (trouble->hides_references) unread.push_back(trouble->span);
  const bool hides_references = !unread.empty();
  for (auto use = uses.begin() + static_cast<std::ptrdiff_t>(reading.first_use); use != uses.end(); ++use)
    if (use->kind == Kind::invalid && use->role->function != Function::frontend) unread.push_back(use->span);
  troubles.erase(first, troubles.end());
  if (unread.empty()) return;
  const auto more = std::to_string(unread.size() - 1);
  troubles.push_back({.kind = Trouble::Kind::remark,
                      .span = *std::min_element(unread.begin(), unread.end()),
                      .message = quote(reading.foreign_frontend) +
                                 " reads this file, by rules of its own: this is nothing for a Dockerfile" +
                                 (unread.size() == 1   ? ""
                                  : unread.size() == 2 ? ", nor is what stands in 1 other place"
                                                       : ", nor is what stands in " + more + " other places"),
                      .hides_references = hides_references});
}

void read(Reading& reading) {
  read_directives(reading);
  read_syntax(reading);
  read_lines(reading);
  resolve_sources(reading);
  add_comments_and_long_lines(reading);
  if (!reading.foreign_frontend.empty())
    keep_one_remark(reading);
  else if (!reading.has_known_instruction)
    keep_one_trouble(reading);
  const auto first = reading.document.troubles.begin() + static_cast<std::ptrdiff_t>(reading.first_trouble);
  std::stable_sort(first, reading.document.troubles.end(),
                   [](const Trouble& a, const Trouble& b) { return a.span.begin < b.span.begin; });
  reading.document.parts[reading.part].escape = reading.escape;
}

/// Where the first `#include` of the C preprocessor begins, which podman runs over files of the ending `.in`.
std::optional<std::uint32_t> find_include(std::string_view text) {
  for (auto at = text.find('#'); at != std::string_view::npos; at = text.find('#', at + 1)) {
    if (at > 0 && text[at - 1] != '\n') continue;
    std::string_view word = text.substr(at + 1);
    word.remove_prefix(std::min(word.find_first_not_of(" \t"), word.size()));
    constexpr std::string_view include = "include";
    if (word.starts_with(include) && word.find_first_of(" \t\"<", include.size()) == include.size())
      return static_cast<std::uint32_t>(at);
  }
  return std::nullopt;
}

/// Reads what is left without an engine's statements, which are told of once.
void read_template(const MappedText& text, std::span<const Variable> variables, const ReadOptions& options,
                   OwnerIndex parent, Document& document) {
  const WithoutStatements rest = without_statements(text.text());
  Reading reading({document.arena.copy(rest.text), text.pieces()}, variables, options, document, parent);
  reading.hides_stages = rest.may_insert;
  if (rest.may_insert) reading.inserts_at = rest.inserts_at;
  if (const auto include = find_include(reading.text)) {
    reading.hides_stages = true;
    reading.inserts_at = std::min(reading.inserts_at, *include);
  }
  if (!rest.first.empty())
    complain(reading, reading.places.span({rest.first.begin, rest.first.end}),
             "statements of a template engine are passed over")
        .kind = Trouble::Kind::remark;
  read(reading);
}

void read_any(const MappedText& text, std::span<const Variable> variables, const ReadOptions& options,
              OwnerIndex parent, Document& document) {
  if (document.is_template) return read_template(text, variables, options, parent, document);
  Reading reading(text, variables, options, document, parent);
  read(reading);
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
  document->is_template = options.is_template || is_template_name(source.path());
  const std::string_view bytes = source.bytes();
  if (bytes.size() > options.max_bytes) {
    dockerfile::refuse(*document, Trouble::Kind::too_large,
                       "larger than " + std::to_string(options.max_bytes) + " bytes");
  } else if (starts_in_utf16(bytes)) {
    dockerfile::refuse(*document, Trouble::Kind::encoding, "encoded in UTF-16, which no builder reads");
  } else {
    const MappedText text =
        MappedText::slice(source, {0, static_cast<std::uint32_t>(bytes.size())}, document->arena);
    dockerfile::read_any(text, {}, options, no_owner, *document);
  }
  return document;
}

void read_dockerfile(const MappedText& text, std::span<const Variable> variables, const ReadOptions& options,
                     OwnerIndex parent, Document& into) {
  into.parts.push_back({.kind = &kinds::dockerfile, .has_stages = true, .nested = true});
  dockerfile::read_any(text, variables, options, parent, into);
}

}  // namespace imglint
