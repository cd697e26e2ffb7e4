// Dates of the Gregorian calendar as YYYY-MM-DD, which compare as text.
#pragma once

#include <cstddef>
#include <string_view>

namespace imglint {

/// True for a day that exists, written `2027-01-31`.
[[nodiscard]] constexpr bool is_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const auto number = [&](std::size_t at, std::size_t digits) {
    int value = 0;
    for (const char digit : text.substr(at, digits)) {
      if (digit < '0' || digit > '9') return -1;
      value = value * 10 + (digit - '0');
    }
    return value;
  };
  const int year = number(0, 4), month = number(5, 2), day = number(8, 2);
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return day <= days[month - 1] + (month == 2 && leap ? 1 : 0);
}

/// Days since some fixed day, for differences; the text must be a date.
[[nodiscard]] constexpr long day_number(std::string_view date) {
  const auto digits = [&](std::size_t at, std::size_t size) {
    long value = 0;
    for (const char digit : date.substr(at, size)) value = value * 10 + (digit - '0');
    return value;
  };
  // Years begin in March here, so that the leap day is the last.
  const long month = digits(5, 2), shifted = (month + 9) % 12, year = digits(0, 4) - (month < 3 ? 1 : 0);
  return 365 * year + year / 4 - year / 100 + year / 400 + (153 * shifted + 2) / 5 + digits(8, 2);
}

}  // namespace imglint
