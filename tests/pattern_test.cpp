// Patterns of images, as allow lists, deny lists and exceptions use them.
#include "policy/pattern.hpp"

#include <gtest/gtest.h>

#include "base/glob.hpp"
#include "reference/parse.hpp"

namespace imglint {
namespace {

ImageName name_of(std::string_view text) {
  const ReferenceParse parse = parse_reference(text);
  const Reference* reference = std::get_if<Reference>(&parse);
  EXPECT_TRUE(reference) << text;
  return reference ? image_name(canonical(*reference, text)) : ImageName{};
}

struct MatchCase {
  std::string_view pattern;
  std::string_view reference;
  bool matches;
};

constexpr MatchCase match_cases[] = {
    // A path with stars.
    {"ghcr.io/acme/**", "ghcr.io/acme/app", true},
    {"ghcr.io/acme/**", "ghcr.io/acme/team/app:1", true},
    {"ghcr.io/acme/**", "ghcr.io/acme", false},
    {"ghcr.io/acme/**", "ghcr.io/acmeevil/app", false},
    {"ghcr.io/acme/**", "ghcr.io/evil/acme/app", false},
    {"ghcr.io/acme/**", "ghcr.io.evil.com/acme/app", false},
    {"ghcr.io/acme/**", "evil.com/ghcr.io/acme/app", false},
    {"ghcr.io/acme/**", "evil/ghcr.io/acme/app", false},
    {"ghcr.io/acme/**", "ghcr.io:443/acme/app", false},
    {"ghcr.io/acme/*", "ghcr.io/acme/app", true},
    {"ghcr.io/acme/*", "ghcr.io/acme/team/app", false},
    {"ghcr.io/acme/team-*", "ghcr.io/acme/team-a", true},
    {"ghcr.io/acme/team-*", "ghcr.io/acme/team-a/b", false},
    {"ghcr.io/acme/team-**", "ghcr.io/acme/team-a/b", true},
    {"ghcr.io/*/app", "ghcr.io/acme/app", true},
    {"ghcr.io/*/app", "ghcr.io/a/b/app", false},
    {"ghcr.io/**/app", "ghcr.io/a/b/app", true},
    {"ghcr.io/acme/app", "ghcr.io/acme/app:1.2", true},
    {"ghcr.io/acme/app", "ghcr.io/acme/apple", false},
    // A host alone.
    {"ghcr.io", "ghcr.io/acme/app", true},
    {"ghcr.io", "ghcr.io:443/acme/app", false},
    {"registry.example.com:5000", "registry.example.com:5000/app", true},
    {"registry.example.com:5000", "registry.example.com/app", false},
    {"localhost:5000", "localhost:5000/app", true},
    {"registry:5000/**", "registry:5000/app", true},
    // Stars in a host.
    {"*.example.com/**", "a.example.com/app", true},
    {"*.example.com/**", "a.b.example.com/app", false},
    {"*.example.com/**", "example.com/app", false},
    {"*.example.com/**", "evilexample.com/app", false},
    {"*.example.com/**", "a.example.com.evil.net/app", false},
    {"*.example.com/**", "a.example.com:5000/app", false},
    {"**.example.com/**", "a.b.example.com/app", true},
    {"123456789012.dkr.ecr.*.amazonaws.com/**", "123456789012.dkr.ecr.eu-west-1.amazonaws.com/x", true},
    // Docker Hub under all its names.
    {"docker.io/library/*", "nginx:1.27", true},
    {"docker.io/library/*", "docker.io/nginx", true},
    {"docker.io/library/*", "index.docker.io/library/nginx", true},
    {"docker.io/library/*", "registry-1.docker.io/library/nginx", true},
    {"docker.io/library/*", "acme/nginx", false},
    {"index.docker.io/acme/*", "acme/app", true},
    {"nginx", "nginx:1.27", true},
    {"nginx", "docker.io/library/nginx", true},
    {"nginx", "acme/nginx", false},
    {"nginx", "ghcr.io/library/nginx", false},
    {"acme/*", "docker.io/acme/app", true},
    {"acme/*", "ghcr.io/acme/app", false},
    {"library/*", "nginx", true},
    {"docker.io", "acme/app", true},
    {"docker.io/*", "nginx", true},
    {"docker.io/*", "acme/app", false},
    // Tags and digests.
    {"docker.io/library/node:22*", "node:22-alpine", true},
    {"docker.io/library/node:22*", "node:20", false},
    {"docker.io/library/node:22*", "node", false},
    {"node:22*", "node:22.1", true},
    {"node:22", "node:22.1", false},
    {"node@sha256:*", "node:22", false},
    {"node@sha256:*", "node:22@sha256:beefdbd8a1da6d2915566fde36db9db0b524eb737fc57cd1367effd16dc0d06d",
     true},
    // Any registry.
    {"**", "ghcr.io/acme/app", true},
    {"**", "nginx", true},
    {"**/nginx", "ghcr.io/acme/nginx", true},
    {"**/nginx", "nginx", true},
    {"**/nginx", "ghcr.io/acme/notnginx", false},
    // The case of a host does not matter here.
    {"ghcr.io/acme/**", "GHCR.io/acme/app", true},
    {"GHCR.IO/acme/**", "ghcr.io/acme/app", true},
    // A capital makes a host.
    {"acme/*", "Acme/app", false},
    // IPv6.
    {"[::1]:5000/**", "[::1]:5000/app", true},
};

TEST(Pattern, MatchesWholeLabelsAndComponents) {
  for (const MatchCase& test : match_cases) {
    const Result<Pattern> pattern = Pattern::parse(test.pattern);
    ASSERT_TRUE(pattern) << test.pattern << ": " << pattern.error().message;
    EXPECT_EQ(pattern->matches(name_of(test.reference)), test.matches)
        << test.pattern << " " << test.reference;
  }
}

struct RefusedCase {
  std::string_view pattern;
  std::string_view message;
};

constexpr RefusedCase refused_cases[] = {
    {"", "an empty pattern can never match"},
    {"https://ghcr.io/acme", "pattern 'https://ghcr.io/acme' can never match: it has a scheme"},
    {"ghcr.io/Acme/*",
     "pattern 'ghcr.io/Acme/*' can never match: it has upper-case letters in 'Acme', which no repository "
     "has"},
    {"ghcr.io//app", "pattern 'ghcr.io//app' can never match: it has an empty path component"},
    {"ghcr.io/acme/", "pattern 'ghcr.io/acme/' can never match: it has an empty path component"},
    {"ghcr.io/a b", "pattern 'ghcr.io/a b' can never match: it has white space"},
    {"ghcr.io/a?b", "pattern 'ghcr.io/a?b' can never match: it has '?', which no repository has"},
    {"my_reg.example.com/*", "pattern 'my_reg.example.com/*' can never match: it has '_', which no host has"},
    {"node:", "pattern 'node:' can never match: it has an empty tag"},
    {"node@", "pattern 'node@' can never match: it has an empty digest"},
    {".example.com/app", "pattern '.example.com/app' can never match: it has an empty host label"},
};

TEST(Pattern, RefusesWhatCanNeverMatch) {
  for (const RefusedCase& test : refused_cases) {
    const Result<Pattern> pattern = Pattern::parse(test.pattern);
    ASSERT_FALSE(pattern) << test.pattern;
    EXPECT_EQ(pattern.error().message, test.message);
  }
}

/// Each is narrower than the next.
constexpr std::string_view narrowest_first[] = {
    "registry.example.com/acme/app:1.2",
    "registry.example.com/acme/app",
    "registry.example.com/acme/a*",
    "registry.example.com/acme/*",
    "registry.example.com/acme/**",
    "registry.example.com/**",
    "ghcr.io/**",
    "*.example.com/acme/app",
    "*.example.com/**",
    "**",
};

TEST(Pattern, OrdersBySpecificity) {
  for (std::size_t i = 1; i < std::size(narrowest_first); ++i) {
    const auto narrow = Pattern::parse(narrowest_first[i - 1]);
    const auto wide = Pattern::parse(narrowest_first[i]);
    ASSERT_TRUE(narrow && wide);
    EXPECT_GT(narrow->specificity(), wide->specificity())
        << narrowest_first[i - 1] << " " << narrowest_first[i];
  }
}

TEST(Glob, MatchesLikeTheTextbookOnAllShortStrings) {
  // Against a matcher written the slow and obvious way.
  struct Slow {
    static bool matches(std::string_view p, std::string_view t) {
      if (p.empty()) return t.empty();
      if (p.starts_with("**")) {
        for (std::size_t n = 0; n <= t.size(); ++n)
          if (matches(p.substr(2), t.substr(n))) return true;
        return false;
      }
      if (p.front() == '*') {
        for (std::size_t n = 0; n <= t.size(); ++n) {
          if (matches(p.substr(1), t.substr(n))) return true;
          if (n < t.size() && t[n] == '/') return false;
        }
        return false;
      }
      return !t.empty() && p.front() == t.front() && matches(p.substr(1), t.substr(1));
    }
  };
  const auto words = [](std::string_view alphabet, std::size_t longest) {
    std::vector<std::string> all = {""};
    for (std::size_t begin = 0, length = 0; length < longest; ++length) {
      const std::size_t end = all.size();
      for (std::size_t i = begin; i < end; ++i)
        for (const char c : alphabet) all.push_back(all[i] + c);
      begin = end;
    }
    return all;
  };
  const auto texts = words("ab/", 5);
  for (const std::string& pattern : words("ab/*", 5))
    for (const std::string& text : texts)
      ASSERT_EQ(glob_matches(pattern, text, "/"), Slow::matches(pattern, text)) << pattern << " " << text;
}

}  // namespace
}  // namespace imglint
