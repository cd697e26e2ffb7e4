#include "kinds/dockerfile/flag_values.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <iterator>
#include <string>

#include "kinds/dockerfile/syntax.hpp"
#include "kinds/dockerfile/text.hpp"

namespace imglint::dockerfile {
namespace {

template <std::size_t Count>
bool is_one_of(std::string_view text, const std::string_view (&known)[Count]) {
  return std::find(std::begin(known), std::end(known), text) != std::end(known);
}

/// Nanoseconds of a unit of time; 0 if it is none. Micro has two characters that look the same.
double nanoseconds(std::string_view unit) {
  if (unit == "ns") return 1;
  if (unit == "us" || unit == "\xC2\xB5s" || unit == "\xCE\xBCs") return 1e3;
  if (unit == "ms") return 1e6;
  if (unit == "s") return 1e9;
  if (unit == "m") return 60e9;
  return unit == "h" ? 3600e9 : 0;
}

/// A number that has a digit before or after its point, cut off the front of the text.
std::string_view take_number(std::string_view& text) {
  const auto digits_from = [&](std::size_t at) {
    return std::min(text.find_first_not_of("0123456789", at), text.size());
  };
  std::size_t end = digits_from(0);
  const bool has_whole = end > 0;
  bool has_part = false;
  if (end < text.size() && text[end] == '.') {
    const std::size_t part = end + 1;
    end = digits_from(part);
    has_part = end > part;
  }
  if (!has_whole && !has_part) return {};
  const std::string_view number = text.substr(0, end);
  text.remove_prefix(end);
  return number;
}

/// The value of a number that take_number() cut; digits that no longer matter are counted, not kept.
double value_of(std::string_view number) {
  double value = 0;
  double place = 0;
  for (const char c : number) {
    if (c == '.') {
      place = 1;
    } else if (place == 0) {
      value = value * 10 + (c - '0');
    } else {
      place /= 10;
      value += place * (c - '0');
    }
  }
  return value;
}

}  // namespace

bool is_network(std::string_view value) {
  static constexpr std::string_view known[] = {"default", "none", "host"};
  return is_one_of(value, known);
}

bool is_security(std::string_view value) {
  static constexpr std::string_view known[] = {"insecure", "sandbox"};
  return is_one_of(value, known);
}

bool is_boolean(std::string_view text) {
  static constexpr std::string_view known[] = {"1", "t", "T", "TRUE",  "true",  "True",
                                               "0", "f", "F", "FALSE", "false", "False"};
  return is_one_of(text, known);
}

bool is_device(std::string_view value) {
  Record record;
  if (!cut_record(value, record)) return false;
  bool has_name = false;
  for (const Parts field : record.fields) {
    std::string text;
    for (std::uint32_t i = field.first; i < field.first + field.count; ++i) text += record.parts[i].of(value);
    const auto equals = text.find('=');
    std::string key = text.substr(0, equals);
    std::transform(key.begin(), key.end(), key.begin(), lower);
    const bool has_value = equals != std::string::npos;
    if (key == "required") {
      if (has_value && !is_boolean(std::string_view(text).substr(equals + 1))) return false;
    } else {
      if (has_name) return false;
      has_name = has_value && key == "name" ? equals + 1 < text.size() : !text.empty();
    }
  }
  return true;
}

bool is_interval(std::string_view value) {
  if (value.empty()) return true;
  const bool negative = value.front() == '-';
  if (negative || value.front() == '+') value.remove_prefix(1);
  if (value == "0") return true;
  if (value.empty()) return false;
  double total = 0;
  while (!value.empty()) {
    const std::string_view number = take_number(value);
    const auto unit = value.substr(0, value.find_first_of(".0123456789"));
    if (number.empty() || nanoseconds(unit) == 0) return false;
    value.remove_prefix(unit.size());
    total += value_of(number) * nanoseconds(unit);
  }
  constexpr double longest = 9223372036854775807.0;  // nanoseconds in 63 bits
  total = negative ? -total : total;
  return total > -1 && total < 1 ? true : total >= 1e6 && total < longest;
}

bool is_count(std::string_view value) {
  if (value.empty()) return true;
  if (value.front() == '+') value.remove_prefix(1);
  std::int32_t count = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), count);
  return error == std::errc() && end == value.data() + value.size() && count >= 0;
}

}  // namespace imglint::dockerfile
