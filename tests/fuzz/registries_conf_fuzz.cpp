// Any bytes as a registries.conf.
#include "tests/fuzz/support/map_law.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  imglint::fuzz::check_map_file("registries.conf", imglint::fuzz::text_of(data, size));
  return 0;
}
