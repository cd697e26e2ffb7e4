// Any bytes as a map file: JSON if they begin with a brace, else plain.
#include "tests/fuzz/support/map_law.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = imglint::fuzz::text_of(data, size);
  imglint::fuzz::check_map_file(text.starts_with('{') ? "map.json" : "map.txt", text);
  return 0;
}
