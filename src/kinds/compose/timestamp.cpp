#include "kinds/compose/timestamp.hpp"

#include <algorithm>
#include <initializer_list>
#include <string>

#include "base/ascii.hpp"
#include "base/date.hpp"

namespace imglint::compose {
namespace {

bool is_word_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

/// `0x1F`, `0o17`, `0b1`, `017`, `1_000`, of either sign.
bool is_integer(std::string_view text) {
  std::string digits(text);
  std::erase(digits, '_');
  std::string_view rest = digits;
  if (rest.starts_with('-') || rest.starts_with('+')) rest.remove_prefix(1);
  std::string_view known = "0123456789";
  const std::string_view prefix = rest.substr(0, 2);
  if (is_word_of(prefix, {"0x", "0X"})) known = "0123456789abcdefABCDEF";
  if (is_word_of(prefix, {"0o", "0O"})) known = "01234567";
  if (is_word_of(prefix, {"0b", "0B"})) known = "01";
  if (known != "0123456789") rest.remove_prefix(2);
  return !rest.empty() && rest.find_first_not_of(known) == std::string_view::npos;
}

/// `7.2`, `.5`, `1e3`, `.inf`, `.nan`.
bool is_float(std::string_view text) {
  if (is_word_of(text, {".nan", ".NaN", ".NAN"})) return true;
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  if (is_word_of(text, {".inf", ".Inf", ".INF"})) return true;
  const auto skip_digits = [&text] {
    const std::size_t count = std::min(text.find_first_not_of("0123456789_"), text.size());
    text.remove_prefix(count);
    return count > 0;
  };
  if (text.empty() || text.front() == '_') return false;
  const bool has_digits = skip_digits();
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (!skip_digits() && !has_digits) return false;
  } else if (!has_digits) {
    return false;
  }
  if (text.empty()) return true;
  if (text.front() != 'e' && text.front() != 'E') return false;
  text.remove_prefix(1);
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

/// Reads a text from its front.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  /// A number of so many digits; -1 without.
  int number(std::size_t least, std::size_t most) {
    const std::size_t size = std::min({rest_.find_first_not_of("0123456789"), rest_.size(), most});
    if (size < least) return -1;
    int value = 0;
    for (const char digit : rest_.substr(0, size)) value = 10 * value + (digit - '0');
    rest_.remove_prefix(size);
    return value;
  }
  bool take(std::string_view any_of) {
    if (rest_.empty() || any_of.find(rest_.front()) == any_of.npos) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void skip(std::string_view any_of) {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(any_of), rest_.size()));
  }
  /// `.5`, `,123456789`.
  void skip_fraction() {
    if (rest_.size() < 2 || (rest_[0] != '.' && rest_[0] != ',') || !is_digit(rest_[1])) return;
    rest_.remove_prefix(1);
    skip("0123456789");
  }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

bool is_day(int year, int month, int day) {
  const auto padded = [](int number, std::size_t size) {
    std::string digits = std::to_string(number);
    return std::string(size - std::min(size, digits.size()), '0') + digits;
  };
  if (year < 0 || month < 0 || day < 0) return false;
  if (year == 0) year = 400;  // a leap year as well
  return is_date(padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2));
}

}  // namespace

bool is_number(std::string_view text) { return is_integer(text) || is_float(text); }

bool is_timestamp(std::string_view text) {
  Reader reader(text);
  const int year = reader.number(4, 4);
  if (!reader.take("-")) return false;
  const int month = reader.number(1, 2);
  if (!reader.take("-") || !is_day(year, month, reader.number(1, 2))) return false;
  if (reader.at_end()) return true;
  const bool has_zone = reader.take("Tt");
  if (!has_zone && !reader.take(" ")) return false;
  if (!has_zone) reader.skip(" ");
  const auto is_below = [&](int most) {
    const int value = reader.number(1, 2);
    return value >= 0 && value < most;
  };
  if (!is_below(24) || !reader.take(":") || !is_below(60) || !reader.take(":") || !is_below(60)) return false;
  reader.skip_fraction();
  if (!has_zone || reader.take("Z")) return reader.at_end();
  if (!reader.take("+-")) return false;
  const int hours = reader.number(2, 2);
  const bool is_zone = reader.take(":") && hours >= 0 && hours <= 24;
  const int minutes = reader.number(2, 2);
  return is_zone && minutes >= 0 && minutes <= 60 && reader.at_end();
}

}  // namespace imglint::compose
