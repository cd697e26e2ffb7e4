// Arena: memory that lives as long as a Document. Decoded text and small arrays are put here, so that the
// rest of the program can pass views around.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory_resource>
#include <span>
#include <string_view>
#include <type_traits>

namespace imglint {

/// Hands out memory that is freed all at once. Not copyable and not movable: views into it stay valid.
class Arena {
 public:
  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  /// A copy of the text that lives as long as the arena.
  std::string_view copy(std::string_view text) {
    if (text.empty()) return {};
    auto* memory = static_cast<char*>(resource_.allocate(text.size(), 1));
    std::memcpy(memory, text.data(), text.size());
    return {memory, text.size()};
  }

  /// A copy of the items that lives as long as the arena. No destructor is ever run.
  template <class T>
  std::span<const T> copy(std::span<const T> items) {
    static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);
    if (items.empty()) return {};
    auto* memory = static_cast<T*>(resource_.allocate(items.size_bytes(), alignof(T)));
    std::memcpy(static_cast<void*>(memory), items.data(), items.size_bytes());
    return {memory, items.size()};
  }

 private:
  /// Most files put little here; what follows grows by half.
  static constexpr std::size_t first_size = 256;
  std::pmr::monotonic_buffer_resource resource_{first_size};
};

}  // namespace imglint
