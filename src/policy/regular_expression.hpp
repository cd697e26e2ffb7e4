// Regular expressions of the configuration: those of ECMAScript that RE2 has, which are all but
// back-references, looks ahead and behind, and repetitions of more than 1000. Matching one takes linear time
// whatever the configuration says.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace imglint {

/// Why an expression cannot be used, with the part of it that is at fault; nothing if it can.
[[nodiscard]] std::optional<std::string> fault_of_expression(std::string_view expression);

/// The expressions of a configuration, compiled once. For several threads once the last is added.
class RegularExpressions {
 public:
  RegularExpressions();
  RegularExpressions(const RegularExpressions& other);
  RegularExpressions(RegularExpressions&&) noexcept;
  RegularExpressions& operator=(RegularExpressions other) noexcept;
  ~RegularExpressions();

  /// A faulty one is left out: the configuration has refused it.
  void add(std::string_view expression);
  /// Whether some part of the text matches an expression that was added. Only the first 500 bytes count:
  /// longer than every tag, digest and ticket number. Nothing if the expression is not there.
  [[nodiscard]] std::optional<bool> contains_match(std::string_view text, std::string_view expression) const;

 private:
  struct Compiled;
  std::map<std::string, std::unique_ptr<Compiled>, std::less<>> compiled_;
};

}  // namespace imglint
