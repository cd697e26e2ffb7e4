#include "kinds/compose/timestamp.hpp"

#include <algorithm>
#include <string>

#include "base/ascii.hpp"
#include "base/date.hpp"

namespace imglint::compose {
namespace {

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
