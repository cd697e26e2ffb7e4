// Any bytes as YAML: where the quick reader gives an answer, it is yaml-cpp's.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "tests/support/yaml_laws.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto read = imglint::test::read_both_ways({reinterpret_cast<const char*>(data), size});
  if (read.difference.empty()) return 0;
  std::fprintf(stderr, "%s\n", read.difference.c_str());
  std::abort();
}
