// What fuzz targets share: a law that does not hold ends the program, after saying which.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace imglint::fuzz {

inline void require(bool holds, std::string_view law) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %.*s\n", static_cast<int>(law.size()), law.data());
  std::abort();
}

/// For the helpers of tests/support that return the first broken law, or nothing.
inline void require_none_broken(const std::string& broken) { require(broken.empty(), broken); }

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

}  // namespace imglint::fuzz
