#include "base/memory_reserve.hpp"

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace imglint {
namespace {

/// For the destructor of so many values of JSON as a message may have (lsp/messages.cpp): 16 bytes each in a
/// vector that doubles. It is not touched, so that it takes room only in the address space.
constexpr std::size_t reserve_size = std::size_t{12} << 20;

// A handler takes no argument, so what it gives back cannot be anywhere else.
// NOLINTBEGIN(cppcoreguidelines-avoid-non-const-global-variables)
std::atomic<void*> reserve{nullptr};
std::atomic<bool> is_wanted{false};
// NOLINTEND(cppcoreguidelines-avoid-non-const-global-variables)

void give_back() {
  std::free(reserve.exchange(nullptr));
  throw std::bad_alloc();
}

}  // namespace

MemoryReserve::MemoryReserve() {
  is_wanted = true;
  static_cast<void>(renew());
  std::set_new_handler(give_back);
}

MemoryReserve::~MemoryReserve() {
  is_wanted = false;
  std::set_new_handler(nullptr);
  std::free(reserve.exchange(nullptr));
}

bool MemoryReserve::renew() {
  if (!is_wanted || reserve.load() != nullptr) return true;
  std::free(reserve.exchange(std::malloc(reserve_size)));
  return reserve.load() != nullptr;
}

}  // namespace imglint
