// A reference whose parts stand in scalars of their own: each takes its share of a change.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "edit/edit.hpp"
#include "kinds/index.hpp"
#include "move/move.hpp"
#include "tests/support/retarget_case.hpp"

namespace imglint {
namespace {

/// A file of lines `key: value`, and the values joined by what stands before each; a key without a colon is
/// absent and gives nothing.
struct SplitCase {
  std::string name;
  std::vector<std::string> options;
  std::string file;
  std::vector<std::pair<std::string, std::string>> parts;  ///< separator, key
  std::string expected;                                    ///< the file, or the kind of the refusal
};

PartName part_named(std::string_view key) {
  for (const PartName name : {PartName::registry, PartName::repository, PartName::tag})
    if (to_string(name) == key) return name;
  return PartName::digest;
}

std::string moved(const SplitCase& test) {
  const Source source("values.yaml", test.file);
  Document document(source, *find_kind("compose"));
  MappedTextBuilder builder;
  ImageUse use;
  for (const auto& [separator, key] : test.parts) {
    if (!separator.empty()) builder.outside(separator, no_variable);
    const auto at = static_cast<std::uint32_t>(test.file.find(key + ": ") + key.size() + 2);
    const auto end = static_cast<std::uint32_t>(test.file.find('\n', at));
    const MappedText text = MappedText::slice(source, {at, end}, document.arena);
    builder.append(text);
    use.parts.push_back({.name = part_named(key), .span = {at, end}, .text = text});
  }
  use.kind = Kind::image;
  use.value.set(builder.finish(document.arena));
  use.written = use.value;
  const auto mapping = test::mapping_of(test.options);
  const Move move = move_use(use, document, std::get<Mapping>(mapping), {});
  if (move.outcome == Move::Outcome::refused) return std::string(to_string(move.refusal.kind));
  EditSet edits(source);
  for (const Edit& edit : move.edits)
    if (edits.add({edit})) return "overlapping edits";
  return edits.apply();
}

TEST(MoveSplit, EachScalarTakesItsShare) {
  const std::string file = "registry: docker.io\nrepository: bitnami/redis\ntag: 7.2\n";
  const std::vector<std::pair<std::string, std::string>> parts = {
      {"", "registry"}, {"/", "repository"}, {":", "tag"}};
  const SplitCase cases[] = {
      {"the registry alone",
       {"--to", "ghcr.io"},
       file,
       parts,
       "registry: ghcr.io\nrepository: bitnami/redis\ntag: 7.2\n"},
      {"another repository as well",
       {"--map", "docker.io/bitnami/redis=quay.io/acme/cache"},
       file,
       parts,
       "registry: quay.io\nrepository: acme/cache\ntag: 7.2\n"},
      {"the repository alone",
       {"--map", "docker.io/bitnami=docker.io/acme"},
       file,
       parts,
       "registry: docker.io\nrepository: acme/redis\ntag: 7.2\n"},
      {"the tag as well",
       {"--map", "docker.io/bitnami/redis:7.2=quay.io/acme/cache:8"},
       file,
       parts,
       "registry: quay.io\nrepository: acme/cache\ntag: 8\n"},
      {"scalars in another order",
       {"--map", "docker.io/bitnami/redis=quay.io/acme/cache"},
       "tag: 7.2\nrepository: bitnami/redis\nregistry: docker.io\n",
       parts,
       "tag: 7.2\nrepository: acme/cache\nregistry: quay.io\n"},
      {"no scalar for the registry",
       {"--to", "ghcr.io/acme"},
       "repository: bitnami/redis\ntag: 7.2\n",
       {{"", "repository"}, {":", "tag"}},
       "repository: ghcr.io/acme/bitnami/redis\ntag: 7.2\n"},
      {"an address in brackets, which wants quotes", {"--to", "[::1]:5000"}, file, parts, "not-editable"},
  };
  for (const SplitCase& test : cases) EXPECT_EQ(moved(test), test.expected) << test.name;
}

}  // namespace
}  // namespace imglint
