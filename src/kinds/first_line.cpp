#include "kinds/first_line.hpp"

#include <algorithm>

namespace imglint {

std::string_view take_line(std::string_view& bytes) {
  constexpr std::string_view blanks = " \t\r\v\f";
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  std::string_view line;
  while (line.empty() && !bytes.empty()) {
    const auto end = std::min(bytes.find('\n'), bytes.size());
    line = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
    line.remove_suffix(line.size() - (line.find_last_not_of(blanks) + 1));
  }
  return line;
}

}  // namespace imglint
