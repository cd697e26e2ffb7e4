// Names of temporary files: unguessable, and telling whether their maker still lives.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace imglint {

/// `.imglint-MACHINE-PROCESS-RANDOM`: where process numbers mean the same (host, boot, process namespace, as
/// a hash), the process, and 64 random bits.
[[nodiscard]] std::string new_temporary_name();

/// True for such a name if its process has ended; for one from another machine, container or boot, if the
/// file has not been written to for a day. `age` in nanoseconds.
[[nodiscard]] bool is_left_over(std::string_view name, std::int64_t age);

}  // namespace imglint
