// The JSON of the protocol, named without its header: only the files that read or write messages include
// that.
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace imglint::lsp {
using Json = nlohmann::json;
}
