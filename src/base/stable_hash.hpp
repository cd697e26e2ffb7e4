// A hash that is the same in every run, on every machine and by every compiler, which std::hash is not.
#pragma once

#include <cstdint>
#include <string_view>

namespace imglint {

/// FNV-1a, 64 bits, of bytes that may be given in parts. Locks and baselines hold what it gives.
class StableHash {
 public:
  constexpr StableHash& add(std::string_view part) {
    for (const char byte : part) add(static_cast<unsigned char>(byte));
    return *this;
  }
  constexpr StableHash& add(unsigned char byte) {
    value_ = (value_ ^ byte) * 0x100000001b3;
    return *this;
  }
  [[nodiscard]] constexpr std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0xcbf29ce484222325;
};

}  // namespace imglint
