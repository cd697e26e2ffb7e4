#include "edit/edit.hpp"

#include <gtest/gtest.h>

namespace imglint {
namespace {

class EditSetTest : public ::testing::Test {
 protected:
  Edit edit(std::uint32_t begin, std::uint32_t end, std::string text) const {
    return {.source = &source_, .span = {begin, end}, .text = std::move(text)};
  }
  Source source_{"Dockerfile", "FROM nginx\n"};
  EditSet set_{source_};
};

TEST_F(EditSetTest, WithoutEditsGivesTheSameBytes) { EXPECT_EQ(set_.apply(), source_.bytes()); }

TEST_F(EditSetTest, ReplacesInsertsAndDeletesInOrderOfPosition) {
  EXPECT_FALSE(set_.add({edit(5, 10, "redis")}));
  EXPECT_FALSE(set_.add({edit(0, 4, "from")}));
  EXPECT_FALSE(set_.add({edit(10, 11, "")}));
  EXPECT_EQ(set_.apply(), "from redis");
}

TEST_F(EditSetTest, MergesAnIdenticalEdit) {
  EXPECT_FALSE(set_.add({edit(5, 5, "ghcr.io/org/")}));
  EXPECT_FALSE(set_.add({edit(5, 5, "ghcr.io/org/")}));
  EXPECT_EQ(set_.apply(), "FROM ghcr.io/org/nginx\n");
}

TEST_F(EditSetTest, RefusesAnOverlapWholeAndNamesTheClash) {
  EXPECT_FALSE(set_.add({edit(5, 10, "redis")}));
  const auto clash = set_.add({edit(0, 4, "from"), edit(8, 11, "x")});
  ASSERT_TRUE(clash);
  EXPECT_EQ(clash->text, "redis");
  EXPECT_EQ(set_.apply(), "FROM redis\n");
}

TEST_F(EditSetTest, RefusesAnInsertThatTouchesAnotherEdit) {
  EXPECT_FALSE(set_.add({edit(5, 10, "redis")}));
  EXPECT_TRUE(set_.add({edit(5, 5, "a")}));
  EXPECT_TRUE(set_.add({edit(10, 10, "b")}));
  EXPECT_FALSE(set_.add({edit(4, 4, "c")}));
}

TEST_F(EditSetTest, RefusesTwoDifferentInsertsAtOnePlace) {
  EXPECT_FALSE(set_.add({edit(5, 5, "a")}));
  EXPECT_TRUE(set_.add({edit(5, 5, "b")}));
}

}  // namespace
}  // namespace imglint
