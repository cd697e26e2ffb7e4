#include "policy/regular_expression.hpp"

#include <algorithm>
#include <array>
#include <re2/re2.h>

#include "base/quote.hpp"

namespace imglint {
namespace {

constexpr std::size_t longest_expression = 500;
constexpr std::size_t longest_text = 500;
/// Bytes that one expression and its tables may take.
constexpr std::int64_t most_memory = std::int64_t{1} << 20;

RE2::Options options() {
  RE2::Options result;
  result.set_log_errors(false);
  result.set_max_mem(most_memory);
  return result;
}

/// Parts of ECMAScript's grammar that would need more than linear time.
std::optional<std::string> fault_of_group(std::string_view expression, std::size_t open) {
  struct Form {
    std::string_view begin, what;
  };
  constexpr std::array<Form, 5> forms = {{{"(?=", "a look ahead"},
                                          {"(?!", "a look ahead"},
                                          {"(?<=", "a look behind"},
                                          {"(?<!", "a look behind"},
                                          {"(?<", "a named group"}}};
  for (const Form& form : forms)
    if (expression.substr(open).starts_with(form.begin))
      return std::string(form.what) + " '" + std::string(form.begin) + "', which is not supported";
  return std::nullopt;
}

/// `{2}`, `{2,}` or `{2,3}` at the front; RE2 would take any other brace for itself.
bool begins_with_count(std::string_view text) {
  constexpr std::string_view digits = "0123456789";
  std::size_t at = text.find_first_not_of(digits, 1);
  if (at == 1 || at == text.npos) return false;
  if (text[at] == ',') at = text.find_first_not_of(digits, at + 1);
  return at != text.npos && text[at] == '}';
}

/// What RE2 would not name, or would take in another sense than ECMAScript.
std::optional<std::string> fault_of_form(std::string_view expression) {
  bool in_class = false;
  for (std::size_t at = 0; at < expression.size(); ++at) {
    const char c = expression[at];
    if (c == '\\' && at + 1 < expression.size()) {
      const char escaped = expression[++at];
      if (!in_class && escaped >= '1' && escaped <= '9')
        return "a back-reference '\\" + std::string(1, escaped) + "', which is not supported";
      if (escaped == 'u' || escaped == 'c' || escaped == 'k')
        return "an escape '\\" + std::string(1, escaped) + "', which is not supported";
    } else if (in_class) {
      in_class = c != ']';
    } else if (c == '[') {
      in_class = true;
      if (at + 1 < expression.size() && expression[at + 1] == '^') ++at;
      if (at + 1 < expression.size() && expression[at + 1] == ']') ++at;  // as RE2 has it
    } else if (c == '(') {
      if (auto fault = fault_of_group(expression, at)) return fault;
    } else if (c == '{' && !begins_with_count(expression.substr(at))) {
      return "a faulty '{…}'";
    }
  }
  return std::nullopt;
}

std::string fault_of_code(const RE2& expression) {
  const std::string part = quote(expression.error_arg());
  switch (expression.error_code()) {
    case RE2::ErrorMissingBracket:
      return "a '[' without its ']'";
    case RE2::ErrorMissingParen:
    case RE2::ErrorUnexpectedParen:
      return "a '(' or ')' without the other";
    case RE2::ErrorRepeatArgument:
      return "nothing to repeat before " + part;
    case RE2::ErrorRepeatSize:
      return "a repetition " + part + " of more than 1000";
    case RE2::ErrorRepeatOp:
      return part + ", which repeats a repetition";
    case RE2::ErrorBadEscape:
    case RE2::ErrorTrailingBackslash:
      return "an unknown escape " + part;
    case RE2::ErrorBadCharClass:
      return "an unknown class " + part;
    case RE2::ErrorBadCharRange:
      return "a faulty range " + part + " between '[' and ']'";
    case RE2::ErrorBadPerlOp:
    case RE2::ErrorBadNamedCapture:
      return part + ", which is not supported";
    case RE2::ErrorBadUTF8:
      return "something that is no UTF-8";
    case RE2::ErrorPatternTooLarge:
      return "something that is too large";
    case RE2::NoError:
    case RE2::ErrorInternal:
      break;
  }
  return "something that is not understood";
}

}  // namespace

std::optional<std::string> fault_of_expression(std::string_view expression) {
  if (expression.empty()) return "nothing, so it matches everything";
  if (expression.size() > longest_expression) return "more than 500 bytes";
  if (auto fault = fault_of_form(expression)) return fault;
  const RE2 parsed(re2::StringPiece(expression.data(), expression.size()), options());
  if (parsed.ok()) return std::nullopt;
  return fault_of_code(parsed);
}

struct RegularExpressions::Compiled {
  explicit Compiled(std::string_view text)
      : expression(re2::StringPiece(text.data(), text.size()), options()) {}
  RE2 expression;
};

RegularExpressions::RegularExpressions() = default;
RegularExpressions::RegularExpressions(const RegularExpressions& other) {
  for (const auto& entry : other.compiled_) add(entry.first);
}
RegularExpressions::RegularExpressions(RegularExpressions&&) noexcept = default;
RegularExpressions& RegularExpressions::operator=(RegularExpressions other) noexcept {
  compiled_ = std::move(other.compiled_);
  return *this;
}
RegularExpressions::~RegularExpressions() = default;

void RegularExpressions::add(std::string_view expression) {
  if (compiled_.contains(expression) || fault_of_expression(expression)) return;
  compiled_.emplace(expression, std::make_unique<Compiled>(expression));
}

std::optional<bool> RegularExpressions::contains_match(std::string_view text,
                                                       std::string_view expression) const {
  const auto found = compiled_.find(expression);
  if (found == compiled_.end()) return std::nullopt;
  const std::string_view part = text.substr(0, longest_text);
  return RE2::PartialMatch(re2::StringPiece(part.data(), part.size()), found->second->expression);
}

}  // namespace imglint
