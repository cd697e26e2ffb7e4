// The meaning of references: digests, forms, what round-trips, and that hostile input costs linear time.
#include <algorithm>
#include <ctime>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "reference/parse.hpp"

namespace imglint {
namespace {

std::string hex(std::size_t digits) {
  std::string text;
  while (text.size() < digits) text += "0123456789abcdef";
  return text.substr(0, digits);
}

std::string outcome(const ReferenceParse& parsed) {
  const auto* error = std::get_if<ReferenceError>(&parsed);
  return error ? std::string(to_string(error->kind)) + '@' + std::to_string(error->offset) : "ok";
}

TEST(Reference, DigestsAreJudgedByAlgorithmLengthAndCase) {
  const struct {
    std::string digest;
    std::string_view outcome;
  } cases[] = {
      {"sha256:" + hex(64), "ok"},
      {"sha384:" + hex(96), "ok"},
      {"sha512:" + hex(128), "ok"},
      {"sha256:" + hex(63), "digest_length@9"},
      {"sha256:" + hex(65), "digest_length@9"},
      {"sha256:" + hex(32), "digest_length@9"},
      {"sha256:" + hex(31), "format@40"},
      {"sha384:" + hex(64), "digest_length@9"},
      {"sha512:" + hex(64), "digest_length@9"},
      {"sha256:" + hex(63) + "F", "digest_format@72"},
      {"sha256:F" + hex(62), "digest_length@9"},
      {"Sha256:" + hex(64), "digest_format@2"},
      {"shA256:" + hex(63), "digest_format@4"},
      {"md5:" + hex(32), "digest_unsupported@2"},
      {"md5:" + hex(31) + "F", "digest_unsupported@2"},
      {"MD5:" + hex(32), "digest_format@2"},
      {"sha256+b64:" + hex(64), "digest_unsupported@2"},
      {"a.b_c-d+e:" + hex(64), "digest_unsupported@2"},
      {"a..b:" + hex(64), "format@4"},
      {"sha3-256:" + hex(64), "format@7"},
      {"sha256" + hex(64), "format@72"},
      {"sha256:" + hex(64) + "g", "format@73"},
      {":" + hex(64), "format@2"},
      {"", "format@2"},
  };
  for (const auto& one : cases) {
    EXPECT_EQ(outcome(parse_bare_reference("a@" + one.digest)), one.outcome) << one.digest;
    // With a tag in front the case of a name is no question: both calls agree, two bytes on.
    const std::string bare = outcome(parse_bare_reference("a:t@" + one.digest));
    EXPECT_EQ(outcome(parse_reference("a:t@" + one.digest)), bare);
    EXPECT_EQ(any_digest(one.digest).has_value(), one.outcome == "ok") << one.digest;
  }
}

TEST(Reference, AnIdentifierIsADigestOnlyWhereImageIdsAreTaken) {
  EXPECT_EQ(any_digest(hex(64)), "sha256:" + hex(64));
  EXPECT_EQ(any_digest(hex(63)), std::nullopt);
  EXPECT_EQ(any_digest("app@sha256:" + hex(64)), std::nullopt);
  EXPECT_EQ(outcome(parse_reference(hex(64))), "identifier@0");
  EXPECT_EQ(outcome(parse_reference("sha256:" + hex(64))), "ok");
}

/// `registry|namespace|name|tag|digest` as spelled.
std::string spelled(std::string_view text) {
  const auto reference = std::get<Reference>(parse_reference(text));
  const auto part = [&](const std::optional<TextRange>& range) {
    return range ? std::string(range->of(text)) : std::string("-");
  };
  return part(reference.registry) + '|' + part(reference.name_space) + '|' + part(reference.name) + '|' +
         part(reference.tag) + '|' + part(reference.digest);
}

/// `registry|library|repository|tag|digest` as meant.
std::string meant(std::string_view text) {
  const CanonicalView view = canonical_view(std::get<Reference>(parse_reference(text)), text);
  std::string result;
  for (const std::string_view part : {view.registry, view.library, view.repository, view.tag, view.digest})
    result.append(part).append("|");
  result.pop_back();
  return result;
}

TEST(Reference, PartsAreAsSpelledAndMeaningHasTheDefaults) {
  const struct {
    std::string_view text;
    std::string_view spelled;
    std::string_view meant;
  } cases[] = {
      {"nginx", "-|-|nginx|-|-", "docker.io|library/|nginx||"},
      {"library/nginx:1", "-|library|nginx|1|-", "docker.io||library/nginx|1|"},
      {"acme/team/app", "-|acme/team|app|-|-", "docker.io||acme/team/app||"},
      {"docker.io/nginx", "docker.io|-|nginx|-|-", "docker.io|library/|nginx||"},
      {"index.docker.io/acme/app", "index.docker.io|acme|app|-|-", "docker.io||acme/app||"},
      {"Docker.io/app", "Docker.io|-|app|-|-", "Docker.io||app||"},
      {"localhost/app", "localhost|-|app|-|-", "localhost||app||"},
      {"localhost:5000", "-|-|localhost|5000|-", "docker.io|library/|localhost|5000|"},
      {"localhost:5000/a/b:1", "localhost:5000|a|b|1|-", "localhost:5000||a/b|1|"},
      {"[::1]:80/app", "[::1]:80|-|app|-|-", "[::1]:80||app||"},
      {"Acme/app", "Acme|-|app|-|-", "Acme||app||"},
      {"my_reg.example.com/app", "-|my_reg.example.com|app|-|-", "||my_reg.example.com/app||"},
  };
  for (const auto& one : cases) {
    EXPECT_EQ(spelled(one.text), one.spelled);
    EXPECT_EQ(meant(one.text), one.meant) << one.text;
  }
}

CanonicalReference canonical_of(const std::string& text) {
  return canonical(std::get<Reference>(parse_reference(text)), text);
}

TEST(Reference, TheFamiliarFormIsSafeOnlyWhereItMeansTheSame) {
  const struct {
    std::string text;
    std::string familiar;
    bool round_trips;
  } cases[] = {
      {"docker.io/library/nginx:1", "nginx:1", true},
      {"docker.io/acme/app", "acme/app", true},
      {"docker.io/library/acme/app", "library/acme/app", true},
      {"ghcr.io/acme/app", "ghcr.io/acme/app", true},
      {"my_reg.example.com/app", "my_reg.example.com/app", true},
      {"docker.io/example.com/app", "example.com/app", false},
      {"docker.io/localhost/app", "localhost/app", false},
      {"docker.io/docker.io/coredns", "docker.io/coredns", false},
      {"docker.io/index.docker.io/app", "index.docker.io/app", false},
      {"docker.io/library/" + hex(64), hex(64), false},
      {"docker.io/library/" + hex(64) + ":1", hex(64) + ":1", true},
  };
  for (const auto& one : cases) {
    EXPECT_EQ(canonical_of(one.text).familiar(), one.familiar);
    EXPECT_EQ(familiar_round_trips(canonical_of(one.text)), one.round_trips) << one.text;
  }
}

/// Processor time, least of some passes, in clock ticks.
template <class Work>
std::clock_t least_cost(Work work) {
  std::clock_t least = 0;
  for (int pass = 0; pass < 7; ++pass) {
    const std::clock_t begin = std::clock();
    work();
    const std::clock_t spent = std::clock() - begin;
    least = pass == 0 ? spent : std::min(least, spent);
  }
  return least;
}

/// Of both parses of a faulty text and of explaining it.
std::clock_t cost(const std::string& text) {
  return least_cost([&] {
    const ReferenceParse parsed = parse_reference(text);
    EXPECT_EQ(parse_bare_reference(text).index(), parsed.index());
    EXPECT_FALSE(message(std::get<ReferenceError>(parsed), text).empty());
  });
}

std::string repeat(std::string_view unit, std::size_t size) {
  std::string text;
  while (text.size() < size) text += unit;
  return text;
}

TEST(Reference, TimeGrowsLinearlyOnHostileInput) {
  const struct {
    std::string_view head, unit, tail;
  } shapes[] = {
      {"", "a", "!"},
      {"", "a-", "!"},
      {"a", "-", "!"},
      {"a.", "b.", "!"},
      {"A.", "B-C.", "!"},
      {"", "a/", "!"},
      {"a.b/", "c_d/", "!"},
      {"a:", "1", "/"},
      {"[", ":", "!"},
      {"a:1@", "b+", "!"},
      {"a@sha256:", "0", "!"},
      {"", "$", "!"},
      {"", "\xef\xbc\x9a", "!"},
      {"a", " ", "!"},
      {"", "${", ""},
      {"a", "_", "!"},
      {"", "A", "!"},
      {"", ":", "/"},
      {"", "/", ""},
      {"x/", "a", "A"},
  };
  constexpr std::size_t size = 20'000;
  constexpr std::size_t factor = 8;
  for (const auto& shape : shapes) {
    const auto text = [&](std::size_t length) {
      return std::string(shape.head) + repeat(shape.unit, length) + std::string(shape.tail);
    };
    const std::clock_t small = std::max<std::clock_t>(cost(text(size)), CLOCKS_PER_SEC / 20'000);
    // Quadratic time would give 64.
    EXPECT_LT(cost(text(size * factor)), small * 3 * static_cast<std::clock_t>(factor))
        << shape.head << shape.unit << shape.tail;
  }
}

#if defined(NDEBUG)
TEST(Reference, AHundredThousandLettersAndAFaultTakeLessThanAMillisecond) {
  const std::string text = std::string(100'000, 'a') + '!';
  const auto parse = [&] { EXPECT_EQ(outcome(parse_reference(text)), "format@100000"); };
  EXPECT_LT(least_cost(parse), CLOCKS_PER_SEC / 1000);
}
#endif

}  // namespace
}  // namespace imglint
