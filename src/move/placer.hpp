// Placer: from a change of a use's value to edits of the bytes it came from, or why there are none
// (docs/spec/retarget.md 6.5).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "edit/edit.hpp"
#include "model/document.hpp"
#include "move/move.hpp"
#include "move/refusal.hpp"
#include "move/use_name.hpp"

namespace imglint {

/// Edits and where the first lands, or why there are none.
struct PlacedEdits {
  /// One, or one for each scalar of a split reference that changes (move/split.hpp).
  std::vector<Edit> edits;
  Via via = Via::literal;
};
using PlacedOrRefusal = std::variant<PlacedEdits, Refusal>;

/// Finds the bytes for a change of the use's value.
class Placer {
 public:
  Placer(const ImageUse& use, const Document& document, const MoveOptions& options)
      : use_(&use), document_(&document), options_(&options), tree_(use) {}
  /// Replaces a non-empty range of the value.
  [[nodiscard]] PlacedOrRefusal replace(TextRange range, std::string_view text) const;
  /// Puts text before the value's name, which ends at name_end. `reach` bytes of it are what the move asks
  /// for: where a variable supplies some of them, the text goes to those.
  [[nodiscard]] PlacedOrRefusal prepend(std::uint32_t name_end, std::string_view text,
                                        std::size_t reach) const;
  /// Puts text behind the name.
  [[nodiscard]] PlacedOrRefusal append_to_name(std::uint32_t name_end, std::string_view text) const;

 private:
  [[nodiscard]] const Variable* variable_of(const Piece& piece) const {
    return piece.variable < use_->value.variables.size() ? &use_->value.variables[piece.variable] : nullptr;
  }
  [[nodiscard]] std::string giver_of(VariableIndex variable) const;
  [[nodiscard]] std::string cure_of(const Piece& piece, std::optional<TextRange> range,
                                    std::string_view text) const;
  [[nodiscard]] std::optional<Refusal> foreign(const Piece& piece, std::optional<TextRange> range,
                                               std::string_view text) const;
  [[nodiscard]] std::optional<Refusal> transformed(const Piece& piece) const;
  [[nodiscard]] std::optional<Location> whole_string(TextRange range) const;
  [[nodiscard]] PlacedOrRefusal crossing(TextRange range, std::string_view text) const;
  [[nodiscard]] PlacedOrRefusal at(const Piece* piece, Location place, std::string_view text) const;
  [[nodiscard]] PlacedOrRefusal before_variable(VariableIndex index, std::string_view text) const;
  [[nodiscard]] bool supplies(VariableIndex variable, std::uint32_t name_end) const;
  [[nodiscard]] Via via_of(const Piece* piece) const;
  [[nodiscard]] std::optional<Refusal> unfit(const Piece* piece, Location place, std::string_view text) const;
  const ImageUse* use_;
  const Document* document_;
  const MoveOptions* options_;
  VariableTree tree_;
};

}  // namespace imglint
