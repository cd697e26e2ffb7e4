// What calls of the system have in common: the error they leave, and being interrupted.
#pragma once

#include <cerrno>
#include <system_error>

namespace imglint {

/// Why the last call failed.
[[nodiscard]] inline std::errc last_error() { return static_cast<std::errc>(errno); }

/// Calls again while a signal interrupts.
template <class Call>
auto retried(Call call) {
  auto result = call();
  while (result == -1 && errno == EINTR) result = call();
  return result;
}

}  // namespace imglint
