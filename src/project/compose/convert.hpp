// From the nodes of one document to items, with what `!reset` and `!override` in it take away.
#pragma once

#include "project/compose/item.hpp"
#include "project/compose/reading.hpp"

namespace imglint::assembly {

/// A document of a compose file.
struct ConvertedDocument {
  Item* top = nullptr;  ///< null if the document is no mapping
  Resets resets;
};

/// Converts what says something of images; of all else only its keys are kept. The services of a version 1
/// document stand at its top.
[[nodiscard]] ConvertedDocument convert(Reading& reading, std::size_t document, bool is_version_1,
                                        Items& items);

}  // namespace imglint::assembly
