// NextBlock: where the bytes of a report come from.
#pragma once

#include <functional>
#include <string_view>

#include "base/result.hpp"

namespace imglint {

/// The next bytes of a report, which stay until the next call; none at the end.
using NextBlock = std::function<Result<std::string_view>()>;

}  // namespace imglint
