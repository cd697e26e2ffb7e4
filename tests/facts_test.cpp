// The tables of facts keep their own rules: sorted, lower-case, none twice, every pattern and every date
// valid.
#include <algorithm>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "base/edit_distance.hpp"
#include "policy/facts/moves.hpp"
#include "policy/facts/official_images.hpp"
#include "policy/facts/registries.hpp"
#include "policy/pattern.hpp"
#include "reference/parse.hpp"

namespace imglint {
namespace {

bool is_lower_case(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool is_date(std::string_view text) {
  constexpr std::string_view shape = "0000-00-00";
  if (text.size() != shape.size()) return false;
  for (std::size_t i = 0; i < shape.size(); ++i)
    if (shape[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != shape[i]) return false;
  return text.substr(5, 2) >= "01" && text.substr(5, 2) <= "12" && text.substr(8) >= "01" &&
         text.substr(8) <= "31";
}

TEST(Registries, AreSortedLowerCaseAndSourced) {
  std::string_view last;
  for (const RegistryFact& fact : known_registries()) {
    EXPECT_LT(last, fact.host);
    last = fact.host;
    EXPECT_TRUE(is_lower_case(fact.host)) << fact.host;
    EXPECT_FALSE(fact.name.empty() || fact.shape.empty() || fact.source.empty()) << fact.host;
    EXPECT_GE(fact.min_components, 1) << fact.host;
    EXPECT_TRUE(fact.max_components == 0 || fact.max_components >= fact.min_components) << fact.host;
  }
  EXPECT_TRUE(is_date(registry_facts_date));
}

/// The least number of components that a shape in words names.
std::size_t components_of(std::string_view shape) {
  std::size_t count = 1;
  bool optional = false;
  for (const char c : shape) {
    if (c == '[') optional = true;
    if (c == ']') optional = false;
    if (c == '/' && !optional) ++count;
  }
  return count;
}

TEST(Registries, ShapesInWordsAgreeWithTheNumbers) {
  for (const RegistryFact& fact : known_registries())
    EXPECT_TRUE(components_of(fact.shape) == fact.min_components || fact.min_components == 1) << fact.host;
}

struct HostCase {
  std::string_view host;
  std::string_view found;  ///< empty: unknown
};

constexpr HostCase host_cases[] = {
    {"docker.io", "docker.io"},
    {"ghcr.io", "ghcr.io"},
    {"ghcr.io:443", "ghcr.io"},
    {"europe-west1-docker.pkg.dev", "*-docker.pkg.dev"},
    {"docker.pkg.dev", ""},
    {"evil-docker.pkg.dev.example.com", ""},
    {"123456789012.dkr.ecr.eu-west-1.amazonaws.com", "*.dkr.ecr.*.amazonaws.com"},
    {"123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn", "*.dkr.ecr.*.amazonaws.com.cn"},
    {"123456789012.dkr.ecr-fips.us-east-1.amazonaws.com", "*.dkr.ecr-fips.*.amazonaws.com"},
    {"acme.azurecr.io", "*.azurecr.io"},
    {"a.b.azurecr.io", ""},
    {"de.icr.io", "*.icr.io"},
    {"icr.io", "icr.io"},
    {"registry.cn-hangzhou.aliyuncs.com", "registry.*.aliyuncs.com"},
    {"crpi-abc.cn-hangzhou.personal.cr.aliyuncs.com", "crpi-*.*.personal.cr.aliyuncs.com"},
    {"acme-registry.cn-hangzhou.cr.aliyuncs.com", "*-registry.*.cr.aliyuncs.com"},
    {"fra.ocir.io", "*.ocir.io"},
    {"rg.fr-par.scw.cloud", "rg.fr-par.scw.cloud"},
    {"localhost:5000", ""},
    {"registry.example.com", ""},
};

TEST(Registries, AreFoundByHost) {
  for (const HostCase& test : host_cases) {
    const RegistryFact* fact = find_registry(test.host);
    EXPECT_EQ(fact ? fact->host : std::string_view(), test.found) << test.host;
  }
}

TEST(Registries, EveryLiteralHostFindsItself) {
  for (const RegistryFact& fact : known_registries()) {
    if (fact.host.find('*') != fact.host.npos) continue;
    EXPECT_EQ(find_registry(fact.host), &fact) << fact.host;
  }
}

TEST(OfficialImages, AreSortedValidNames) {
  std::string_view last;
  for (const std::string_view name : official_images()) {
    EXPECT_LT(last, name);
    last = name;
    EXPECT_TRUE(std::holds_alternative<Reference>(parse_reference(name))) << name;
    EXPECT_EQ(name.find('/'), name.npos) << name;
  }
  EXPECT_FALSE(is_official_image("ngnix"));
  EXPECT_FALSE(is_official_image("scratch"));
  EXPECT_TRUE(is_official_image("nginx"));
}

TEST(OfficialImages, NeighboursAreTheKnownPairsOnly) {
  std::set<std::string> pairs;
  const auto names = official_images();
  for (std::size_t i = 0; i < names.size(); ++i)
    for (std::size_t j = i + 1; j < names.size(); ++j)
      if (names[i].size() >= 4 && names[j].size() >= 4 && edit_distance(names[i], names[j]) <= 1)
        pairs.insert(std::string(names[i]) + "/" + std::string(names[j]));
  EXPECT_EQ(pairs, (std::set<std::string>{"jruby/ruby", "mongo/mono"}));
}

void check_moves(std::span<const MoveFact> facts) {
  std::string_view last;
  for (const MoveFact& fact : facts) {
    EXPECT_LT(last, fact.images);
    last = fact.images;
    EXPECT_TRUE(Pattern::parse(fact.images)) << fact.images;
    EXPECT_TRUE(fact.except.empty() || Pattern::parse(fact.except)) << fact.except;
    EXPECT_TRUE(fact.since.empty() || is_date(fact.since)) << fact.images;
    EXPECT_TRUE(fact.removed.empty() || is_date(fact.removed)) << fact.images;
    EXPECT_FALSE(fact.state.empty() || fact.source.empty()) << fact.images;
    EXPECT_EQ(fact.from.empty(), fact.to.empty()) << fact.images;
    EXPECT_TRUE(fact.from.empty() || fact.images.starts_with(fact.from)) << fact.images;
  }
}

TEST(Moves, AreSortedWithValidPatternsAndDates) {
  check_moves(moved_registries());
  check_moves(moved_images());
  EXPECT_TRUE(is_date(move_facts_date));
}

/// So that they are found by host and first component (rules/support/moves.cpp).
TEST(Moves, AreOfAWholeHostOrNameTheFirstComponentInFull) {
  for (const auto facts : {moved_registries(), moved_images()})
    for (const MoveFact& fact : facts) {
      const std::string_view path = fact.images.substr(fact.images.find('/') + 1);
      EXPECT_TRUE(path == "**" || path.substr(0, path.find('/')).find('*') == path.npos) << fact.images;
    }
}

TEST(Moves, NeverLeadToWhatMovedItself) {
  std::vector<const MoveFact*> all;
  for (const MoveFact& fact : moved_registries()) all.push_back(&fact);
  for (const MoveFact& fact : moved_images()) all.push_back(&fact);
  for (const MoveFact* move : all) {
    if (move->to.empty()) continue;
    const std::size_t slash = move->to.find('/');
    const ImageName target{std::string(move->to.substr(0, slash)),
                           slash == move->to.npos ? "x/y" : std::string(move->to.substr(slash + 1)) + "/x",
                           "1", ""};
    for (const MoveFact* fact : all)
      EXPECT_FALSE(Pattern::parse(fact->images)->matches(target)) << move->images;
  }
}

TEST(Moves, NameOnlyOfficialImagesThatExisted) {
  for (const MoveFact& fact : moved_images()) {
    constexpr std::string_view library = "docker.io/library/";
    if (!fact.images.starts_with(library)) continue;
    std::string_view name = fact.images.substr(library.size());
    name = name.substr(0, name.find(':'));
    EXPECT_TRUE(is_official_image(name)) << name;
  }
}

/// Once retired and revived, or only remarked upon: never to be listed (docs/spec/rules.md d3).
TEST(Moves, LeaveMaintainedImagesAlone) {
  for (const std::string_view name : {"adminer", "alpine", "amazonlinux", "nextcloud", "nginx", "node",
                                      "redis", "rethinkdb", "rockylinux", "satosa", "teamspeak"}) {
    const ImageName image{"docker.io", "library/" + std::string(name), "2023", ""};
    for (const MoveFact& fact : moved_images())
      EXPECT_FALSE(Pattern::parse(fact.images)->matches(image)) << name;
  }
}

}  // namespace
}  // namespace imglint
