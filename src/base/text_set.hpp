// Many texts that are looked for at once.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace imglint {

/// Sorted texts: those that begin alike stand together, so that what is searched is gone over once, however
/// many they are. A table of words would not do, since a text may end within a word (`quay.io/`, a target in
/// an address), and RE2::Set was slow with 20,000 of them. May be used by several threads.
class TextSet {
 public:
  /// Empty ones are found nowhere, and equal ones are one.
  explicit TextSet(std::vector<std::string> texts);

  /// Sorted: what indices are of.
  [[nodiscard]] const std::vector<std::string>& texts() const { return texts_; }
  /// Whether any begins with a byte, without which nothing need be asked for what begins there.
  [[nodiscard]] bool has_first(char byte) const {
    const auto number = static_cast<unsigned char>(byte);
    return first_[number] != first_[number + std::size_t{1}];
  }
  /// Adds the indices of those that `searched` begins with, the shortest first.
  void add_at_start_of(std::string_view searched, std::vector<std::size_t>& found) const;
  /// Indices of those that stand anywhere in it, sorted.
  [[nodiscard]] std::vector<std::size_t> found_in(std::string_view searched) const;
  /// Whether any does.
  [[nodiscard]] bool any_in(std::string_view searched) const;

 private:
  static constexpr std::size_t bytes = 256;

  std::vector<std::string> texts_;
  std::array<std::size_t, bytes + 1> first_ = {};  ///< where among them those with this first byte begin
};

}  // namespace imglint
