// The findings and references of a report, one after the other as they are read: a report of any size takes
// the room of one of its items.
#pragma once

#include <cstdint>
#include <functional>

#include <nlohmann/json.hpp>

#include "base/result.hpp"
#include "output/merged/next_block.hpp"

namespace imglint {

enum class ItemKind : std::uint8_t {
  finding,
  failure,    ///< what could not be judged
  reference,  ///< a row of an inventory
  trouble,    ///< what could not be read for an inventory
};

struct ReportItem {
  ItemKind kind = ItemKind::finding;
  bool sarif = false;  ///< in the words of SARIF; else in those of imglint's own JSON
  nlohmann::ordered_json json;
};

/// An error says what is wrong with the item, and ends the reading.
using TakeItem = std::function<Result<void>(ReportItem)>;

/// Reads what `check --format json|jsonl|sarif` and `list --format json|jsonl` write, told apart by what
/// stands in it. What stands before a fault is taken; the error has line and column, but no path.
[[nodiscard]] Result<void> read_report(const NextBlock& next, const TakeItem& take);

}  // namespace imglint
