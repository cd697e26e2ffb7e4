// imglint pin from a lock: where the bytes of a digest go, and what stays with a reason. The lock takes the
// place of the registries, so that nothing is asked.
#include <regex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "registry/lock.hpp"
#include "tests/support/in_process.hpp"
#include "tests/support/memory_file_system.hpp"

namespace imglint::test {
namespace {

using Words = std::vector<std::string>;

const std::string new_digest = "sha256:" + std::string(64, 'a');
const std::string old_digest = "sha256:" + std::string(64, 'b');

/// `{N}` and `{O}` of a text as the new and the old digest.
std::string filled(std::string text) {
  text = std::regex_replace(text, std::regex("\\{N\\}"), "@" + new_digest);
  return std::regex_replace(text, std::regex("\\{O\\}"), "@" + old_digest);
}

DigestLock known() {
  DigestLock lock;
  for (const char* image :
       {"docker.io/library/alpine:3.20", "docker.io/library/alpine:latest", "docker.io/library/node:20",
        "docker.io/library/redis:7", "ghcr.io/acme/app:1", "docker.io/docker/dockerfile:1"})
    lock.images[image] = {.digest = new_digest,
                          .at = "2026-11-01",
                          .seen = {{old_digest, "2026-10-01"}, {new_digest, "2026-11-01"}},
                          .platforms = {}};
  return lock;
}

struct PinCase {
  const char* name;
  const char* before;
  const char* after;  ///< null: the file stays
  Words options = {};
  Words kinds = {};  ///< of refusals
  const char* file = "Dockerfile";
  bool comes_back = true;  ///< unpin gives the old bytes
};

void PrintTo(const PinCase& one, std::ostream* out) { *out << one.name; }

Words kinds_in(const std::string& errors) {
  static const std::regex kind(R"(error: .*\[([a-z-]+)\])");
  Words result;
  for (std::sregex_iterator at(errors.begin(), errors.end(), kind), end; at != end; ++at)
    result.push_back((*at)[1]);
  return result;
}

class PinCases : public ::testing::TestWithParam<PinCase> {
 protected:
  void SetUp() override {
    files_.put(GetParam().file, filled(GetParam().before));
    files_.put("imglint.lock", digest_lock_text(known()));
  }
  ProgramRun run(const Words& first, const Words& more = {}) {
    Words words = first;
    words.insert(words.end(), GetParam().options.begin(), GetParam().options.end());
    words.insert(words.end(), more.begin(), more.end());
    words.emplace_back(GetParam().file);
    return run_program_in(files_, words);
  }
  [[nodiscard]] std::string text() const { return files_.bytes(GetParam().file); }

  MemoryFileSystem files_;
};

TEST_P(PinCases, WriteTheDigestWhereItBelongs) {
  const PinCase& one = GetParam();
  const ProgramRun run_once = run({"pin", "--from-lock"});
  EXPECT_EQ(text(), filled(one.after ? one.after : one.before)) << run_once.err;
  EXPECT_EQ(kinds_in(run_once.err), one.kinds) << run_once.err;
  EXPECT_EQ(run_once.code, one.kinds.empty() ? 0 : 1) << run_once.err;
}

TEST_P(PinCases, ASecondRunChangesNothing) {
  static_cast<void>(run({"pin", "--from-lock"}));
  const std::string once = text();
  static_cast<void>(run({"pin", "--from-lock"}));
  EXPECT_EQ(text(), once);
}

TEST_P(PinCases, ACheckWritesNothingAndFindsWhatWouldChange) {
  const std::string before = text();
  const ProgramRun check = run({"pin", "--from-lock", "--check"});
  EXPECT_EQ(text(), before);
  EXPECT_EQ(check.code, GetParam().after || !GetParam().kinds.empty() ? 1 : 0) << check.out << check.err;
}

TEST_P(PinCases, UnpinGivesTheBytesBack) {
  if (!GetParam().comes_back) GTEST_SKIP() << "another spelling comes back";
  static_cast<void>(run({"pin", "--from-lock"}));
  const ProgramRun back = run_program_in(files_, {"unpin", GetParam().file});
  EXPECT_EQ(text(), filled(GetParam().before)) << back.err;
}

const PinCase cases[] = {
    {"TagGetsDigest", "FROM alpine:3.20\n", "FROM alpine:3.20{N}\n"},
    {"BareNameGetsLatest", "FROM alpine AS x\n", "FROM alpine:latest{N} AS x\n", {}, {}, "Dockerfile", false},
    {"CarriageReturnsStay", "FROM alpine:3.20\r\nRUN x\r\n", "FROM alpine:3.20{N}\r\nRUN x\r\n"},
    {"NoLastLineEnd", "FROM alpine:3.20", "FROM alpine:3.20{N}"},
    {"CopyAndMount",
     "FROM scratch\nCOPY --from=redis:7 /a /b\nRUN --mount=type=bind,from=node:20,target=/x y\n",
     "FROM scratch\nCOPY --from=redis:7{N} /a /b\nRUN --mount=type=bind,from=node:20{N},target=/x y\n"},
    {"StagesStay", "FROM alpine:3.20 AS a\nFROM a\nCOPY --from=a /x /y\nCOPY --from=0 /x /y\n",
     "FROM alpine:3.20{N} AS a\nFROM a\nCOPY --from=a /x /y\nCOPY --from=0 /x /y\n"},
    {"ScratchStays", "FROM scratch\n", nullptr},
    {"PlatformOfTheStageGetsTheIndex", "FROM --platform=linux/arm64 alpine:3.20\n",
     "FROM --platform=linux/arm64 alpine:3.20{N}\n"},
    {"UnknownIsLeft", "FROM ghcr.io/acme/none:1\n", nullptr, {}, {"not-in-lock"}},
    {"PinnedStays", "FROM alpine:3.20{O}\n", nullptr, {}, {}, "Dockerfile", false},
    {"UpdateChangesTheDigest",
     "FROM alpine:3.20{O}\n",
     "FROM alpine:3.20{N}\n",
     {"--update"},
     {},
     "Dockerfile",
     false},
    {"DigestAloneTakesItsTagFromTheLock",
     "FROM ghcr.io/acme/app{O}\n",
     "FROM ghcr.io/acme/app{N}\n",
     {"--update"},
     {},
     "Dockerfile",
     false},
    {"DigestAloneOfManyTags", "FROM alpine{O}\n", nullptr, {"--update"}, {"no-tag"}, "Dockerfile", false},
    {"TagCanGo", "FROM alpine:3.20\n", "FROM alpine{N}\n", {"--tag", "drop"}, {}, "Dockerfile", false},
    {"TagBesideDigestCanGo",
     "FROM alpine:3.20{O}\n",
     "FROM alpine{O}\n",
     {"--tag", "drop"},
     {},
     "Dockerfile",
     false},
    {"SyntaxStays", "# syntax=docker/dockerfile:1\nFROM scratch\n", nullptr},
    {"SyntaxOnDemand",
     "# syntax=docker/dockerfile:1\nFROM scratch\n",
     "# syntax=docker/dockerfile:1{N}\nFROM scratch\n",
     {"--include", "syntax"}},
    {"WholeReferenceInADefault", "ARG BASE=alpine:3.20\nFROM $BASE\n",
     "ARG BASE=alpine:3.20{N}\nFROM $BASE\n"},
    {"WholeReferenceThroughTwoDefaults", "ARG A=alpine:3.20\nARG B=${A}\nFROM $B\n",
     "ARG A=alpine:3.20{N}\nARG B=${A}\nFROM $B\n"},
    {"RegistryInAVariable", "ARG R=ghcr.io\nFROM ${R}/acme/app:1\n",
     "ARG R=ghcr.io\nFROM ${R}/acme/app:1{N}\n"},
    {"TagInAVariableIsRefused", "ARG V=20\nFROM node:${V}\n", nullptr, {}, {"variable-tag"}},
    {"PartOfTheTagInAVariable", "ARG V=0\nFROM node:2${V}\n", nullptr, {}, {"variable-tag"}},
    {"TagInADefaultOfADefault", "ARG V=20\nARG I=node:${V}\nFROM $I\n", nullptr, {}, {"variable-tag"}},
    {"EmptyEndOfTheTag", "ARG S=\nFROM node:20${S}\n", nullptr, {}, {"variable-tag"}},
    {"ConditionalEndOfTheTag", "ARG S\nFROM node:20${S:+-slim}\n", nullptr, {}, {"variable-tag"}},
    {"TagInAVariableOnDemand",
     "ARG V=20\nFROM node:${V}\n",
     "ARG V=20{N}\nFROM node:${V}\n",
     {"--variables", "tag"}},
    {"TagOfTwoImages",
     "ARG V=7\nFROM redis:${V}\nFROM ghcr.io/acme/app:${V}\n",
     nullptr,
     {"--variables", "tag"},
     {"shared-variable", "not-in-lock"}},
    {"TagThatACommandReads",
     "ARG V=20\nFROM node:${V}\nARG V\nRUN echo $V\n",
     nullptr,
     {"--variables", "tag"},
     {"shared-variable"}},
    {"NoValue", "ARG V\nFROM node:${V}\n", nullptr, {}, {"unknown-variable"}},
    {"VariablesSkipped",
     "ARG BASE=alpine:3.20\nFROM $BASE\nFROM redis:7\n",
     "ARG BASE=alpine:3.20\nFROM $BASE\nFROM redis:7{N}\n",
     {"--variables", "skip"},
     {"variable-skipped"}},
    {"TwoReadersOfOneDefault", "ARG BASE=alpine:3.20\nFROM $BASE AS a\nFROM ${BASE} AS b\n",
     "ARG BASE=alpine:3.20{N}\nFROM $BASE AS a\nFROM ${BASE} AS b\n"},
    {"GivenByAnOption",
     "ARG BASE\nFROM $BASE\n",
     nullptr,
     {"--build-arg", "BASE=alpine:3.20"},
     {"defined-by-option"}},
    {"OnlyAndExcept",
     "FROM alpine:3.20\nFROM redis:7\nFROM node:20\n",
     "FROM alpine:3.20\nFROM redis:7{N}\nFROM node:20\n",
     {"--except", "alpine", "--only", "redis", "--only", "alpine"}},
    {"ACommentExcuses", "# imglint ignore=require-digest built here\nFROM alpine:3.20\nFROM redis:7\n",
     "# imglint ignore=require-digest built here\nFROM alpine:3.20\nFROM redis:7{N}\n"},
    {"StrictIsAllOrNothing", "FROM alpine:3.20\nFROM none:1\n", nullptr, {"--strict"}, {"not-in-lock"}},
    {"ServiceImages",
     "services:\n  a:\n    image: redis:7 # why\n  b: {image: 'alpine:3.20'}\n",
     "services:\n  a:\n    image: redis:7{N} # why\n  b: {image: 'alpine:3.20{N}'}\n",
     {},
     {},
     "shop/compose.yaml"},
    {"DefaultInACompose",
     "services:\n  a:\n    image: ${IMG:-redis:7}\n",
     "services:\n  a:\n    image: ${IMG:-redis:7{N}}\n",
     {},
     {},
     "shop/compose.yaml"},
    {"TagDefaultInACompose",
     "services:\n  a:\n    image: redis:${V:-7}\n",
     nullptr,
     {},
     {"variable-tag"},
     "shop/compose.yaml"},
    {"TagDefaultInAComposeOnDemand",
     "services:\n  a:\n    image: redis:${V:-7}\n",
     "services:\n  a:\n    image: redis:${V:-7{N}}\n",
     {"--variables", "tag"},
     {},
     "shop/compose.yaml"},
    {"BuiltNamesStay",
     "services:\n  a:\n    build: .\n    image: redis:7\n  b:\n    image: redis:7\n",
     nullptr,
     {},
     {},
     "shop/compose.yaml"},
    {"AnchorsOnce",
     "x-i: &i redis:7\nservices:\n  a:\n    image: *i\n  b:\n    image: *i\n",
     "x-i: &i redis:7{N}\nservices:\n  a:\n    image: *i\n  b:\n    image: *i\n",
     {},
     {},
     "shop/compose.yaml"},
    {"AnInlineDockerfile",
     "services:\n  a:\n    build:\n      dockerfile_inline: |\n        FROM alpine:3.20\n",
     "services:\n  a:\n    build:\n      dockerfile_inline: |\n        FROM alpine:3.20{N}\n",
     {},
     {},
     "shop/compose.yaml"},
    {"CacheOnDemand",
     "services:\n  a:\n    build:\n      context: .\n      cache_from: [redis:7]\n",
     "services:\n  a:\n    build:\n      context: .\n      cache_from: [redis:7{N}]\n",
     {"--include", "cache"},
     {},
     "shop/compose.yaml"},
    {"CacheStays",
     "services:\n  a:\n    build:\n      context: .\n      cache_from: [redis:7]\n",
     nullptr,
     {},
     {},
     "shop/compose.yaml"},
    {"AFoldedScalarOfOneLine",
     "services:\n  a:\n    image: >-\n      redis:7\n",
     "services:\n  a:\n    image: >-\n      redis:7{N}\n",
     {},
     {},
     "shop/compose.yaml"},
    {"AQuotedScalarOfTwoLines",
     "services:\n  a:\n    image: \"redis\\\n      :7\"\n",
     "services:\n  a:\n    image: \"redis\\\n      :7{N}\"\n",
     {},
     {},
     "shop/compose.yaml"},
};
INSTANTIATE_TEST_SUITE_P(Pin, PinCases, ::testing::ValuesIn(cases),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(Pin, ADigestThatAVariableCanOutliveIsSaid) {
  MemoryFileSystem files;
  files.put("Dockerfile", "ARG R=ghcr.io\nFROM ${R}/acme/app:1\n");
  files.put("imglint.lock", digest_lock_text(known()));
  const ProgramRun run = run_program_in(files, {"pin", "--from-lock", "Dockerfile"});
  EXPECT_THAT(run.err, ::testing::HasSubstr("stays when a variable gives the name another value"));
}

TEST(Pin, WithoutALockACheckAsksNobody) {
  MemoryFileSystem files;
  files.put("Dockerfile", "FROM alpine:3.20\n");
  const ProgramRun run = run_program_in(files, {"pin", "--check", "--format", "jsonl", "Dockerfile"});
  EXPECT_EQ(run.code, 1);
  EXPECT_THAT(run.out, ::testing::HasSubstr("\"state\":\"unpinned\""));
  EXPECT_THAT(run.out, ::testing::Not(::testing::HasSubstr(std::string(64, '0'))));
}

TEST(Pin, NothingToAskStartsNoProgram) {
  MemoryFileSystem files;
  files.put("Dockerfile", filled("FROM alpine:3.20{O}\nFROM scratch\n"));
  EXPECT_EQ(run_program_in(files, {"pin", "--resolver", "/nonexistent", "Dockerfile"}).code, 0);
}

TEST(Pin, AResolverThatIsNotThereIsNoAnswer) {
  MemoryFileSystem files;
  files.put("Dockerfile", "FROM alpine:3.20\n");
  const ProgramRun run = run_program_in(files, {"pin", "--resolver", "/nonexistent/x", "Dockerfile"});
  EXPECT_EQ(run.code, 2);
  EXPECT_THAT(run.err, ::testing::HasSubstr("[no-answer]"));
  EXPECT_EQ(files.bytes("Dockerfile"), "FROM alpine:3.20\n");
}

/// These tests have no helper beside them.
TEST(Pin, WithoutTheHelperItIsSaidOnceWhereItComesFrom) {
  MemoryFileSystem files;
  files.put("Dockerfile", "FROM alpine:3.20\nFROM redis:7\n");
  const ProgramRun run = run_program_in(files, {"pin", "Dockerfile"});
  EXPECT_EQ(run.code, 2);
  const std::string hint = "hint: in a checkout 'cmake --build build/release --target programs' builds it";
  EXPECT_NE(run.err.find(hint), std::string::npos) << run.err;
  EXPECT_EQ(run.err.find(hint), run.err.rfind(hint)) << run.err;
}

TEST(Pin, OptionsThatContradictAreUsageErrors) {
  const Words wrong[] = {
      {"--lock-only", "--diff"},  {"--lock-only", "--from-lock"},    {"--override", "x", "--check"},
      {"--from-lock", "--prove"}, {"--platform", "arm64"},           {"--min-age", "soon"},
      {"--timeout", "never"},     {"--plain-http", "http://x"},      {"--only", "ghcr.io/UPPER"},
      {"--allow-realm", "x"},     {"--from-lock", "--min-age", "3d"}};
  for (Words words : wrong) {
    MemoryFileSystem files;
    files.put("Dockerfile", "FROM alpine:3.20\n");
    files.put("imglint.lock", digest_lock_text(known()));
    words.insert(words.begin(), "pin");
    words.emplace_back("Dockerfile");
    const ProgramRun run = run_program_in(files, words);
    EXPECT_EQ(run.code, 2) << words[1];
    EXPECT_EQ(files.bytes("Dockerfile"), "FROM alpine:3.20\n");
  }
}

}  // namespace
}  // namespace imglint::test
