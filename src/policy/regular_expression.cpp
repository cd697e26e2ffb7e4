#include "policy/regular_expression.hpp"

#include <regex>

namespace imglint {
namespace {

// The library compiles and matches by recursion, a step for each character.
constexpr std::size_t longest_expression = 500;
constexpr std::size_t longest_text = 500;

std::regex compile(std::string_view expression) {
  auto flags = std::regex::ECMAScript;
#ifdef __GLIBCXX__
  // Breadth first: `(a|a)*b` would else take twice as long with every further `a`.
  flags |= std::regex_constants::__polynomial;
#endif
  return std::regex(std::string(expression), flags);
}

}  // namespace

std::optional<std::string> fault_of_expression(std::string_view expression) {
  if (expression.empty()) return "nothing, so it matches everything";
  if (std::string_view("*+?").find(expression.front()) != std::string_view::npos)
    return "nothing to repeat before '" + std::string(expression.substr(0, 1)) + "'";
  if (expression.size() > longest_expression) return "more than 500 bytes";
  try {
    (void)compile(expression);
    return std::nullopt;
  } catch (const std::regex_error& error) {
    using namespace std::regex_constants;
    if (error.code() == error_brack) return "a '[' without its ']'";
    if (error.code() == error_paren) return "a '(' or ')' without the other";
    if (error.code() == error_brace || error.code() == error_badbrace) return "a faulty '{…}'";
    if (error.code() == error_badrepeat) return "nothing to repeat before '*', '+', '?' or '{'";
    if (error.code() == error_complexity) return "a back-reference, which is not supported";
    if (error.code() == error_escape) return "an unknown escape after '\\'";
    if (error.code() == error_range) return "a faulty range between '[' and ']'";
    return "something that is too large or not of ECMAScript's grammar";
  }
}

std::optional<bool> contains_match(std::string_view text, std::string_view expression) {
  if (expression.size() > longest_expression) return std::nullopt;
  try {
    const std::string part(text.substr(0, longest_text));
    return std::regex_search(part, compile(expression));
  } catch (const std::regex_error&) {
    return std::nullopt;
  }
}

}  // namespace imglint
