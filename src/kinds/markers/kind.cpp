#include "kinds/kind.hpp"

#include <algorithm>
#include <optional>

#include "kinds/languages.hpp"
#include "kinds/line_comments.hpp"
#include "kinds/references.hpp"
#include "kinds/roles.hpp"
#include "kinds/shell/read.hpp"
#include "reference/parse.hpp"

namespace imglint::kinds {

extern const KindInfo markers;

namespace {

constexpr KindExample examples[] = {
    {"variable \"image\" {\n"
     "  # imglint: image\n"
     "  default = \"⟦ghcr.io/acme/app:1.4⟧\"\n"
     "}\n"
     "locals { tool = \"⟦alpine:3.20⟧\" } // imglint: image\n",
     "text above or behind which a comment says that it is an image, in a file of any language"},
};
constexpr const RoleInfo* roles[] = {&role::image};
constexpr std::string_view doubtful_names[] = {"*"};
constexpr std::string_view marker = "imglint: image";

TextRange range_of(std::size_t begin, std::size_t end) {
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

bool is_reference(std::string_view text) {
  return !text.empty() && std::holds_alternative<Reference>(parse_reference(text));
}

/// Whether what stands from an offset on makes a key of the text in quotes before it: `"image": "x:1"`.
bool follows_key(std::string_view line, std::size_t at) {
  const auto next = line.find_first_not_of(" \t", at);
  return next != line.npos && line[next] == ':';
}

/// The first quoted text of a line that is a reference, and no key.
std::optional<TextRange> quoted_reference(std::string_view line) {
  for (auto begin = line.find_first_of("\"'`"); begin != line.npos;
       begin = line.find_first_of("\"'`", begin)) {
    const auto end = line.find(line[begin], begin + 1);
    if (end == line.npos) return std::nullopt;
    if (is_reference(line.substr(begin + 1, end - begin - 1)) && !follows_key(line, end + 1))
      return range_of(begin + 1, end);
    begin = end + 1;
  }
  return std::nullopt;
}

/// Without quotes: what follows the first `=` or `: `.
std::optional<TextRange> bare_reference(std::string_view line) {
  const auto equals = line.find('=');
  const auto colon = line.find(": ");
  const auto sign = std::min(equals, colon);
  if (sign == line.npos) return std::nullopt;
  TextRange range = trimmed(line, range_of(sign + 1, line.size()));
  const std::string_view value = range.of(line);
  range.end = range.begin + static_cast<std::uint32_t>(std::min(value.find_first_of(" \t,;"), value.size()));
  return is_reference(range.of(line)) ? std::optional(range) : std::nullopt;
}

/// Where the comment begins that says so, if the marker stands in one; nothing else may follow it.
std::optional<std::size_t> comment_begin(std::string_view line) {
  const auto at = line.find(marker);
  if (at == line.npos) return std::nullopt;
  std::string_view rest = line.substr(at + marker.size());
  rest = rest.substr(std::min(rest.find_first_not_of(" \t"), rest.size()));
  if (!rest.empty() && rest != "*/" && rest != "-->" && rest != "#}") return std::nullopt;
  const auto before = line.find_last_not_of(" \t", at == 0 ? 0 : at - 1);
  if (at == 0 || before == line.npos) return std::nullopt;
  constexpr std::string_view signs = "#/*-;%!<{";
  if (signs.find(line[before]) == signs.npos) return std::nullopt;
  auto begin = before;
  while (begin > 0 && signs.find(line[begin - 1]) != signs.npos) --begin;
  return begin;
}

/// Whether a comment says that something is an image. Most texts hold no such words.
bool says_image(std::string_view bytes) {
  for (auto at = bytes.find(marker); at != bytes.npos; at = bytes.find(marker, at + 1)) {
    const auto begin = at == 0 ? at : bytes.rfind('\n', at - 1) + 1;  // none before: 0
    std::string_view line = bytes.substr(begin, std::min(bytes.find('\n', at), bytes.size()) - begin);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (comment_begin(line)) return bytes.find('\0') == bytes.npos;
  }
  return false;
}

bool is_surely(std::string_view /*path*/, std::string_view bytes) { return says_image(bytes); }

/// Looks for the markers of a text, line by line.
class Reader {
 public:
  Reader(std::string_view text, Document& document) : text_(text), document_(document) {}

  void run() {
    bool is_next = false;
    for (std::size_t at = 0; at < text_.size();) {
      const auto feed = std::min(text_.find('\n', at), text_.size());
      std::string_view line = text_.substr(at, feed - at);
      if (line.ends_with('\r')) line.remove_suffix(1);
      const auto comment = comment_begin(line);
      const bool stands_alone = comment && line.find_first_not_of(" \t") == *comment;
      if (comment && !stands_alone)
        add(line.substr(0, *comment));
      else if (is_next && !comment)
        add(line);
      is_next = stands_alone;
      at = feed + 1;
    }
  }

 private:
  void add(std::string_view line) {
    auto found = quoted_reference(line);
    if (!found) found = bare_reference(line);
    const auto at = static_cast<std::uint32_t>(line.data() - document_.source->bytes().data());
    if (!found) {
      document_.troubles.push_back(
          {.span = {at, at + static_cast<std::uint32_t>(line.size())},
           .message = "a comment says that an image stands here, and none is found"});
      return;
    }
    const MappedText text =
        MappedText::slice(*document_.source, {at + found->begin, at + found->end}, document_.arena);
    add_reference({.role = &role::image, .style = Style::text},
                  {text, languages::literal(text.text()), nullptr}, document_);
  }

  std::string_view text_;
  Document& document_;
};

std::unique_ptr<Document> read(const Source& source, const ReadOptions& options) {
  auto document = std::make_unique<Document>(source, markers);
  Reader(imglint::shell::readable_text(source, options.max_bytes, *document), *document).run();
  finish_references(*document);
  document->comments = code_comments(source);
  return document;
}

}  // namespace

constinit const KindInfo markers = {
    .name = "markers",
    .title = "file with markers",
    .plural = "files with markers",
    .summary =
        "Files of any language in which comments `imglint: image` say what is an image, and that no other "
        "kind claims: given by name, found with `--include markers`, or named by the configuration.",
    .examples = examples,
    .names = {},
    .doubtful_names = doubtful_names,
    .is_surely = is_surely,
    .is_asked_last = true,
    .include = "markers",
    .read = read,
    .roles = roles,
    .comments_behind = true,
};

}  // namespace imglint::kinds
