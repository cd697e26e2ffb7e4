// The tokens of an HCL text, taken off its front.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "source/source.hpp"

namespace imglint::hcl {

class Text {
 public:
  explicit Text(const Source& source);

  [[nodiscard]] std::uint32_t at() const { return at_; }
  [[nodiscard]] bool is_end() const { return at_ >= bytes_.size(); }
  [[nodiscard]] char peek() const { return is_end() ? '\n' : bytes_[at_]; }
  /// Where the text ends that was passed over last, without its quote or its closing word.
  [[nodiscard]] std::uint32_t end_of_text() const { return end_of_text_; }

  void skip_blanks();  ///< and comments, within a line
  void skip_lines();   ///< the same over lines
  bool take(char c);
  [[nodiscard]] std::string_view take_name();  ///< empty if there is none
  bool take_number();
  /// A text in double quotes; false if it does not end.
  bool skip_quoted();
  /// False if there is none, or it does not end.
  bool skip_heredoc();
  /// `( )` and all within; false if it does not end.
  bool skip_group();
  /// Whatever stands there: a text, a group in brackets, a byte. False if it does not end.
  bool skip_token();
  /// `[for` and `{for`.
  [[nodiscard]] bool is_loop() const;

 private:
  std::string_view bytes_;
  std::uint32_t at_;
  std::uint32_t end_of_text_ = 0;
};

}  // namespace imglint::hcl
