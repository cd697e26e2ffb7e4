// Choices: decisions read from bytes, which a fuzzer or a random generator makes, so that one generator of
// files serves both.
#pragma once

#include <cstddef>
#include <string_view>

namespace imglint::test {

/// Reads a decision from each byte. When the bytes are used up every answer is the first choice, so that
/// whatever is being made comes to an end.
class Choices {
 public:
  explicit Choices(std::string_view bytes) : rest_(bytes) {}

  /// A number below `count`, which is 256 at most.
  std::size_t below(std::size_t count) {
    if (rest_.empty() || count < 2) return 0;
    const auto byte = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    return byte % count;
  }
  /// True about once in `count` times, never once the bytes are used up.
  bool one_in(std::size_t count) { return below(count) == count - 1; }
  template <class List>
  auto pick(const List& list) {
    return list[below(std::size(list))];
  }

 private:
  std::string_view rest_;
};

}  // namespace imglint::test
