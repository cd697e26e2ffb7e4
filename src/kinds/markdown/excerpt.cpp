#include "kinds/markdown/excerpt.hpp"

#include "kinds/inline_dockerfile.hpp"

namespace imglint::markdown {
namespace {

/// Copies what a use has of another source and another arena.
class Mover {
 public:
  Mover(const Source& from, std::uint32_t shift, Document& document)
      : from_(from), shift_(shift), document_(document) {}

  [[nodiscard]] ImageUse move(const ImageUse& use) const {
    ImageUse moved = use;
    moved.span = shifted(use.span);
    moved.written = text(use.written);
    moved.value = value(use.value);
    moved.open_value = value(use.open_value);
    moved.lookup_error = document_.arena.copy(use.lookup_error);
    moved.not_editable = document_.arena.copy(use.not_editable);
    moved.path = document_.arena.copy(use.path);
    for (Alias& alias : moved.aliases) {
      alias.path = document_.arena.copy(alias.path);
      alias.owner = no_owner;
    }
    moved.owner = no_owner;
    moved.mount_type = {};
    moved.part = 0;
    return moved;
  }

 private:
  [[nodiscard]] Span shifted(Span span) const { return {span.begin + shift_, span.end + shift_}; }
  [[nodiscard]] Location place(Location location) const {
    if (location.source != &from_) return {};
    return {document_.source, shifted(location.span)};
  }
  [[nodiscard]] MappedText text(const MappedText& text) const {
    std::vector<Piece> pieces(text.pieces().begin(), text.pieces().end());
    for (Piece& piece : pieces)
      if (piece.source == &from_) {
        piece.source = document_.source;
        piece.span = shifted(piece.span);
      }
    return {document_.arena.copy(text.text()), document_.arena.copy(std::span<const Piece>(pieces))};
  }
  [[nodiscard]] Value value(const Value& value) const {
    Value moved;
    moved.set(text(value));
    moved.fault = document_.arena.copy(value.fault);
    moved.variables = value.variables;
    for (Variable& variable : moved.variables) {
      variable.name = document_.arena.copy(variable.name);
      variable.op = document_.arena.copy(variable.op);
      variable.place = place(variable.place);
      variable.written = place(variable.written);
    }
    return moved;
  }

  const Source& from_;
  std::uint32_t shift_;
  Document& document_;
};

}  // namespace

void add_excerpt(const KindInfo& kind, Span span, const ReadOptions& options,
                 const std::function<bool(const ImageUse&)>& wanted, Document& document) {
  const Source source(document.source->path(), std::string(document.source->text(span)));
  const auto read = kind.read(source, options);
  const Mover mover(source, span.begin, document);
  for (const ImageUse& use : read->uses)
    if (wanted(use)) {
      ImageUse moved = mover.move(use);
      hide_unknown_value(moved, document.arena);
      document.add_use(std::move(moved));
    }
  if (read->comments.empty()) return;
  document.parts.push_back({.kind = &kind});
  for (Comment comment : read->comments) {
    comment.span = {comment.span.begin + span.begin, comment.span.end + span.begin};
    comment.part = static_cast<std::uint32_t>(document.parts.size() - 1);
    document.comments.push_back(comment);
  }
}

}  // namespace imglint::markdown
