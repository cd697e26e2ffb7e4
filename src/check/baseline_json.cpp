#include "check/baseline_json.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "base/own_files.hpp"
#include "base/quote.hpp"

namespace imglint {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::uint64_t baseline_version = 1;

constexpr const char* rewrite_hint =
    "'imglint check --write-baseline' over all files writes it again, if it is the configured one";

/// What is no baseline is not written over, for it may be another file.
Error broken(std::string message) {
  return {.message = "this is no baseline of imglint: " + std::move(message),
          .hint = "if it was one, delete it, and 'imglint check --write-baseline=FILE' writes it again"};
}

Error broken_at(std::string_view text, std::size_t byte, std::string message) {
  Error error = broken(std::move(message));
  // The library counts from 1, and one past the end at the end.
  const std::string_view before = text.substr(0, std::min(byte == 0 ? 0 : byte - 1, text.size()));
  error.line = static_cast<std::uint32_t>(1 + std::count(before.begin(), before.end(), '\n'));
  const std::size_t last = before.rfind('\n');
  error.column =
      static_cast<std::uint32_t>(before.size() - (last == std::string_view::npos ? 0 : last + 1) + 1);
  return error;
}

const std::string* text_field(const Json& entry, const char* key) {
  const auto field = entry.find(key);
  return field != entry.end() && field->is_string() ? &field->get_ref<const std::string&>() : nullptr;
}

Result<void> read_entry(const Json& entry, std::size_t number, Baseline& into) {
  const auto wrong = [&](const std::string& what) {
    return broken("entry " + std::to_string(number) + ": " + what);
  };
  if (!entry.is_object()) return wrong("it is no object");
  for (const auto& field : entry.items())
    if (field.key() != "file" && field.key() != "rule" && field.key() != "content" && field.key() != "count")
      return wrong("unknown key " + quote(field.key()));
  for (const char* key : {"file", "rule", "content"})
    if (!text_field(entry, key)) return wrong(quote(key) + " must be a text");
  const auto count = entry.find("count");
  if (count == entry.end() || !count->is_number_unsigned() || count->get<std::uint64_t>() == 0)
    return wrong("'count' must be a whole number above zero");
  std::uint64_t& known =
      into[{*text_field(entry, "file"), *text_field(entry, "rule"), *text_field(entry, "content")}];
  known = std::max(known, count->get<std::uint64_t>());
  return {};
}

Error of_version(const Json& version) {
  Error error =
      broken("its version is " + version.dump() + ", this program knows " + std::to_string(baseline_version));
  error.hint = rewrite_hint;
  return error;
}

/// The version that an object has, a number or a text of digits.
const Json* version_of(const Json& all) {
  const auto version = all.find("version");
  if (version == all.end()) return nullptr;
  if (version->is_number_unsigned()) return &*version;
  const std::string* text = text_field(all, "version");
  const bool is_number = text && !text->empty() && text->find_first_not_of("0123456789") == text->npos;
  return is_number ? &*version : nullptr;
}

Result<Baseline> read_all(const Json& all) {
  if (!all.is_object()) return broken("it is no object");
  const Json* version = version_of(all);
  if (!version) return broken("it has no 'version'");
  if (*version != baseline_version) return of_version(*version);
  const auto findings = all.find("findings");
  if (findings == all.end() || !findings->is_array()) return broken("it has no list 'findings'");
  Baseline baseline;
  for (std::size_t i = 0; i < findings->size(); ++i)
    if (auto read = read_entry((*findings)[i], i + 1, baseline); !read) return read.error();
  return baseline;
}

/// Where the first line begins with which a merge marks a conflict; npos without one.
std::size_t find_conflict(std::string_view text) {
  constexpr std::string_view marker = "<<<<<<< ";
  if (text.starts_with(marker)) return 0;
  const std::size_t found = text.find("\n" + std::string(marker));
  return found == text.npos ? found : found + 1;
}

std::string json_text(const std::string& text) {
  return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string baseline_json(const Baseline& baseline) {
  std::string text(baseline_head);
  bool first = true;
  for (const auto& [known, count] : baseline) {
    text += first ? "\n    {" : ",\n    {";
    text += "\"file\": " + json_text(known.file) + ", \"rule\": " + json_text(known.rule) +
            ", \"content\": " + json_text(known.content) + ", \"count\": " + std::to_string(count) + "}";
    first = false;
  }
  text += first ? "]\n}\n" : "\n  ]\n}\n";
  return text;
}

Result<Baseline> read_baseline_json(std::string_view text) {
  if (is_empty_baseline(text)) {
    Error error = broken("it is empty");
    error.hint = "'imglint check --write-baseline=FILE' writes one";
    return error;
  }
  try {
    return read_all(Json::parse(text));
  } catch (const Json::parse_error& error) {
    const std::size_t conflict = find_conflict(text);
    if (conflict == text.npos) return broken_at(text, error.byte, "it is no JSON");
    Error marked = broken_at(text, conflict + 1, "it has the conflict markers of a merge");
    marked.hint = rewrite_hint;
    return marked;
  }
}

bool was_baseline(std::string_view text) {
  const Json all = Json::parse(text, nullptr, false);
  if (all.is_discarded()) return find_conflict(text) != text.npos;
  if (!all.is_object()) return false;
  const Json* version = version_of(all);
  return version && *version != baseline_version;
}

bool is_empty_baseline(std::string_view text) { return text.find_first_not_of(" \t\r\n") == text.npos; }

}  // namespace imglint
