// Made-up files: right by construction, and every law holds for them.
#include <random>

#include <gtest/gtest.h>

#include "tests/support/made_up_laws.hpp"

namespace imglint::test {
namespace {

#ifdef __SANITIZE_ADDRESS__
constexpr int rounds = 100;
#else
constexpr int rounds = 200;
#endif

TEST(MadeUpFiles, KeepEveryLaw) {
  std::mt19937 random(20261124);
  for (int round = 0; round < rounds; ++round) {
    std::string decisions(random() % 400, '\0');
    for (char& c : decisions) c = static_cast<char>(random());
    ASSERT_EQ(broken_made_up_law(decisions), "") << "round " << round;
  }
}

}  // namespace
}  // namespace imglint::test
