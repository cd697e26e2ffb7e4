#include "registry/digest.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "reference/reference.hpp"

namespace imglint {

bool is_digest(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return false;
  const DigestAlgorithm* algorithm = find_digest_algorithm(text.substr(0, colon));
  if (!algorithm || algorithm->name == "sha384") return false;
  const std::string_view digits = text.substr(colon + 1);
  return digits.size() == algorithm->digits &&
         digits.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool is_tag(std::string_view text) {
  if (text.empty() || text.size() > 128 || text.front() == '.' || text.front() == '-') return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return is_letter_or_digit(c) || c == '_' || c == '.' || c == '-'; });
}

bool is_platform(std::string_view text) {
  std::size_t parts = 0;
  while (true) {
    const std::size_t slash = std::min(text.find('/'), text.size());
    const std::string_view part = text.substr(0, slash);
    ++parts;
    if (part.empty() || !std::all_of(part.begin(), part.end(), [](char c) {
          return is_letter_or_digit(c) || c == '_' || c == '.' || c == '-';
        }))
      return false;
    if (slash == text.size()) return parts == 2 || parts == 3;
    text.remove_prefix(slash + 1);
  }
}

bool is_same_platform(std::string_view asked, std::string_view found) {
  constexpr std::string_view usual = "/v8";
  const auto plain = [&](std::string_view text) {
    return text.ends_with("/arm64/v8") ? text.substr(0, text.size() - usual.size()) : text;
  };
  return plain(asked) == plain(found);
}

}  // namespace imglint
