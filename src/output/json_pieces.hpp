// JSON that is written piece by piece and reads as if it had been written whole, indented by two.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

namespace imglint {

/// What stands around the items of one array of a document.
struct JsonFrame {
  std::string before;  ///< up to its `[`
  std::string after;   ///< from its `]` on
};

/// The frame of the last array of a document, which is empty in it.
[[nodiscard]] JsonFrame frame_of_last_array(const nlohmann::ordered_json& document);

/// Appends a line end and an item, indented; a comma between items is the caller's.
void append_item(const nlohmann::ordered_json& item, std::size_t indent, std::string& out);

}  // namespace imglint
