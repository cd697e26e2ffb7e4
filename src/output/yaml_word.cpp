#include "output/yaml_word.hpp"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "base/ascii.hpp"
#include "output/json_text.hpp"

namespace imglint {
namespace {

/// Words that some version of YAML takes for something else; `off` is not among them, for severities are
/// written that way and every parser of YAML 1.2 reads a text.
constexpr std::array<std::string_view, 9> no_texts = {"true", "false", "null", "yes", "no",
                                                      "on",   "~",     ".inf", ".nan"};

bool may_stand_plain(std::string_view text) {
  constexpr std::string_view inside = "./_-+@:*";
  if (text.empty() || text.back() == ':') return false;
  if (!is_letter_or_digit(text.front()) && text.front() != '/' && text.front() != '.') return false;
  const auto fits = [&](char c) { return is_letter_or_digit(c) || inside.find(c) != inside.npos; };
  if (!std::all_of(text.begin(), text.end(), fits)) return false;
  if (std::find(no_texts.begin(), no_texts.end(), lower_case(text)) != no_texts.end()) return false;
  // Numbers, dates and times.
  return !std::all_of(text.begin(), text.end(), [](char c) { return !is_letter_or_digit(c) || c <= '9'; });
}

}  // namespace

std::string yaml_word(std::string_view text) {
  if (may_stand_plain(text)) return std::string(text);
  // A JSON string is a double-quoted scalar.
  return harmless_json(nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

std::string yaml_list(std::span<const std::string> words) {
  std::string text = "[";
  for (const std::string& word : words) text += (text.size() > 1 ? ", " : "") + yaml_word(word);
  return text + "]";
}

}  // namespace imglint
