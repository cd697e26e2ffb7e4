#include "output/json_pieces.hpp"

#include "output/json_text.hpp"

namespace imglint {

JsonFrame frame_of_last_array(const nlohmann::ordered_json& document) {
  const std::string text = harmless_json(document.dump(2));
  const std::size_t middle = text.rfind("[]") + 1;
  return {text.substr(0, middle), text.substr(middle)};
}

void append_item(const nlohmann::ordered_json& item, std::size_t indent, std::string& out) {
  const std::string text = harmless_json(item.dump(2));
  out.append("\n").append(indent, ' ');
  for (const char byte : text) {  // a line end inside a string is escaped
    out += byte;
    if (byte == '\n') out.append(indent, ' ');
  }
}

}  // namespace imglint
