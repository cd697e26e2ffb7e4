// How much text the variables of a file may amount to. Values can double each other: without a limit a file
// of some hundred bytes would fill the memory. One limit for all that is expanded: Dockerfiles, compose
// files, env files, build arguments.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace imglint {

/// Bytes that variables may add to one text. Longer than every name of an image.
inline constexpr std::size_t longest_expansion = std::size_t{1} << 16;

/// What the expansions of one file may still produce, in bytes and the like.
class ExpansionBudget {
 public:
  /// For a file of so many bytes.
  explicit ExpansionBudget(std::size_t size) : left_(least + per_byte * size) {}

  /// False if so much is not left; then nothing is taken.
  [[nodiscard]] bool take(std::size_t work) {
    if (work > left_) return false;
    left_ -= work;
    return true;
  }
  /// For work that counts itself down.
  [[nodiscard]] std::size_t& left() { return left_; }

 private:
  static constexpr std::size_t least = std::size_t{1} << 20;
  static constexpr std::size_t per_byte = 64;
  std::size_t left_;
};

/// What is said of a text that variables make longer than allowed. The name is fit for printing.
[[nodiscard]] inline std::string too_long_message(std::string_view shown_name) {
  return "cannot judge: '" + std::string(shown_name) + "' amounts to more than " +
         std::to_string(longest_expansion) + " bytes";
}
/// The same for a file whose texts are too long together.
[[nodiscard]] inline std::string too_much_message() {
  return "cannot judge: the variables of this file amount to too much text";
}

}  // namespace imglint
