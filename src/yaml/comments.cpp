#include "yaml/comments.hpp"

#include <algorithm>
#include <string_view>

#include "model/linter_comment.hpp"
#include "yaml/scalar.hpp"

namespace imglint::yaml {
namespace {

/// Tells whether a byte stands inside of a scalar. To be asked in ascending order.
class Scalars {
 public:
  Scalars(const Source& source, const Tree& tree) : source_(source), tree_(tree) {}

  bool hold(std::uint32_t offset) {
    NodeIndex last = no_node;
    for (; next_ < tree_.nodes.size() && tree_[next_].mark <= offset; ++next_)
      if (tree_[next_].kind == NodeKind::scalar) last = next_;
    if (last != no_node) place_ = locate_token(source_, tree_[last]);
    const bool in_token = place_.token.begin <= offset && offset < place_.token.end;
    if (!place_.not_editable.empty()) return true;  // it cannot be told
    const bool is_block = place_.style == Style::literal || place_.style == Style::folded;
    return in_token && !(is_block && offset < place_.content.begin);
  }

 private:
  const Source& source_;
  const Tree& tree_;
  NodeIndex next_ = 0;
  ScalarPlace place_;  ///< of the last scalar that begins before
};

/// The first `#` of a line that begins a comment; the line's end if there is none.
std::size_t comment_begin(std::string_view bytes, Span line, Scalars& scalars) {
  bytes = bytes.substr(0, line.end);
  for (auto at = bytes.find('#', line.begin); at < line.end; at = bytes.find('#', at + 1)) {
    const bool starts = at == line.begin || bytes[at - 1] == ' ' || bytes[at - 1] == '\t';
    if (starts && !scalars.hold(static_cast<std::uint32_t>(at))) return at;
  }
  return line.end;
}

}  // namespace

std::vector<Comment> linter_comments(const Source& source, const Tree& tree) {
  std::vector<Comment> comments;
  if (!names_linter(source.bytes())) return comments;
  Scalars scalars(source, tree);
  for (std::uint32_t number = 1; number <= source.line_count(); ++number) {
    Span line = source.line(number);
    if (number == 1) line.begin = source.text_begin();
    if (!names_linter(source.text(line))) continue;
    const auto begin = static_cast<std::uint32_t>(comment_begin(source.bytes(), line, scalars));
    const std::string_view comment = source.text({begin, line.end});
    if (!names_linter(comment)) continue;
    const auto size = static_cast<std::uint32_t>(comment.find_last_not_of(" \t") + 1);
    const std::string_view before = source.text({line.begin, begin});
    comments.push_back({.span = {begin, begin + size},
                        .own_line = before.find_first_not_of(" \t") == std::string_view::npos});
  }
  return comments;
}

}  // namespace imglint::yaml
