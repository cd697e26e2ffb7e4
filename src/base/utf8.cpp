#include "base/utf8.hpp"

namespace imglint {

std::string valid_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const CodePoint point = first_code_point(text);
    const std::string_view bytes = text.substr(0, point.size);
    if (point.valid)
      out += bytes;
    else
      out += printable(bytes);
    text.remove_prefix(point.size);
  }
  return out;
}

}  // namespace imglint
