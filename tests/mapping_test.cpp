#include "move/mapping.hpp"

#include <random>

#include <gtest/gtest.h>

#include "move/map_file.hpp"
#include "reference/parse.hpp"
#include "tests/support/retarget_case.hpp"

namespace imglint {
namespace {

using test::mapping_of;
using Options = std::vector<std::string>;

/// A reference mapped and written in full, as it is if it stays, or the kind of the refusal.
std::string mapped(const Mapping& mapping, const std::string& text) {
  const ReferenceParse parsed = parse_reference(text);
  if (!std::holds_alternative<Reference>(parsed)) return "invalid-reference";
  const CanonicalReference meaning = canonical(std::get<Reference>(parsed), text);
  const MappedName result = mapping.map(name_to_map(meaning));
  switch (result.outcome) {
    case MappedName::Outcome::unchanged:
      return text;
    case MappedName::Outcome::refused:
      return std::string(to_string(result.refusal.kind));
    case MappedName::Outcome::moved:
      break;
  }
  return result.name + result.suffix.value_or(text.substr(std::get<Reference>(parsed).name.end));
}

std::string mapped(const Options& options, const std::string& text,
                   const std::map<std::string, std::string>& files = {}) {
  const auto mapping = mapping_of(options, files);
  if (const auto* error = std::get_if<RunError>(&mapping)) return std::string(to_string(error->kind));
  return mapped(std::get<Mapping>(mapping), text);
}

TEST(Mapping, AgreesWithTheConformanceCasesForNames) {
  int count = 0;
  for (const test::RetargetCase& one : test::retarget_cases()) {
    if (one.kind != "reference" || one.name.starts_with("image-id")) continue;
    ++count;
    const std::string wanted = one.expected.value_or(one.error);
    EXPECT_EQ(mapped(one.options, one.source, one.files), wanted) << one.name;
  }
  EXPECT_EQ(count, 100);
}

/// Kinds of refusals have no slash; every name here has one.
bool is_name(const std::string& text) { return text.find('/') != std::string::npos; }

struct Row {
  Options options;
  std::string text;
  std::string wanted;
};

TEST(Mapping, MapsNames) {
  const Row rows[] = {
      {{"--to", "ghcr.io/org", "--from", "localhost:5000/"}, "localhost:5000/a:1", "ghcr.io/org/a:1"},
      {{"--to", "ghcr.io/org", "--from", "registry:5000/"}, "registry:5000/a:1", "ghcr.io/org/a:1"},
      {{"--to", "ghcr.io/org", "--from", "index.docker.io"}, "nginx", "ghcr.io/org/nginx"},
      {{"--to", "ghcr.io/org", "--except", "*.corp.example"}, "a.corp.example/x", "a.corp.example/x"},
      {{"--to", "ghcr.io/org", "--except", "nginx:1.25"}, "nginx:1.25", "nginx:1.25"},
      {{"--to", "ghcr.io/org", "--except", "nginx:1.25"}, "nginx:1.26", "ghcr.io/org/nginx:1.26"},
      {{"--to", "[::1]:5000/x"}, "nginx", "[::1]:5000/x/nginx"},
      {{"--to", "index.docker.io/org", "--from", "quay.io"}, "quay.io/a:1", "docker.io/org/a:1"},
      {{"--to", "harbor.corp", "--paths", "source"}, "[::1]:5000/a", "invalid-target"},
      {{"--to", "harbor.corp", "--paths", "source"}, "Acme/a", "harbor.corp/acme/a"},
      {{"--to", "harbor.corp", "--path-template", "{namespace}/{name}"}, "nginx", "harbor.corp/nginx"},
      {{"--to", "harbor.corp", "--path-template", "{short}/{name:_}"},
       "quay.io/a/b.c",
       "harbor.corp/quay/b_c"},
      {{"--to", "harbor.corp", "--path-template", "{host"}, "nginx", "usage"},
      {{"--to", "harbor.corp", "--path-template", "{hots}/{name}"}, "nginx", "usage"},
      {{"--to", "harbor.corp", "--path-template", "x"}, "nginx", "usage"},
      {{"--to", "harbor.corp", "--separator", "--"}, "nginx", "usage"},
      {{"--to", "ghcr.io/org:1"}, "nginx", "bad-target"},
      {{"--to", "ghcr.io//org"}, "nginx", "bad-target"},
      {{"--to", "/"}, "nginx", "bad-target"},
      {{"--map", "=ghcr.io"}, "nginx", "bad-map"},
      {{"--map", "docker.io=org"}, "nginx", "bad-map"},
      // A tag makes one image of the right side, whatever tag the left one has; a registry is no one image.
      {{"--map", "nginx=ghcr.io/org/web:1"}, "nginx", "ghcr.io/org/web:1"},
      {{"--map", "nginx=ghcr.io/org/web:1"}, "nginx:1.27", "ghcr.io/org/web:1"},
      {{"--map", "a/x=ghcr.io/org/web:1"}, "a/x/y:2", "a/x/y:2"},
      {{"--map", "quay.io=ghcr.io/org/web:1"}, "quay.io/a", "bad-map"},
      {{"--map", "*.io/x=ghcr.io/org"}, "nginx", "bad-map"},
      {{"--map", "docker.io=harbor.corp", "--map", "docker.io = harbor.corp/"}, "a/b", "harbor.corp/a/b"},
      {{"--map", "nginx=a.io/x/n", "--map", "docker.io/library/nginx=a.io/y/n"}, "nginx", "conflicting-map"},
      {{"--map", "quay.io=docker.io", "--no-registry-rules"}, "quay.io/x", "docker.io/library/x"},
      {{"--map", "quay.io=docker.io"}, "quay.io/x", "target-needs-namespace"},
      {{"--map", "quay.io/a=docker.io/a"}, "quay.io/a/b/c", "target-depth"},
      {{"--to", "registry.gitlab.com"}, "nginx", "target-needs-namespace"},
      {{"--to", "us.gcr.io"}, "nginx", "target-needs-namespace"},
      {{"--map", "quay.io=harbor.corp", "--target-depth", "1"}, "quay.io/a/b", "target-depth"},
      {{"--map", "nginx:1=docker.io/library/nginx:2"}, "nginx:1", "docker.io/library/nginx:2"},
      {{"--map", "nginx:1=nginx.example/n:2", "--map", "nginx:2=nginx.example/n:3"},
       "nginx:1",
       "nginx.example/n:2"},
      // A pin beside the tag still says which tag; a map by digest wins over one by tag.
      {{"--map", "a/b:1=h.io/b:2"}, "a/b:1@sha256:" + std::string(64, 'a'), "h.io/b:2"},
      {{"--map", "a/b:1=h.io/b:2", "--map", "a/b@sha256:" + std::string(64, 'a') + "=h.io/c"},
       "a/b:1@sha256:" + std::string(64, 'a'),
       "h.io/c:1@sha256:" + std::string(64, 'a')},
      {{"--map", "nginx:latest=h.io/n:1"},
       "nginx@sha256:" + std::string(64, 'a'),
       "nginx@sha256:" + std::string(64, 'a')},
      // Wildcards: subdomains at any depth, the longest wins, ports belong to the host.
      {{"--map", "*.io=h.corp/a", "--map", "*.gcr.io=h.corp/b"}, "x.y.gcr.io/z", "h.corp/b/z"},
      {{"--map", "*.corp:5000=h.io/a"}, "x.corp:5000/z", "h.io/a/z"},
      {{"--map", "*.corp:5000=h.io/a"}, "x.corp/z", "x.corp/z"},
      // A host with an underscore is a host all the same.
      {{"--to", "ghcr.io/org"}, "my_reg.example.com/app:1", "ghcr.io/org/app:1"},
  };
  for (const Row& row : rows) EXPECT_EQ(mapped(row.options, row.text), row.wanted) << row.text;
}

TEST(Mapping, RefusesMapsThatASecondRunWouldFollow) {
  const Options rows[] = {
      {"--map", "a.io=b.io", "--map", "b.io=a.io"},
      {"--map", "a.io=b.io/x", "--map", "b.io=c.io"},
      {"--map", "docker.io=h.io/hub", "--map", "h.io/hub/library/redis=c.io/redis"},
      {"--map", "*.gcr.io=h.io/hub", "--map", "h.io/hub/p=c.io/p"},
      {"--map", "a.io=h.gcr.io", "--map", "*.gcr.io=c.io"},
      {"--map", "nginx:1=h.io/n:2", "--map", "h.io/n:2=c.io/n:3"},
      {"--map", "nginx:1=docker.io/library/nginx:2", "--map", "nginx:2=docker.io/library/nginx:3"},
      {"--to", "h.io/x", "--map", "h.io=c.io"},
      {"--to", "h.io/x", "--map", "h.io/x/y=c.io/y"},
      {"--to", "h.io/x", "--map", "*.io=c.corp", "--map", "q.corp=h.io/x/q"},
      {"--map", "docker.io=h.io/hub", "--library", "drop", "--map", "h.io/hub/redis=c.io/redis"},
      {"--map", "a.io=b.io", "--map", "b.io/deep=c.io", "--from", "a.io", "--from", "b.io/deep"},
  };
  for (const Options& options : rows)
    EXPECT_EQ(mapped(options, "zzz"), "not-idempotent") << ::testing::PrintToString(options);
}

TEST(Mapping, AllowsMapsThatSettle) {
  const Options rows[] = {
      {"--map", "a.io=b.io", "--map", "b.io="},
      {"--map", "a.io=a.io/x"},
      {"--map", "a.io=b.io/x", "--map", "b.io=b.io/x"},
      {"--map", "a.io=b.io", "--map", "b.io=c.io", "--except", "b.io"},
      {"--map", "a.io=b.io", "--map", "b.io/x=c.io", "--map", "a.io/x=c.io"},
      {"--to", "h.io/x", "--map", "q.io=h.io/x/q"},
  };
  for (const Options& options : rows)
    EXPECT_EQ(mapped(options, "localhost/zzz").find("not-"), std::string::npos)
        << ::testing::PrintToString(options);
}

TEST(Mapping, DecidesNothingOnAPartThatNoFileSays) {
  // The name is `quay.io/` and a placeholder.
  const auto outcome = [](const Options& options, std::size_t known = 8) -> std::string {
    const auto mapping = mapping_of(options);
    const MappedName result =
        std::get<Mapping>(mapping).map({.name = "quay.io/unknown/app", .tag = "1", .known = known});
    if (result.outcome == MappedName::Outcome::moved) return result.name;
    return result.outcome == MappedName::Outcome::refused ? std::string(to_string(result.refusal.kind))
                                                          : "stays";
  };
  EXPECT_EQ(outcome({"--to", "h.io"}), "h.io/unknown/app");
  EXPECT_EQ(outcome({"--to", "h.io", "--paths", "source"}), "h.io/quay.io/unknown/app");
  EXPECT_EQ(outcome({"--to", "h.io", "--paths", "last"}), "unknown-variable");
  EXPECT_EQ(outcome({"--to", "h.io", "--path-template", "{path}"}), "unknown-variable");
  EXPECT_EQ(outcome({"--to", "h.io", "--from", "quay.io"}), "h.io/unknown/app");
  EXPECT_EQ(outcome({"--to", "h.io", "--from", "quay.io/acme"}), "unknown-variable");
  EXPECT_EQ(outcome({"--to", "h.io", "--except", "quay.io/acme/app"}), "unknown-variable");
  EXPECT_EQ(outcome({"--map", "quay.io=h.io"}), "h.io/unknown/app");
  EXPECT_EQ(outcome({"--map", "quay.io=h.io", "--map", "quay.io/a="}), "unknown-variable");
  EXPECT_EQ(outcome({"--map", "quay.io=h.io", "--map", "ghcr.io/a="}), "h.io/unknown/app");
  EXPECT_EQ(outcome({"--to", "quay.io/mirror"}), "stays");
}

std::string map_error(const std::string& path, const std::string& text) {
  const auto result = read_map_file({.path = path, .text = text}, 0, false);
  const auto* error = std::get_if<RunError>(&result);
  if (!error) return "read";
  return path + ":" + std::to_string(error->error.line) + ":" + std::to_string(error->error.column);
}

TEST(MapFile, TellsTheLineAndColumnInBytes) {
  const struct {
    std::string path;
    std::string text;
    std::string wanted;
  } rows[] = {
      {"m.txt", "# only a comment", "read"},
      {"m.txt", "a.io = b.io\r\n\r\n  nonsense # here\r\n", "m.txt:3:3"},
      {"r.conf", "unqualified-search-registries = ['x']\n", "read"},
      {"r.conf", "[[registry]]\nlocation = \"a.io\"\nblocked = \"yes\"\n", "r.conf:3:11"},
      {"r.conf", "[[registry]]\ninsecure = true\n", "r.conf:1:1"},
      {"r.conf",
       "# gr\xC3\xB6\xC3\x9F"
       "er\n[[registry]\n",
       "r.conf:2:12"},
      {"r.conf", "x = \"\xC3\xB6\" y\n", "r.conf:1:10"},
      {"r.conf", "[registries.search]\nregistries = ['a']\n", "r.conf:1:1"},
      {"r.toml", "registry = 3\n", "r.toml:1:12"},
      {"m.json", "{}", "read"},
      {"m.json", "{\n  \"a/b:1\": \"h.io/b:1\",\n  \"c\": [1]\n}", "m.json:3:3"},
      {"m.json", "[]", "m.json:1:1"},
      {"m.json", "{\"a\": \"b\"", "m.json:1:10"},
      {"m.json", "", "m.json:1:1"},
  };
  for (const auto& row : rows) EXPECT_EQ(map_error(row.path, row.text), row.wanted) << row.text;
}

TEST(MapFile, ReportsABadEntryAtItsLine) {
  const std::map<std::string, std::string> files = {{"m.txt", "a.io=b.io\n\n  c.io=://x\n"}};
  const auto result = mapping_of({"--map-file", "m.txt"}, files);
  const auto& error = std::get<RunError>(result).error;
  EXPECT_EQ(error.path, "m.txt");
  EXPECT_EQ(error.line, 3U);
  EXPECT_EQ(error.column, 3U);
}

TEST(MapFile, ReadsRegistriesConf) {
  const std::map<std::string, std::string> files = {
      {"r.conf",
       "[[registry]]\nprefix = '*.gcr.io'\nlocation = 'h.io/gcr'\n"
       "[[registry]]\nlocation = 'quay.io'\nmirror = [{ location = 'm.io/q', insecure = true }]\n"
       "[[registry]]\nprefix = 'quay.io/fixed'\nlocation = 'quay.io/fixed'\n"}};
  const Options with = {"--map-file", "r.conf", "--use-mirrors"};
  EXPECT_EQ(mapped(with, "eu.gcr.io/p/x:1", files), "h.io/gcr/p/x:1");
  EXPECT_EQ(mapped(with, "quay.io/p/x:1", files), "m.io/q/p/x:1");
  EXPECT_EQ(mapped(with, "quay.io/fixed/x:1", files), "quay.io/fixed/x:1");
}

/// Random maps over a small world of names, so that they meet each other often.
class World {
 public:
  explicit World(std::uint32_t seed) : random_(seed) {}

  std::string pick(const std::vector<std::string>& from) {
    return from[std::uniform_int_distribution<std::size_t>(0, from.size() - 1)(random_)];
  }
  bool chance(int percent) { return std::uniform_int_distribution<int>(1, 100)(random_) <= percent; }

  std::string name() {
    std::string result = pick({"a.io", "b.io", "x.b.io", "docker.io", "docker.io/library"});
    for (int depth = 0; depth < 2 && chance(60); ++depth) result += "/" + pick({"p", "q", "library"});
    return result;
  }
  std::string reference() {
    std::string result = name() + "/" + pick({"p", "q", "r"});
    if (chance(60)) result += pick({":1", ":2", ":latest"});
    return result;
  }
  std::string from() {
    if (chance(10)) return pick({"*.io", "*.b.io"});
    return chance(20) ? reference() : name();
  }
  Options options() {
    Options result = {"--no-registry-rules"};
    if (chance(50)) result.insert(result.end(), {"--to", name()});
    if (chance(30))
      result.insert(result.end(),
                    {"--paths", pick({"keep", "last", "flat", "source", "source-short", "source-flat"})});
    if (chance(30)) result.insert(result.end(), {"--library", pick({"keep", "drop"})});
    if (chance(20)) result.insert(result.end(), {"--from", from()});
    if (chance(20)) result.insert(result.end(), {"--except", from()});
    for (int i = 0; i < 3 && chance(60); ++i) {
      const std::string left = from();
      const bool exact = left.find(':') != std::string::npos;
      std::string right = chance(15) ? std::string() : name();
      if (exact && !right.empty() && chance(60)) right += "/p" + pick({":1", ":2"});
      result.insert(result.end(), {"--map", left + "=" + right});
    }
    return result;
  }

 private:
  std::mt19937 random_;
};

TEST(MappingProperty, ASecondRunChangesNothing) {
  World world(20240501);
  int settled = 0;
  int refused = 0;
  int moved = 0;
  for (int round = 0; round < 20000; ++round) {
    const Options options = world.options();
    const auto made = mapping_of(options);
    if (std::holds_alternative<RunError>(made)) {
      ++refused;
      continue;
    }
    ++settled;
    const Mapping& mapping = std::get<Mapping>(made);
    for (int i = 0; i < 10; ++i) {
      const std::string first = world.reference();
      const std::string second = mapped(mapping, first);
      if (!is_name(second) || second == first) continue;
      ++moved;
      ASSERT_EQ(mapped(mapping, second), second) << first << " with " << ::testing::PrintToString(options);
    }
  }
  std::printf("%d settled, %d refused, %d names moved\n", settled, refused, moved);
  EXPECT_GT(settled, 5000);
  EXPECT_GT(refused, 500);
  EXPECT_GT(moved, 5000);
}

TEST(MappingProperty, AllSpellingsOfAnImageGetOneTarget) {
  World world(7);
  for (int round = 0; round < 2000; ++round) {
    const auto made = mapping_of(world.options());
    if (std::holds_alternative<RunError>(made)) continue;
    const Mapping& mapping = std::get<Mapping>(made);
    std::string target;
    for (const std::string spelling :
         {"docker.io/library/p:1", "docker.io/p:1", "library/p:1", "p:1", "index.docker.io/p:1"}) {
      const std::string result = mapped(mapping, spelling);
      const std::string seen = result == spelling ? "stays" : result;
      if (target.empty()) target = seen;
      EXPECT_EQ(seen, target) << spelling;
    }
  }
}

}  // namespace
}  // namespace imglint
