// Parsing a reference takes no memory, whatever the verdict: this program counts what `new` hands out.
#include <cstddef>
#include <cstdlib>
#include <new>

#include <gtest/gtest.h>

#include "reference/parse.hpp"
#include "tests/support/reference_vectors.hpp"

namespace {
std::size_t allocations = 0;
}

void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size > 0 ? size : 1)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace imglint {
namespace {

TEST(ReferenceAllocation, ParsingAndTheMeaningAsViewsTakeNoMemory) {
  const auto vectors = test::read_reference_vectors();
  std::size_t accepted = 0;
  const std::size_t before = allocations;
  for (const auto& vector : vectors) {
    const ReferenceParse bare = parse_bare_reference(vector.input);
    const ReferenceParse parsed = parse_reference(vector.input);
    if (bare.valueless_by_exception()) continue;
    const auto* reference = std::get_if<Reference>(&parsed);
    if (reference && !canonical_view(*reference, vector.input).repository.empty()) ++accepted;
  }
  EXPECT_EQ(allocations - before, 0u);
  EXPECT_EQ(accepted, 1617u);
  EXPECT_GT(before, vectors.size()) << "the counter does not count";
}

}  // namespace
}  // namespace imglint
