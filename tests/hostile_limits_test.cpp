// Small files made to cost much: parts that are inherited by many, tables that are big once, patterns that
// try every way. Time must grow with size, and what is too much is said with its place.
#include <algorithm>
#include <ctime>
#include <functional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "policy/regular_expression.hpp"
#include "project/builds.hpp"
#include "project/includes.hpp"
#include "tests/support/in_process.hpp"

namespace imglint::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string number(std::size_t n) { return std::to_string(n); }

/// `line(0)`, `line(1)` … after each other.
std::string repeated(std::size_t count, const std::function<std::string(std::size_t)>& line) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += line(i);
  return text;
}

// --- what is inherited -------------------------------------------------------------------------------------

/// One service with so many keys, and as many services that extend it.
std::string inherited(const std::string& key, std::size_t n, bool as_list) {
  return "services:\n  base:\n    build:\n      context: .\n      " + key + ":\n" +
         repeated(n,
                  [&](std::size_t i) {
                    const std::string name = "a" + number(i);
                    return as_list ? "        - " + name + "=x\n" : "        " + name + ": x\n";
                  }) +
         repeated(n, [](std::size_t i) { return "  s" + number(i) + ": {extends: base}\n"; });
}

TEST(HostileLimits, WhatManyServicesInheritIsCountedAndSaid) {
  for (const char* key : {"args", "additional_contexts", "x-other"})
    for (const bool as_list : {false, true}) {
      SCOPED_TRACE(std::string(key) + (as_list ? ", a list" : ", a mapping"));
      MemoryFileSystem files;
      files.put("compose.yaml", inherited(key, 3000, as_list));
      files.put("Dockerfile", "FROM nginx:1.27\n");
      const ProgramRun run = run_program_in(files, {"check", "compose.yaml", "Dockerfile"});
      if (std::string(key) == "x-other") continue;  // one key for each service
      EXPECT_THAT(run.out,
                  HasSubstr("error: cannot judge: services inherit more than 100000 keys of builds"));
    }
}

TEST(HostileLimits, ADockerfileIsReadForSoManyBuildsAsThereIsTimeFor) {
  MemoryFileSystem files;
  files.put("compose.yaml", "services:\n" + repeated(3000, [](std::size_t i) {
                              return "  s" + number(i) + ": {build: {context: ., args: {A: \"" + number(i) +
                                     "\"}}}\n";
                            }));
  files.put("Dockerfile", "ARG A=1\nFROM nginx:$A\n" + std::string(1 << 20, '#') + "\n");
  const ProgramRun run = run_program_in(files, {"check", "compose.yaml", "Dockerfile"});
  EXPECT_THAT(run.out, HasSubstr("of 3000 ways in which services build it are read"));
}

TEST(HostileLimits, ADockerfileOfManyReferencesIsReadForFewerBuilds) {
  const auto told = [](std::size_t ways, std::size_t references) {
    MemoryFileSystem files;
    files.put("compose.yaml", "services:\n" + repeated(ways, [](std::size_t i) {
                                return "  s" + number(i) + ": {build: {context: ., args: {V: \"" + number(i) +
                                       "\"}}}\n";
                              }));
    files.put("Dockerfile", "ARG V\n" + repeated(references, [](std::size_t i) {
                              return "FROM acme/x" + number(i) + ":$V\n";
                            }));
    return run_program_in(files, {"check", "compose.yaml", "Dockerfile"}).out;
  };
  EXPECT_THAT(told(1500, 1500), HasSubstr("of 1500 ways in which services build it are read"));
  EXPECT_THAT(told(100, 100), Not(HasSubstr("cannot judge")));
}

TEST(HostileLimits, ManyDockerfilesThatAreBuiltInManyWaysShareTheirTime) {
  const auto most = [](std::size_t dockerfiles, std::size_t ways) {
    Builds builds;
    for (std::size_t i = 0; i < dockerfiles; ++i) builds[number(i)].ways.resize(ways);
    return most_work_of_each(builds);
  };
  EXPECT_EQ(most(4, 100), most(1, 1));
  EXPECT_EQ(most(1000, 3), most(1, 1));
  EXPECT_EQ(most(40, 100), most(1, 1) / 40 * 4);
  EXPECT_EQ(most(1000, 100), most(64, 100));
}

TEST(HostileLimits, MoreReferencesThanAnyFileHasAreNotReadWhichIsSaid) {
  constexpr std::size_t more = most_references_of_file + 7;
  struct Case {
    const char* path;
    const char* head;
    std::function<std::string(std::size_t)> line;
    std::size_t first_line;  ///< of a reference
  };
  const Case cases[] = {
      {"Dockerfile", "", [](std::size_t) { return "FROM a\n"; }, 1},
      {"compose.yaml", "services:\n", [](std::size_t i) { return " s" + number(i) + ": {image: a}\n"; }, 2},
      {"pod.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec:\n containers:\n",
       [](std::size_t) { return " - image: a\n"; }, 6},
      {".drone.yml", "kind: pipeline\nsteps:\n", [](std::size_t) { return " - image: a\n"; }, 3},
  };
  for (const Case& test : cases) {
    SCOPED_TRACE(test.path);
    MemoryFileSystem files;
    const std::string text = test.head + repeated(more, test.line);
    files.put(test.path, text);
    const ProgramRun listed = run_program_in(files, {"list", "--format", "jsonl", test.path});
    EXPECT_EQ(static_cast<std::size_t>(std::ranges::count(listed.out, '\n')), most_references_of_file);
    const std::string place =
        std::string(test.path) + ":" + number(test.first_line + most_references_of_file) + ":";
    const std::string message =
        "cannot judge: more than 50000 references in one file; those from here on are not read";
    EXPECT_THAT(listed.err, AllOf(HasSubstr(place), HasSubstr("error: " + message)));
    EXPECT_EQ(listed.code, 1);
    if (std::string_view(test.path) != "Dockerfile") continue;  // all else is the same for all kinds
    const ProgramRun moved = run_program_in(files, {"retarget", "--to", "ghcr.io/org", test.path});
    EXPECT_THAT(moved.out + moved.err, HasSubstr(message));
    EXPECT_EQ(files.bytes(test.path), text) << "a file that is not read to its end stays";
    EXPECT_EQ(moved.code, 1);
  }
}

TEST(HostileLimits, KustomizationsThatAreReachedInManyWaysAreBuiltOnce) {
  MemoryFileSystem files;
  constexpr std::size_t levels = 40;  // 2^40 ways to the last
  for (std::size_t level = 0; level < levels; ++level)
    for (const char* side : {"a", "b"}) {
      const std::string next = number(level + 1);
      files.put(side + number(level) + "/kustomization.yaml",
                "resources: " + (level + 1 < levels ? "[../a" + next + ", ../b" + next + "]" : "[pod.yaml]") +
                    "\nimages:\n  - {name: \"acme/.*\", newTag: \"2\"}\n");
      files.put(side + number(levels - 1) + "/pod.yaml",
                "apiVersion: v1\nkind: Pod\nspec: {containers: [{name: a, image: \"acme/web:1\"}]}\n");
    }
  EXPECT_EQ(run_program_in(files, {"check", "."}).code, 0);
  EXPECT_EQ(run_program_in(files, {"retarget", "--to", "ghcr.io", "--dry-run", "."}).code, 1);
}

// --- growth ------------------------------------------------------------------------------------------------

struct Shape {
  std::string name;
  std::size_t size;  ///< for which a linear run takes some hundredths of a second
  std::function<void(MemoryFileSystem&, std::size_t)> make;
};

Shape compose_shape(std::string name, std::size_t size, std::function<std::string(std::size_t)> text) {
  return {std::move(name), size, [text = std::move(text)](MemoryFileSystem& files, std::size_t n) {
            files.put("compose.yaml", text(n));
          }};
}
Shape dockerfile_shape(std::string name, std::size_t size, std::function<std::string(std::size_t)> text) {
  return {std::move(name), size, [text = std::move(text)](MemoryFileSystem& files, std::size_t n) {
            files.put("Dockerfile", text(n));
          }};
}
std::string services(std::size_t n, const std::string& each) {
  return repeated(n, [&](std::size_t i) { return "  s" + number(i) + ": {" + each + "}\n"; });
}
/// A service whose build has a mapping of n entries under a key.
std::string big_build(const std::string& key, std::size_t n, const std::string& value) {
  return "  big:\n    build:\n      context: .\n      " + key + ":\n" +
         repeated(n, [&](std::size_t i) { return "        a" + number(i) + ": " + value + "\n"; });
}

const std::vector<Shape> shapes = {
    compose_shape("services", 3000, [](std::size_t n) { return "services:\n" + services(n, "image: a:1"); }),
    compose_shape("a big mapping, then small ones", 3000,
                  [](std::size_t n) {
                    return "x-big:\n" +
                           repeated(n, [](std::size_t i) { return "  k" + number(i) + ": v\n"; }) +
                           "services:\n" + services(n, "image: a:1");
                  }),
    compose_shape("big contexts, then small builds", 2000,
                  [](std::size_t n) {
                    return "services:\n" + big_build("additional_contexts", n, "docker-image://x:1") +
                           services(n,
                                    "build: {context: ., additional_contexts: {a: \"docker-image://x:1\"}}");
                  }),
    compose_shape("big arguments, then small builds", 2000,
                  [](std::size_t n) {
                    return "services:\n" + big_build("args", n, "v") +
                           services(n, "build: {context: ., args: {A: v}}");
                  }),
    compose_shape("a big merge, then small ones", 2000,
                  [](std::size_t n) {
                    return "x-big: &big\n" +
                           repeated(n, [](std::size_t i) { return "  k" + number(i) + ": v\n"; }) +
                           "x-small: &small {a: b}\nservices:\n  s: {image: \"a:1\", <<: *big}\n" +
                           services(n, "image: a:1, <<: *small");
                  }),
    compose_shape("anchors and aliases", 2000,
                  [](std::size_t n) {
                    return "x-a:\n" +
                           repeated(n,
                                    [](std::size_t i) {
                                      return "  k" + number(i) + ": &a" + number(i) + " a:1\n";
                                    }) +
                           "services:\n" + repeated(n, [](std::size_t i) {
                             return "  s" + number(i) + ": {image: *a" + number(i) + "}\n";
                           });
                  }),
    compose_shape("chains of extends", 2000,
                  [](std::size_t n) {
                    return "services:\n  s0: {build: .}\n" + repeated(n, [](std::size_t i) {
                             return "  s" + number(i + 1) + ": {extends: s" + number(i) + ", image: a:1}\n";
                           });
                  }),
    compose_shape("services that extend a large one", 2000,
                  [](std::size_t n) {
                    return "services:\n  base:\n    build: .\n" +
                           repeated(n, [](std::size_t i) { return "    x-" + number(i) + ": v\n"; }) +
                           services(n, "extends: base");
                  }),
    compose_shape("builds of one Dockerfile with other arguments", 1000,
                  [](std::size_t n) {
                    return "services:\n" + repeated(n, [](std::size_t i) {
                             return "  s" + number(i) + ": {build: {context: ., args: {A: v" + number(i) +
                                    "}}}\n";
                           });
                  }),
    compose_shape(
        "inline Dockerfiles", 500,
        [](std::size_t n) { return "services:\n" + services(n, "build: {dockerfile_inline: FROM a:1}"); }),
    compose_shape("variables", 2000,
                  [](std::size_t n) { return "services:\n" + services(n, "image: \"a:${T:-${U:-1}}\""); }),
    compose_shape("documents", 1000,
                  [](std::size_t n) {
                    return repeated(n,
                                    [](std::size_t i) {
                                      return "services: {s" + number(i) + ": {image: a:1}}\n---\n";
                                    }) +
                           "services: {}\n";
                  }),
    dockerfile_shape("stages", 3000,
                     [](std::size_t n) {
                       return repeated(n, [](std::size_t i) { return "FROM a:1 AS s" + number(i) + "\n"; });
                     }),
    dockerfile_shape("stages, and copies from them", 2000,
                     [](std::size_t n) {
                       return repeated(n, [](std::size_t i) { return "FROM a:1 AS s" + number(i) + "\n"; }) +
                              repeated(n,
                                       [](std::size_t i) { return "COPY --from=s" + number(i) + " a b\n"; });
                     }),
    dockerfile_shape("arguments", 2000,
                     [](std::size_t n) {
                       return repeated(n, [](std::size_t i) { return "ARG A" + number(i) + "=1\n"; }) +
                              repeated(n, [](std::size_t i) { return "FROM a:$A" + number(i) + "\n"; });
                     }),
    dockerfile_shape("one long line", 4000,
                     [](std::size_t n) {
                       return "FROM a:1\nRUN true" +
                              repeated(n, [](std::size_t) { return " \\\n  && true"; }) + "\n";
                     }),
    dockerfile_shape("comments that silence", 1000,
                     [](std::size_t n) {
                       return repeated(n,
                                       [](std::size_t) { return "# imglint ignore=missing-tag\nFROM a\n"; });
                     }),
    {"an .env of many names, and compose files", 500,
     [](MemoryFileSystem& files, std::size_t n) {
       files.put(".env", repeated(n * 10, [](std::size_t i) { return "A" + number(i) + "=1\n"; }));
       for (std::size_t i = 0; i < n / 25; ++i)
         files.put("compose." + number(i) + ".yaml", "services: {a: {image: \"a:$A1\"}}\n");
     }},
};

/// A configuration of as many entries as there are images.
Shape listed_shape(std::string name, std::string head, std::string entry, std::string image) {
  return {std::move(name), 500, [=](MemoryFileSystem& files, std::size_t n) {
            const auto numbered = [](std::string text, std::size_t i) {
              for (std::size_t at = 0; (at = text.find('N', at)) != text.npos;)
                text.replace(at, 1, number(i));
              return text;
            };
            files.put(".imglint.yaml", head + repeated(n, [&](std::size_t i) { return numbered(entry, i); }));
            files.put("Dockerfile",
                      repeated(n, [&](std::size_t i) { return "FROM " + numbered(image, i) + "\n"; }));
          }};
}

const std::string allow = "registries:\n  allow:\n", deny = "registries:\n  deny:\n";
const std::string approved = "rules:\n  image-not-allowed:\n    allow:\n";
const std::string typo = "rules:\n  registry-typo:\n    known:\n";

/// Lists of the configuration that are asked about each image: by host, by path, by stars, on them or not.
const std::vector<Shape> listed = {
    listed_shape("hosts that are allowed", allow, "    - rN.example.com/**\n", "rN.example.com/a/b:1"),
    listed_shape("hosts that are denied", deny, "    - rN.example.com/**\n", "rN.example.com/a/b:1"),
    listed_shape("hosts that are not allowed", allow, "    - rN.example.com/**\n", "sN.example.com/a/b:1"),
    listed_shape("paths of one host that are allowed", allow, "    - ghcr.io/aN/*\n", "ghcr.io/aN/b:1"),
    listed_shape("paths that are not allowed", allow, "    - ghcr.io/aN/*\n", "ghcr.io/bN/b:1"),
    listed_shape("hosts with stars", allow, "    - \"*.rN.example.com/**\"\n", "a.rN.example.com/a/b:1"),
    listed_shape("paths of any host", approved, "      - \"**/aN\"\n", "ghcr.io/b/aN:1"),
    listed_shape("images that are approved", approved, "      - \"ghcr.io/a/bN:1*\"\n", "ghcr.io/a/bN:1"),
    listed_shape("images that are not approved", approved, "      - \"ghcr.io/a/bN:1*\"\n", "ghcr.io/a/cN:1"),
    listed_shape("images that are approved outside of the allowed",
                 "rules:\n  image-not-allowed:\n    stages: external\n    allow: [node]\n" + allow,
                 "    - rN.example.com/**\n", "rN.example.com/a/b:1"),
    listed_shape("hosts that are near known ones", typo, "      - rN.example.com\n", "rNx.example.com/a/b:1"),
    listed_shape("hosts that are near no known one", typo, "      - rN.example.com\n", "other-N.org/a/b:1"),
    listed_shape("mirrors", "registries:\n  mirrors:\n", "    - {from: quay.io/aN, to: ghcr.io/aN}\n",
                 "quay.io/aN/b:1"),
    listed_shape("exceptions", "exceptions:\n", "  - {images: [ghcr.io/a/bN], reason: x}\n",
                 "ghcr.io/a/bN:latest"),
    listed_shape("deprecated images", "rules:\n  deprecated-image:\n    entries:\n",
                 "      - {images: [ghcr.io/a/bN], message: x}\n", "ghcr.io/a/bN:1"),
    listed_shape("channels of images", "rules:\n  floating-tag:\n    per-image:\n",
                 "      - {images: [ghcr.io/a/bN], tags: [moving]}\n", "ghcr.io/a/bN:moving"),
};

/// The best of three runs, or the first that takes no longer than what is quick enough.
double seconds_of(const Shape& shape, std::size_t size, double quick_enough = 0) {
#ifdef __SANITIZE_ADDRESS__
  size /= 3;  // it takes more than three times as long
#endif
  MemoryFileSystem files;
  shape.make(files, size);
  std::vector<std::string> words = {"check", "--jobs", "1", "--quiet"};
  for (const std::string& path : files.paths())
    if (path.find("/.") == path.npos && !path.starts_with('.')) words.push_back(path);
  double best = 1e9;
  for (int round = 0; round < 3 && best > quick_enough; ++round) {
    const std::clock_t begin = std::clock();
    EXPECT_LE(run_program_in(files, words).code, 1);
    best = std::min(best, static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
  }
  return best;
}

/// Four times the size takes four times the time where it is linear and 16 times where it is quadratic.
/// Started small, the fixed cost of a run makes it less.
TEST(HostileLimits, TimeGrowsNoFasterThanSize) {
  std::vector<Shape> all = shapes;
  all.insert(all.end(), listed.begin(), listed.end());
  constexpr double factor = 4, most = 9;
  for (const Shape& shape : all) {
    const double small = seconds_of(shape, shape.size);
    const double limit = most * small + 0.02;
    const double large = seconds_of(shape, static_cast<std::size_t>(factor) * shape.size, limit);
    EXPECT_LE(large, limit) << shape.name << ": " << small << " s, then " << large << " s";
  }
}

TEST(HostileLimits, PatternsOfIncludesCostNoMoreThanTheirLength) {
  std::string include = "/", folders;
  for (int i = 0; i < 40; ++i) include += "**/", folders += "a/";
  EXPECT_TRUE(includes_any_of({folders + "x.yml"}, include + "x.yml", ".gitlab-ci.yml"));
  EXPECT_FALSE(includes_any_of({folders + "x.yml"}, include + "y.yml", ".gitlab-ci.yml"));
}

TEST(HostileLimits, ALockIsRevertedInTheTimeOfItsLength) {
  const auto seconds = [](std::size_t n) {
    MemoryFileSystem files;
    const std::string text = repeated(n, [](std::size_t i) { return "FROM a/b:" + number(i) + "\n"; });
    files.put("Dockerfile", text);
    EXPECT_EQ(run_program_in(files, {"retarget", "--to", "ghcr.io/x", "--lock", "l.json", "Dockerfile"}).code,
              0);
    const std::clock_t begin = std::clock();
    EXPECT_EQ(run_program_in(files, {"retarget", "--revert", "l.json"}).code, 0);
    EXPECT_EQ(files.bytes("Dockerfile"), text);
    return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  };
  const double small = seconds(1000), large = seconds(4000);
  EXPECT_LT(large, 9 * small + 0.02) << small << " s, then " << large << " s";
}

// --- patterns ----------------------------------------------------------------------------------------------

TEST(HostileLimits, NoPatternTakesLongForAnyTag) {
  const std::string tag(500, 'a');
  for (const char* pattern :
       {"^(a|a)*b$", "^(a?){100}a{100}$", "(a*)*(a*)*(a*)*b", "^(([a-z])+.)+[A-Z]([a-z])+$",
        "((((a{10}){10}){10})b)", "(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)x"}) {
    const std::clock_t begin = std::clock();
    RegularExpressions expressions;
    expressions.add(pattern);
    for (int i = 0; i < 100; ++i) EXPECT_TRUE(expressions.contains_match(tag, pattern).has_value());
    EXPECT_LT(static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC, 2.0) << pattern;
  }
}

}  // namespace
}  // namespace imglint::test
