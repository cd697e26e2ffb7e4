// Extended attributes, access control lists among them, carried from one open file to another.
#pragma once

#include "source/file_system.hpp"

namespace imglint {

/// Makes the attributes of the new file those of the model: `user.*`, `trusted.*`, access control lists and
/// the security label. Others in `security.*` (capabilities, integrity hashes) belong to the old bytes; the
/// kernel drops them on a write too. No error where the file system has no attributes.
[[nodiscard]] FileResult<void> copy_extended_attributes(int model, int file);

}  // namespace imglint
