// Any bytes as YAML: where the quick reader gives an answer, it is yaml-cpp's; so is what is saved of a file
// with faults.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "tests/support/yaml_laws.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const auto& read : {imglint::test::read_both_ways(bytes), imglint::test::salvaged_both_ways(bytes)}) {
    if (read.difference.empty()) continue;
    std::fprintf(stderr, "%s\n", read.difference.c_str());
    std::abort();
  }
  return 0;
}
