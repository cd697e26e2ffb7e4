// Any bytes as a compose file: no crash, no hang, maps that are true, and edits that are proved or refused.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "kinds/compose/read.hpp"
#include "yaml/verify_edits.hpp"

namespace {

using namespace imglint;

void require(bool holds) {
  if (!holds) std::abort();
}

void check_pieces(const MappedText& text, const ImageUse& use) {
  std::uint32_t done = 0;
  for (const Piece& piece : text.pieces()) {
    require(piece.text.begin == done);
    done = piece.text.end;
    require(piece.variable == no_variable || piece.variable < use.value.variables.size());
    if (piece.exact && piece.source) require(piece.source->text(piece.span) == text.text(piece.text));
  }
  require(done == text.text().size());
}

/// Changes the first literal byte of a use. Where the change is proved, the file is as readable as before.
void check_edit(const Document& document, std::size_t index) {
  const Source& source = *document.source;
  const ImageUse& use = document.uses[index];
  if (use.part > 0 || !use.not_editable.empty()) return;
  for (const Piece& piece : use.value.pieces()) {
    if (!piece.exact || piece.source != &source || piece.variable != no_variable || piece.text.empty())
      continue;
    const char old = source.bytes()[piece.span.begin];
    if (old < 'a' || old > 'y') return;
    EditSet edits(source);
    require(!edits.add(
        {{&source, {piece.span.begin, piece.span.begin + 1}, std::string(1, static_cast<char>(old + 1))}}));
    if (!verify_yaml_edits(edits)) return;
    const Source edited(source.path(), edits.apply());
    require(!read_compose(edited, {})->blocks_edits());
    return;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Source source("compose.yaml", std::string(reinterpret_cast<const char*>(data), size));
  const auto document = read_compose(source, {});
  for (std::size_t index = 0; index < document->uses.size(); ++index) {
    const ImageUse& use = document->uses[index];
    require(use.span.begin <= use.span.end && use.span.end <= size);
    check_pieces(use.written, use);
    check_pieces(use.value, use);
    if (!document->blocks_edits() && index < 4) check_edit(*document, index);
  }
  for (const Trouble& trouble : document->troubles)
    require(trouble.span.begin <= trouble.span.end && trouble.span.end <= size && !trouble.message.empty());
  return 0;
}
