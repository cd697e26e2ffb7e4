// From the places of a tree to the uses of a Document, for kinds that are tables of places.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "kinds/kind.hpp"
#include "model/document.hpp"
#include "model/read_options.hpp"
#include "tree/places.hpp"
#include "yaml/scalar.hpp"

namespace imglint {

/// A variable in a text: `${{ env.X }}`, `$X`, `$(params.x)`.
struct TextVariable {
  TextRange range;        ///< all of it, in the text
  std::string_view name;  ///< a view of the text or of the arena
  /// What it stands for, with the bytes that say so; nothing if that is not known. Then the value of the
  /// whole text is not known either, but a literal name around it can still be moved.
  std::optional<MappedText> value = std::nullopt;
  VariableSource source = VariableSource::none;  ///< who supplied the value
};

/// The variables of a text, in order, none inside another. What is none of them is literal.
using FindVariables =
    std::function<std::vector<TextVariable>(std::string_view text, const FoundPlace& place)>;

/// The value of a text whose variables are known: sets value, and where one has no value open_value and a
/// fault.
void expand_into(ImageUse& use, const MappedText& text, const std::vector<TextVariable>& variables,
                 const Source& source, Arena& arena);

/// Parses the use's value and says what kind of use it is: an image, what is built by its role, unresolved,
/// invalid.
void set_meaning(ImageUse& use);

/// The use of a place without its value, and where its scalar stands.
struct PlaceUse {
  ImageUse use;
  yaml::ScalarPlace scalar;
};
[[nodiscard]] PlaceUse start_use(const FoundPlace& place, const yaml::Node& node, Document& document);

/// Whether what stands at a place is a reference, by how sure the place is: one that is only probable must
/// look like one by itself.
[[nodiscard]] bool accepts(const ImageUse& use);

/// Adds the reference of a place: prefix stripped, variables looked for, parsed. `find_variables` may be
/// empty: all text is literal. Places that are not exact are added only where they hold what the grammar
/// accepts; of shape also what holds a variable.
void add_place_use(const FoundPlace& place, const yaml::Tree& tree, const FindVariables& find_variables,
                   std::uint32_t part, Document& document);

/// A row for a reference that is written in parts: a map, and the keys of its parts. One with no name has
/// none.
struct SplitRow {
  std::string_view path;  ///< as PlaceRow has it
  const RoleInfo* role = &plain_image;
  std::string_view registry = "registry";
  std::string_view repository = "repository";
  std::string_view tag = "tag";
};

using Locate = yaml::ScalarPlace (*)(const Source& source, const yaml::Node& node, Arena& arena);

/// Adds the reference of a map at a path; none if it has no repository.
void add_split_use(const SplitRow& row, compose::View& view, compose::Position map, std::string_view path,
                   Locate locate, Document& document);

/// How a kind that is nothing but a table reads a file.
struct TableReading {
  const KindInfo* kind = nullptr;
  std::span<const SplitRow> splits = {};
  /// Whether a document is of the kind; empty: each that is a mapping or a list.
  std::function<bool(compose::View& view, compose::Position top)> is_member = {};
  FindVariables find_variables = {};
};

/// Reads a YAML or JSON file by the table of its kind (KindInfo::places). A file with trouble in it has no
/// uses.
[[nodiscard]] std::unique_ptr<Document> read_by_table(const Source& source, const ReadOptions& options,
                                                      const TableReading& reading);

}  // namespace imglint
