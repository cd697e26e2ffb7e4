// Every short string, judged once more by the library's own words: its regular expressions and its splitting,
// written down independently of our grammar and our state table.
#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <regex.h>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "reference/parse.hpp"

namespace imglint {
namespace {

constexpr std::size_t longest = 6;
constexpr std::string_view symbols = "aA0._-/:[]";

class Regex {
 public:
  explicit Regex(const std::string& pattern) {
    const int error = regcomp(&regex_, ("^(" + pattern + ")$").c_str(), REG_EXTENDED | REG_NOSUB);
    EXPECT_EQ(error, 0) << pattern;
  }
  Regex(const Regex&) = delete;
  Regex& operator=(const Regex&) = delete;
  ~Regex() { regfree(&regex_); }
  [[nodiscard]] bool matches(const std::string& text) const {
    return regexec(&regex_, text.c_str(), 0, nullptr, 0) == 0;
  }

 private:
  regex_t regex_{};
};

// The expressions of the library's regexp.go, without digests: no symbol above can start one.
const std::string label = "([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
const std::string domain = "(" + label + "(\\." + label + ")*|\\[[a-fA-F0-9:]+\\])(:[0-9]+)?";
const std::string component = "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*";
const std::string name = "(" + domain + "/)?" + component + "(/" + component + ")*";
const Regex is_domain{domain};
const Regex is_reference{name + "(:[a-zA-Z0-9_][a-zA-Z0-9_.-]*)?"};

/// What turns any beginning of a reference into a whole one, whatever it broke off in.
constexpr std::array<const char*, 7> endings = {"", "a", "a/a", "0/a", "/a", "]/a", "0]/a"};

bool can_go_on(const std::string& begun) {
  return std::any_of(endings.begin(), endings.end(),
                     [&](const char* ending) { return is_reference.matches(begun + ending); });
}

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

/// `registry|namespace|name|tag`, or `kind@offset`.
std::string dump(const ReferenceParse& parse, std::string_view text) {
  if (const auto* error = std::get_if<ReferenceError>(&parse))
    return std::string(to_string(error->kind)) + '@' + std::to_string(error->offset);
  const auto& reference = std::get<Reference>(parse);
  const auto part = [&](const std::optional<TextRange>& range) {
    return range ? std::string(range->of(text)) : std::string("-");
  };
  return part(reference.registry) + '|' + part(reference.name_space) + '|' + part(reference.name) + '|' +
         part(reference.tag) + (reference.digest ? "|digest" : "");
}

/// The same of a text that the expression accepts; `path` is where the domain has ended.
std::string parts(const std::string& text, std::size_t path) {
  const std::string registry = path > 0 ? text.substr(0, path - 1) : "-";
  std::string rest = text.substr(path);
  const auto colon = rest.find(':');
  const std::string tag = colon == std::string::npos ? "-" : rest.substr(colon + 1);
  rest = rest.substr(0, colon);
  const auto slash = rest.rfind('/');
  const std::string name_space = slash == std::string::npos ? "-" : rest.substr(0, slash);
  return registry + '|' + name_space + '|' + (slash == std::string::npos ? rest : rest.substr(slash + 1)) +
         '|' + tag;
}

std::size_t domain_end(const std::string& text) {
  const auto slash = text.find('/');
  return slash != std::string::npos && is_domain.matches(text.substr(0, slash)) ? slash + 1 : 0;
}

std::size_t first_capital(const std::string& text, std::size_t from) {
  return static_cast<std::size_t>(std::find_if(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(),
                                               [](char c) { return c >= 'A' && c <= 'Z'; }) -
                                  text.begin());
}

std::string at(const char* kind, std::size_t offset) {
  return std::string(kind) + '@' + std::to_string(offset);
}

/// Parse. `dead` is the length of the longest beginning that can go on.
std::string expected_bare(const std::string& text, std::size_t dead) {
  if (text.empty()) return at("empty", 0);
  if (is_reference.matches(text)) return parts(text, domain_end(text));
  if (is_reference.matches(lower(text))) return at("uppercase", first_capital(text, domain_end(lower(text))));
  return at("format", dead);
}

/// ParseNormalizedNamed: rebuild the text as the library does, then Parse that. `dead_on_hub` is as `dead`,
/// for the text behind `docker.io/`.
std::string expected(const std::string& text, std::size_t dead, std::size_t dead_on_hub) {
  const auto slash = text.find('/');
  const std::string first = text.substr(0, slash == std::string::npos ? 0 : slash);
  const bool host = slash != std::string::npos && (first.find_first_of(".:") != std::string::npos ||
                                                   first == "localhost" || lower(first) != first);
  const std::size_t remainder = host ? slash + 1 : 0;
  const std::string head = text.substr(0, text.find(':', remainder));
  if (first_capital(head, remainder) < head.size()) return at("uppercase", first_capital(head, remainder));
  if (host) return expected_bare(text, dead);
  const std::string rebuilt = (slash == std::string::npos ? "docker.io/library/" : "docker.io/") + text;
  return is_reference.matches(rebuilt) ? parts(text, 0) : at("format", dead_on_hub);
}

struct Dead {
  std::size_t bare;
  std::size_t hub;
  bool bare_alive = true;
  bool hub_alive = true;
};

/// Depth first, so that what every beginning can become is asked once.
void check_all(std::string& text, Dead dead, std::size_t& count) {
  if (dead.bare_alive && (dead.bare_alive = can_go_on(text))) dead.bare = text.size();
  if (dead.hub_alive && (dead.hub_alive = can_go_on("docker.io/" + text))) dead.hub = text.size();
  ASSERT_EQ(dump(parse_bare_reference(text), text), expected_bare(text, dead.bare)) << text;
  ASSERT_EQ(dump(parse_reference(text), text), expected(text, dead.bare, dead.hub)) << text;
  ++count;
  if (text.size() == longest) return;
  for (const char symbol : symbols) {
    text.push_back(symbol);
    check_all(text, dead, count);
    text.pop_back();
    if (testing::Test::HasFatalFailure()) return;
  }
}

TEST(ReferenceOracle, EveryShortStringIsJudgedAsTheLibraryDoes) {
  std::string text;
  std::size_t count = 0;
  check_all(text, {0, 0}, count);
  EXPECT_EQ(count, 1'111'111u);
}

}  // namespace
}  // namespace imglint
