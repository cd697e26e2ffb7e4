// The images of the HTML report: what counts, and how firmly versions are held.
#include "output/inventory.hpp"

#include <string>

#include <gtest/gtest.h>

#include "kinds/compose/read.hpp"
#include "kinds/dockerfile/read.hpp"

namespace imglint::test {
namespace {

TEST(Inventory, CountsImagesAndNotStagesOrBuilds) {
  const Source dockerfile(
      "Dockerfile",
      "ARG TAG=1\nARG NONE\nFROM nginx AS base\nFROM base\nFROM scratch\nFROM docker.io/nginx:latest\n"
      "FROM ghcr.io/a/b:$TAG\nFROM quay.io/c@sha256:"
      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\nFROM $NONE\n"
      "COPY --from=ghcr.io/a/b:1 /x /y\n");
  const Source compose("compose.yaml",
                       "services:\n  a:\n    image: acme/a\n    build: .\n  b:\n    image: nginx\n");
  const auto first = read_dockerfile(dockerfile, {});
  const auto second = read_compose(compose, {});
  const Document* documents[] = {first.get(), second.get()};
  const Inventory images = inventory(documents);
  std::string seen;
  for (const InventoryEntry& entry : images.entries)
    seen += entry.registry + ' ' + entry.image.substr(0, 16) + ' ' + std::string(to_string(entry.hold)) +
            ' ' + std::to_string(entry.places.size()) + '\n';
  EXPECT_EQ(seen,
            " $NONE unknown 1\n"
            "docker.io nginx floating 2\n"
            "docker.io nginx:latest floating 1\n"
            "ghcr.io ghcr.io/a/b:1 tagged 2\n"
            "quay.io quay.io/c@sha256 pinned 1\n");
  EXPECT_EQ(images.registries.at("docker.io"), 3U);
  EXPECT_EQ(images.holds.at(Hold::floating), 3U);
}

}  // namespace
}  // namespace imglint::test
