// Lists of patterns and words, found by an index: the same as asking each of them.
#include "policy/pattern_list.hpp"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "base/edit_distance.hpp"
#include "policy/near_words.hpp"

namespace imglint::test {
namespace {

std::string one_of(std::mt19937& random, const std::vector<std::string>& words) {
  return words[random() % words.size()];
}

TEST(PatternList, FindsWhatEachPatternByItselfMatches) {
  const std::vector<std::string> hosts = {"",         "ghcr.io/",   "*.io/",         "**/",
                                          "r.a.com/", "r*.a.com/",  "*.a.com:5000/", "localhost:5000/",
                                          "quay.io/", "docker.io/", "g*.io/"};
  const std::vector<std::string> paths = {"a",  "ab", "a/b",   "a/*",  "a/**",     "*/b",
                                          "**", "a*", "ab*/b", "**/b", "library/a"};
  const std::vector<std::string> tags = {"", "", "", ":1", ":1*", ":*"};
  const std::vector<std::string> registries = {"docker.io", "ghcr.io",      "quay.io",        "r.a.com",
                                               "rx.a.com",  "x.a.com:5000", "localhost:5000", "io"};
  const std::vector<std::string> repositories = {"a", "ab", "a/b", "abc/b", "a/b/c", "library/a", "x/b"};
  std::mt19937 random(7);
  std::size_t matches = 0;
  for (int round = 0; round < 3000; ++round) {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < 1 + random() % 12; ++i)
      texts.push_back(one_of(random, hosts) + one_of(random, paths) + one_of(random, tags));
    PatternList list;
    for (std::uint32_t i = 0; i < texts.size(); ++i) list.add(texts[i], i);
    list.finish();
    const ImageName name{one_of(random, registries), one_of(random, repositories),
                         one_of(random, {"", "1", "12", "x"}), ""};
    std::vector<std::uint32_t> expected;
    bool any_host = false;
    for (std::uint32_t i = 0; i < texts.size(); ++i) {
      const auto pattern = Pattern::parse(texts[i]);
      if (!pattern) continue;
      if (pattern->matches(name)) expected.push_back(i);
      any_host = any_host || pattern->matches_registry(name.registry);
    }
    EXPECT_EQ(list.owners_of_matches(name), expected) << name.to_string();
    EXPECT_EQ(list.matches_any(name), !expected.empty()) << name.to_string();
    EXPECT_EQ(list.matches_registry(name.registry), any_host) << name.registry;
    matches += expected.size();
  }
  EXPECT_GT(matches, 500u);
}

TEST(NearWords, FindsWhatIsOneEditAway) {
  std::mt19937 random(7);
  const auto word = [&] {
    std::string text;
    for (std::size_t i = 0; i < random() % 6; ++i) text += static_cast<char>('a' + random() % 3);
    return text;
  };
  for (int round = 0; round < 500; ++round) {
    std::vector<std::string> words;
    NearWords near;
    for (std::size_t i = 0; i < random() % 20; ++i) near.add(words.emplace_back(word()));
    near.finish();
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    const std::string asked = word();
    std::vector<std::string> expected;
    for (const std::string& each : words)
      if (edit_distance(asked, each) == 1) expected.push_back(each);
    EXPECT_EQ(near.near(asked), expected) << asked;
    EXPECT_EQ(near.has(asked), std::binary_search(words.begin(), words.end(), asked)) << asked;
  }
}

TEST(EditDistance, IsTheSameUpToALimitAndAboveItBeyond) {
  std::mt19937 random(11);
  const auto word = [&] {
    std::string text;
    for (std::size_t i = random() % 9; i > 0; --i) text += static_cast<char>('a' + random() % 3);
    return text;
  };
  for (int round = 0; round < 5000; ++round) {
    const std::string a = word(), b = word();
    const std::size_t whole = edit_distance(a, b);
    for (std::size_t most = 0; most < 10; ++most) {
      const std::size_t within = edit_distance(a, b, most);
      EXPECT_TRUE(whole <= most ? within == whole : within > most) << a << " " << b << " " << most;
    }
  }
}

}  // namespace
}  // namespace imglint::test
