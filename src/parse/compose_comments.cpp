#include "parse/compose_comments.hpp"

#include <algorithm>

#include "parse/linter_names.hpp"
#include "parse/yaml_scalar.hpp"

namespace imglint::compose {
namespace {

bool is_blank(char byte) { return byte == ' ' || byte == '\t'; }

/// Answers for rising offsets whether they are inside of a scalar.
class Scalars {
 public:
  Scalars(const yaml::Tree& tree, const Source& source) : tree_(tree), source_(source) {}

  bool contain(std::uint32_t offset) {
    for (; next_ < tree_.nodes.size() && tree_.nodes[next_].mark <= offset; ++next_)
      if (tree_.nodes[next_].kind == yaml::NodeKind::scalar) last_ = &tree_.nodes[next_];
    if (last_ == nullptr) return false;
    if (located_ != last_) {
      located_ = last_;
      token_ = yaml::locate_token(source_, *last_).token;
    }
    return token_.begin <= offset && offset < token_.end;
  }

 private:
  const yaml::Tree& tree_;
  const Source& source_;
  std::size_t next_ = 0;
  const yaml::Node* last_ = nullptr;
  const yaml::Node* located_ = nullptr;
  Span token_;
};

Span trimmed(std::string_view bytes, Span span) {
  while (span.end > span.begin && is_blank(bytes[span.end - 1])) --span.end;
  return span;
}

/// The hash that begins a comment: the first that stands at the start of the line or behind a blank, in no
/// scalar.
std::optional<std::uint32_t> comment_begin(std::string_view bytes, Span line, Scalars& scalars) {
  for (std::uint32_t at = line.begin; at < line.end; ++at) {
    if (bytes[at] != '#') continue;
    // yaml-cpp takes a hash right behind a quote for a comment as well.
    const bool may_begin =
        at == line.begin || is_blank(bytes[at - 1]) || bytes[at - 1] == '"' || bytes[at - 1] == '\'';
    if (may_begin && !scalars.contain(at)) return at;
  }
  return std::nullopt;
}

}  // namespace

void add_comments(const yaml::Tree& tree, Document& document) {
  const Source& source = *document.source;
  const std::string_view bytes = source.bytes();
  if (!names_linter(bytes)) return;
  Scalars scalars(tree, source);
  for (std::uint32_t number = 1; number <= source.line_count(); ++number) {
    Span line = source.line(number);
    line.begin = std::max(line.begin, number == 1 ? source.text_begin() : line.begin);
    if (!names_linter(source.text(line))) continue;
    const auto begin = comment_begin(bytes, line, scalars);
    if (!begin) continue;
    const Span span = trimmed(bytes, {*begin, line.end});
    if (!names_linter(source.text(span))) continue;
    const bool own_line = std::all_of(bytes.begin() + line.begin, bytes.begin() + *begin, is_blank);
    document.comments.push_back({.span = span, .own_line = own_line});
  }
}

}  // namespace imglint::compose
