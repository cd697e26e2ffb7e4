// What the two programs share: the lines between them, the lock, hosts and addresses, verdicts. Nothing asks.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "move/map_file.hpp"
#include "registry/answer_cache.hpp"
#include "registry/digest.hpp"
#include "registry/host.hpp"
#include "registry/lock.hpp"
#include "registry/verdict.hpp"
#include "registry/version_tag.hpp"
#include "registry/wire.hpp"

namespace imglint {
namespace {

using ::testing::HasSubstr;

std::string digest(char digit) { return "sha256:" + std::string(64, digit); }

TEST(Digest, OnlyWhatRegistriesMayGive) {
  EXPECT_TRUE(is_digest(digest('a')));
  EXPECT_TRUE(is_digest("sha512:" + std::string(128, '0')));
  const std::string wrong[] = {"",
                               "sha256:",
                               "sha256:1234",
                               digest('A'),
                               digest('g'),
                               digest('a') + "a",
                               "sha384:" + std::string(96, 'a'),
                               "md5:" + std::string(32, 'a'),
                               std::string(64, 'a'),
                               "sha256:../../../../etc/passwd" + std::string(44, 'a')};
  for (const std::string& text : wrong) EXPECT_FALSE(is_digest(text)) << text;
}

TEST(Platform, VariantsOfArmAreToldApartButForTheUsualOne) {
  EXPECT_TRUE(is_same_platform("linux/arm64", "linux/arm64/v8"));
  EXPECT_TRUE(is_same_platform("linux/amd64", "linux/amd64"));
  EXPECT_FALSE(is_same_platform("linux/arm/v6", "linux/arm/v7"));
  EXPECT_FALSE(is_same_platform("linux/amd64", "linux/arm64"));
  EXPECT_FALSE(is_platform("linux"));
  EXPECT_FALSE(is_platform("linux/a/b/c"));
  EXPECT_FALSE(is_platform("linux/"));
}

TEST(Host, KindsByNameAndAddress) {
  const std::pair<const char*, HostKind> hosts[] = {{"docker.io", HostKind::public_},
                                                    {"ghcr.io:443", HostKind::public_},
                                                    {"localhost", HostKind::loopback},
                                                    {"LOCALHOST:5000", HostKind::loopback},
                                                    {"a.localhost", HostKind::loopback},
                                                    {"127.0.0.1:5000", HostKind::loopback},
                                                    {"127.9.9.9", HostKind::loopback},
                                                    {"[::1]:5000", HostKind::loopback},
                                                    {"10.0.0.1", HostKind::private_},
                                                    {"172.16.0.1", HostKind::private_},
                                                    {"172.32.0.1", HostKind::public_},
                                                    {"192.168.0.1:1", HostKind::private_},
                                                    {"169.254.169.254", HostKind::private_},
                                                    {"100.64.0.1", HostKind::private_},
                                                    {"0.0.0.0", HostKind::private_},
                                                    {"255.255.255.255", HostKind::private_},
                                                    {"[fd00::1]", HostKind::private_},
                                                    {"[fe80::1]", HostKind::private_},
                                                    {"[::]", HostKind::private_},
                                                    {"[::ffff:10.0.0.1]", HostKind::private_},
                                                    {"[::ffff:127.0.0.1]", HostKind::loopback},
                                                    {"[2606:4700::1]", HostKind::public_},
                                                    {"[64:ff9b::a00:1]", HostKind::private_},
                                                    {"[2002:a00:1::]", HostKind::private_},
                                                    {"registry", HostKind::single_label},
                                                    {"registry:5000", HostKind::single_label},
                                                    {"127.1", HostKind::private_},
                                                    {"0x7f.0.0.1", HostKind::private_},
                                                    {"2130706433", HostKind::private_},
                                                    {"a.0x7f", HostKind::private_},
                                                    {"8.8.8.8", HostKind::public_}};
  for (const auto& [host, kind] : hosts) EXPECT_EQ(host_kind(host), kind) << host;
}

TEST(Host, NothingThatBecomesPartOfSomethingElse) {
  for (const char* host : {"docker.io", "a-b.example:5000", "[::1]:5000", "[::1]", "127.0.0.1", "a_b:1"})
    EXPECT_TRUE(is_host(host)) << host;
  for (const char* host :
       {"",     "..",     "../x", "a/b", "a b", "a:",        "a:x", "a:0", "a:65536", "a@b",
        "[::1", "[::1]x", "[x]",  ".a",  "-a",  "a\r\nX: y", "a?b", "a#b", "a%00",    "http://a"})
    EXPECT_FALSE(is_host(host)) << host;
}

TEST(Wire, LinesComeBackAsTheyWent) {
  RegistryAccess access;
  access.jobs = 3;
  access.hosts = {"docker.io", "localhost:5000"};
  access.trusted = {"localhost:5000"};
  access.realms = {{"a.example", {"b.example"}}};
  access.credentials = {{"a.example", "anna:p w:x"}};
  const auto read = read_request(wire_line(access));
  ASSERT_TRUE(read);
  const auto& back = std::get<RegistryAccess>(*read);
  EXPECT_EQ(back.jobs, 3U);
  EXPECT_EQ(back.hosts, access.hosts);
  EXPECT_EQ(back.realms, access.realms);
  EXPECT_EQ(back.credentials, access.credentials);

  const RegistryAnswer answer{.id = 7,
                              .state = AnswerState::found,
                              .digest = digest('1'),
                              .is_index = true,
                              .proved = true,
                              .http = 200,
                              .remaining = 99,
                              .children = {{digest('2'), "linux/amd64", false}, {digest('3'), "", true}}};
  const auto same = read_answer(wire_line(answer));
  ASSERT_TRUE(same) << same.error().message;
  EXPECT_EQ(wire_line(*same), wire_line(answer));
}

TEST(Wire, WhatIsNoAnswerIsAnError) {
  for (const char* line :
       {"", "x", "[]", "{}", R"({"id":"1","state":"missing"})", R"({"id":-1,"state":"missing"})",
        R"({"id":1})", R"({"id":1,"state":"perhaps"})", R"({"id":1,"state":"found"})",
        R"({"id":1,"state":"found","digest":"sha256:1234"})",
        R"({"id":1,"state":"missing","children":[{"digest":"x"}]})",
        R"({"id":1,"state":"missing","children":7})"})
    EXPECT_FALSE(read_answer(line)) << line;
  EXPECT_TRUE(read_answer(R"({"id":1,"state":"missing","something":"new"})"));
}

TEST(Lock, IsByteForByteTheSame) {
  DigestLock lock;
  record(lock, "docker.io/library/b:1", {.digest = digest('1'), .is_index = true}, "2026-11-01");
  record(lock, "docker.io/library/a:1",
         {.digest = digest('2'),
          .is_index = true,
          .proved = true,
          .children = {{digest('3'), "linux/amd64", false}}},
         "2026-11-02");
  const std::string text = digest_lock_text(lock);
  const auto read = read_digest_lock(text);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->images, lock.images);
  EXPECT_EQ(digest_lock_text(*read), text);
  EXPECT_LT(text.find("library/a:1"), text.find("library/b:1"));
  EXPECT_TRUE(text.ends_with("}\n"));
}

TEST(Lock, KeepsFiveDigestsAndTheirFirstDays) {
  DigestLock lock;
  const std::string image = "docker.io/library/a:1";
  for (char digit = '1'; digit <= '8'; ++digit)
    record(lock, image, {.digest = digest(digit)}, std::string("2026-11-0") + digit);
  record(lock, image, {.digest = digest('5')}, "2026-11-09");
  const LockedImage& locked = *lock.find(image);
  EXPECT_EQ(locked.digest, digest('5'));
  EXPECT_EQ(locked.at, "2026-11-09");
  EXPECT_EQ(locked.seen.size(), 5U);
  EXPECT_EQ(locked.seen.at(digest('5')), "2026-11-05");
  EXPECT_FALSE(locked.seen.contains(digest('3')));
  EXPECT_EQ(ripe_digests(locked, "2026-11-09", 2),
            (std::vector{digest('7'), digest('6'), digest('5'), digest('4')}));
}

TEST(Lock, WhatIsNoLockSaysWhy) {
  const std::pair<std::string, const char*> wrong[] = {
      {"", "no JSON object"},
      {"[]", "no JSON object"},
      {R"({"imglint:version":"1"})", "lock of a move"},
      {R"({"version":2,"images":{}})", "'version'"},
      {R"({"version":1})", "'images'"},
      {R"({"version":1,"images":{"a":{}}})", "'a'"},
      {R"({"version":1,"images":{"a":{"digest":"sha256:12","media":"index","at":"2026-01-01"}}})", "'a'"},
      {R"({"version":1,"images":{"a":{"digest":")" + digest('1') +
           R"(","media":"index","at":"2026-13-01"}}})",
       "'a'"}};
  for (const auto& [text, word] : wrong) {
    const auto read = read_digest_lock(text);
    ASSERT_FALSE(read) << text;
    EXPECT_THAT(read.error().message, HasSubstr(word));
  }
}

TEST(Lock, ADigestNamesItsTagOnlyIfThatIsCertain) {
  DigestLock lock;
  record(lock, "ghcr.io/a/b:1", {.digest = digest('1')}, "2026-11-01");
  record(lock, "ghcr.io/a/b:2", {.digest = digest('2')}, "2026-11-01");
  record(lock, "ghcr.io/a/b:2", {.digest = digest('1')}, "2026-11-02");
  record(lock, "ghcr.io/a/b-c:1", {.digest = digest('2')}, "2026-11-02");
  EXPECT_EQ(lock.image_of_digest("ghcr.io/a/b", digest('2')), "ghcr.io/a/b:2");
  EXPECT_EQ(lock.image_of_digest("ghcr.io/a/b", digest('1')), std::nullopt);
  EXPECT_EQ(lock.image_of_digest("ghcr.io/a", digest('1')), std::nullopt);
}

RegistryAnswer found(char digit) {
  return {.state = AnswerState::found, .digest = digest(digit), .is_index = true};
}
RegistryAnswer failed(AnswerState state) { return {.state = state, .error = "why"}; }

TEST(Verdicts, OfTagAndDigest) {
  const RegistryAnswer one = found('1'), two = found('2');
  const RegistryAnswer none = failed(AnswerState::missing), denied = failed(AnswerState::denied);
  const RegistryAnswer unknown = failed(AnswerState::limited);
  RegistryAnswer index = found('2');
  index.children = {{digest('1'), "linux/amd64", false}};
  LockedImage knows{
      .digest = digest('2'), .at = "2026-01-01", .seen = {{digest('1'), "2026-01-01"}}, .platforms = {}};
  LockedImage knows_not{
      .digest = digest('2'), .at = "2026-01-01", .seen = {{digest('3'), "2026-01-01"}}, .platforms = {}};
  struct Case {
    const RegistryAnswer* tag;
    const RegistryAnswer* by_digest;
    const LockedImage* locked;
    Verdict verdict;
  };
  const Case table[] = {{&one, nullptr, nullptr, Verdict::ok},
                        {&none, nullptr, nullptr, Verdict::missing},
                        {&denied, nullptr, nullptr, Verdict::denied},
                        {&unknown, nullptr, nullptr, Verdict::unknown},
                        {nullptr, &one, nullptr, Verdict::ok},
                        {nullptr, &none, nullptr, Verdict::gone},
                        {&one, &one, nullptr, Verdict::ok},
                        {&two, &one, nullptr, Verdict::moved},
                        {&two, &one, &knows, Verdict::moved},
                        {&two, &one, &knows_not, Verdict::mismatch},
                        {&index, &one, &knows_not, Verdict::platform_pin},
                        {&two, &none, nullptr, Verdict::gone},
                        {&none, &none, nullptr, Verdict::missing},
                        {&none, &one, nullptr, Verdict::moved},
                        {&denied, &one, nullptr, Verdict::denied},
                        {&two, &unknown, nullptr, Verdict::unknown}};
  for (const Case& one_case : table) {
    const Judgement judgement = judge({.tag = one_case.tag,
                                       .digest = one_case.by_digest,
                                       .written = one_case.by_digest ? digest('1') : "",
                                       .locked = one_case.locked});
    EXPECT_EQ(judgement.verdict, one_case.verdict)
        << to_string(judgement.verdict) << " " << (&one_case - table);
  }
}

TEST(Verdicts, OfTheTwoNamesOfAMove) {
  const auto index = [](char digit, std::vector<ManifestChild> children) {
    RegistryAnswer answer = found(digit);
    answer.children = std::move(children);
    return answer;
  };
  const ManifestChild amd{digest('a'), "linux/amd64", false}, arm{digest('b'), "linux/arm64", false};
  const ManifestChild attested{digest('c'), "", true};
  EXPECT_EQ(judge_target(found('1'), found('1')).verdict, Verdict::same);
  EXPECT_EQ(judge_target(found('1'), found('2')).verdict, Verdict::different);
  EXPECT_EQ(judge_target(index('1', {amd, arm, attested}), index('2', {arm, amd})).verdict,
            Verdict::equivalent);
  EXPECT_EQ(judge_target(index('1', {amd, arm}), index('2', {amd})).verdict, Verdict::different);
  EXPECT_EQ(judge_target(found('1'), failed(AnswerState::missing)).verdict, Verdict::missing);
  EXPECT_EQ(judge_target(failed(AnswerState::denied), found('1')).verdict, Verdict::denied);
}

TEST(Verdicts, TheOneOfARegistryThatWasGivenUpSaysSo) {
  RegistryAnswer answer = failed(AnswerState::error);
  answer.given_up = true;
  EXPECT_TRUE(judge({.tag = &answer}).given_up);
}

TEST(Versions, NewerOnesOfTheSameKindByTheirDistance) {
  struct Case {
    std::string tag;
    std::vector<std::string> tags;
    std::string newer;  ///< `patch 1.2.4, minor 1.3.0`
  };
  const Case table[] = {{"1.2.3",
                         {"1.2.3", "1.2.4", "1.2.10", "1.3.0", "1.10.0", "2.0.0", "10.0.0"},
                         "patch 1.2.10, minor 1.10.0, major 10.0.0"},
                        {"1.2.3", {"1.2.2", "1.1.9", "0.9.9", "latest", "stable"}, ""},
                        {"v1.2", {"1.3", "v1.3", "v2.0", "v1.3.1"}, "minor v1.3, major v2.0"},
                        {"20-alpine", {"21-alpine", "22", "22-bookworm", "22-alpine3.20"}, "major 21-alpine"},
                        {"3.20", {"20240101", "3.21", "20240101.1"}, "minor 3.21"},
                        {"20240101", {"20240301", "7"}, "major 20240301"},
                        {"24.04", {"24.10", "25.04"}, "minor 24.10, major 25.04"},
                        {"1.2.3-rc1", {"1.2.3", "1.2.4", "1.2.4-rc1"}, "patch 1.2.4-rc1"},
                        {"1.2.3.4", {"1.2.3.5"}, "patch 1.2.3.5"},
                        {"1.2.3.4.5", {"1.2.3.4.6"}, ""},
                        {"3a5f", {"4a5f", "4"}, ""},
                        {"latest", {"1", "2"}, ""},
                        {"99999999999999999999", {"99999999999999999999"}, ""},
                        {"release-7", {"release-8", "8"}, "major release-8"}};
  for (const Case& one : table) {
    std::string newer;
    for (const auto& [step, tag] : newer_tags(one.tag, one.tags))
      newer += (newer.empty() ? "" : ", ") + std::string(to_string(step)) + " " + tag;
    EXPECT_EQ(newer, one.newer) << one.tag;
  }
}

TEST(KeptAnswers, CountForAsLongAsTheyMay) {
  const RegistryQuestion question{.registry = "ghcr.io", .repository = "a/b", .reference = "1"};
  RegistryAnswer answer = found('1');
  answer.remaining = 7;
  AnswerCache cache;
  cache.add(question, answer, 1000);
  cache.add({.registry = "ghcr.io", .repository = "a/b", .reference = "2"}, failed(AnswerState::missing),
            1000);
  const AnswerCache again(cache.text(1000, 60));
  const auto kept = again.find(question, 1060, 60);
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->digest, digest('1'));
  EXPECT_EQ(kept->remaining, -1) << "it is no longer true";
  EXPECT_FALSE(again.find(question, 1061, 60));
  EXPECT_FALSE(again.find(question, 999, 60)) << "from the future";
  RegistryQuestion other = question;
  other.want = Want::manifest;
  EXPECT_FALSE(again.find(other, 1000, 60));
  other = question;
  other.reference = "2";
  EXPECT_FALSE(again.find(other, 1000, 60)) << "what was not found may be there by now";
  for (const char* text : {"", "[]", R"({"version":1})", R"({"version":2,"answers":{}})",
                           R"({"version":1,"answers":{"ghcr.io/a/b:1 digest":{"at":1000,"answer":"{}"}}})"})
    EXPECT_FALSE(AnswerCache(text).find(question, 1000, 60)) << text;
}

TEST(RegistriesConf, NamesItsInsecureHosts) {
  EXPECT_EQ(insecure_registries("[[registry]]\nlocation = 'a.example:5000/team'\ninsecure = true\n"
                                "[[registry]]\nprefix = 'b.example'\ninsecure = true\n"
                                "[[registry]]\nprefix = 'x'\nlocation = 'c.example'\ninsecure = true\n"
                                "[[registry]]\nlocation = 'd.example'\ninsecure = false\n"
                                "[[registry]]\nlocation = 'e.example'\n"),
            (std::vector<std::string>{"a.example:5000", "b.example", "c.example"}));
  for (const char* text : {"", "no toml", "registry = 1", "[[registry]]\ninsecure = 'yes'\nlocation = 'a'"})
    EXPECT_TRUE(insecure_registries(text).empty()) << text;
}

}  // namespace
}  // namespace imglint
