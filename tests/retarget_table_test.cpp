// The table that `imglint retarget` shows of what moves.
#include "tests/support/retarget_run.hpp"

namespace imglint::test {
namespace {

using RetargetTable = RetargetFixture;

TEST_F(RetargetTable, ShowsALineForEachReferenceThatFitsIntoEightyColumns) {
  put({{"Dockerfile", "ARG REGISTRY=docker.io\nFROM $REGISTRY/b\n"}});
  EXPECT_EQ(run({"--to", "reg.example", "--dry-run", "Dockerfile"}).out,
            "Dockerfile:1:14  docker.io/library/b -> reg.example/b  (arg-default)\n");
  put({{"Dockerfile", "FROM account/some-longer-image-name:2027.01\nFROM b\n"}});
  EXPECT_EQ(run({"--to", "reg.example", "--dry-run", "Dockerfile"}).out,
            "Dockerfile:1:6  {docker.io -> reg.example}/account/some-longer-image-name:2027.01\n"
            "Dockerfile:2:6  {docker.io/library -> reg.example}/b\n");
}

TEST_F(RetargetTable, AllRowsOfTheTableStandInAColumnOrNone) {
  const std::string name = "account/some-longer-image-name-of-ours:2027.01.02-bookworm-slim";
  put({{"Dockerfile", "FROM a\nFROM b\n# 3\n# 4\n# 5\n# 6\n# 7\n# 8\n# 9\nFROM " + name + "\n"}});
  EXPECT_EQ(run({"--to", "reg.example", "--dry-run", "Dockerfile"}).out,
            "Dockerfile:1:6   {docker.io/library -> reg.example}/a\n"
            "Dockerfile:2:6   {docker.io/library -> reg.example}/b\n"
            "Dockerfile:10:6  {docker.io -> reg.example}/" +
                name + "\n");
  const std::string folder = "some/folders/of/a/repository/below/each/other";
  put({{"Dockerfile", "FROM a\n"}, {folder + "/Dockerfile", "FROM b\n"}});
  EXPECT_EQ(run({"--to", "reg.example", "--dry-run", "Dockerfile", folder + "/Dockerfile"}).out,
            "Dockerfile:1:6  {docker.io/library -> reg.example}/a\n" + folder +
                "/Dockerfile:1:6  {docker.io/library -> reg.example}/b\n");
}

}  // namespace
}  // namespace imglint::test
