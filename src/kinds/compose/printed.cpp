#include "kinds/compose/printed.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "kinds/compose/shape.hpp"
#include "kinds/compose/timestamp.hpp"

namespace imglint::compose {
namespace {

/// Go's strconv.ParseInt with base 0.
std::optional<std::string> printed_integer(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  const bool is_signed = is_negative || text.starts_with('+');
  if (is_signed) text.remove_prefix(1);
  int base = 10;
  if (text.size() > 1 && text.front() == '0') {
    const char letter = text[1] >= 'A' && text[1] <= 'Z' ? static_cast<char>(text[1] | 0x20) : text[1];
    base = letter == 'x' ? 16 : letter == 'b' ? 2 : 8;
    text.remove_prefix(letter == 'x' || letter == 'b' || letter == 'o' ? 2 : 1);
  }
  std::uint64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value, base);
  if (error != std::errc() || stop != end) return std::nullopt;
  constexpr std::uint64_t largest = std::uint64_t{1} << 63;
  if (is_signed && value > largest - (is_negative ? 0 : 1)) return std::nullopt;
  return (is_negative && value != 0 ? "-" : "") + std::to_string(value);
}

/// Go's `%v`: the fewest digits that give the number again.
std::optional<std::string> printed_float(const std::string& text) {
  char* stop = nullptr;
  const double value = std::strtod(text.c_str(), &stop);
  if (stop != text.c_str() + text.size() || !std::isfinite(value)) return std::nullopt;
  char digits[400];
  const auto print = [&](std::chars_format format) {
    return std::string(digits, std::to_chars(std::begin(digits), std::end(digits), value, format).ptr);
  };
  std::string scientific = print(std::chars_format::scientific);
  // Here as there the exponent has a sign, and two digits at least.
  int exponent = 0;
  const std::size_t digit = scientific.find('e') + 2;
  std::from_chars(scientific.data() + digit, scientific.data() + scientific.size(), exponent);
  const bool is_small = scientific[digit - 1] == '-';
  return exponent > (is_small ? 4 : 5) ? scientific : print(std::chars_format::fixed);
}

std::optional<std::string> printed_special(std::string_view text) {
  const bool is_signed = text.starts_with('-') || text.starts_with('+');
  const std::string_view word = text.substr(is_signed ? 1 : 0);
  if (word == ".nan" || word == ".NaN" || word == ".NAN") return "NaN";
  if (word == ".inf" || word == ".Inf" || word == ".INF") return text.starts_with('-') ? "-Inf" : "+Inf";
  return std::nullopt;
}

}  // namespace

std::optional<std::string> printed(const yaml::Tree& tree, const yaml::Node& scalar) {
  if (!scalar.plain || scalar.value.empty() || !tree.tag_of(scalar).empty()) return std::nullopt;
  const std::string_view text = scalar.value;
  const std::string_view other = other_than_text(tree, scalar);
  if (other == "a truth value") return text.front() == 't' || text.front() == 'T' ? "true" : "false";
  if (!is_number(text) || is_timestamp(text)) return std::nullopt;
  if (auto special = printed_special(text)) return special;
  std::string plain(text);
  if (!text.starts_with('.')) std::erase(plain, '_');
  auto integer = printed_integer(plain);
  return integer ? integer : printed_float(plain);
}

MappedText as_printed(const MappedText& written, const yaml::Tree& tree, const yaml::Node& scalar,
                      Arena& arena) {
  const auto text = printed(tree, scalar);
  const auto place = text && *text != written.text() ? written.place() : std::nullopt;
  if (!place) return written;
  MappedTextBuilder builder;
  builder.replace(place->source, place->span, *text);
  return builder.finish(arena);
}

}  // namespace imglint::compose
