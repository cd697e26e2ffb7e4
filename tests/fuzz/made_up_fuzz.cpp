// Bytes as decisions of the generator of files: what it makes is right, so that no reader stops before the
// depths.
#include "tests/fuzz/support/require.hpp"
#include "tests/support/made_up_laws.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  imglint::fuzz::require_none_broken(imglint::test::broken_made_up_law(imglint::fuzz::text_of(data, size)));
  return 0;
}
