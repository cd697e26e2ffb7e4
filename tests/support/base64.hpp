// Bytes of vectors that JSON cannot hold as text.
#pragma once

#include <string>
#include <string_view>

namespace imglint::test {

/// The bytes that a text in base64 stands for.
[[nodiscard]] std::string decode_base64(std::string_view text);

}  // namespace imglint::test
