#include "model/fingerprint.hpp"

#include "base/stable_hash.hpp"

namespace imglint {
namespace {

void add_text(StableHash& hash, std::string_view text) {
  constexpr unsigned char end = 0;  // so that "a" "bc" and "ab" "c" differ
  hash.add(text).add(end);
}

void add_number(StableHash& hash, std::uint64_t number) {
  for (int shift = 0; shift < 64; shift += 8) hash.add(static_cast<unsigned char>(number >> shift));
}

std::string hexadecimal(std::uint64_t value) {
  std::string text;
  for (int shift = 60; shift >= 0; shift -= 4) text += "0123456789abcdef"[(value >> shift) & 0xF];
  return text;
}

std::string_view without_dot(std::string_view path) {
  while (path.starts_with("./")) path.remove_prefix(2);
  return path;
}

}  // namespace

std::string_view content_of(const Finding& finding) {
  return finding.subject.empty() ? std::string_view(finding.message) : std::string_view(finding.subject);
}

std::string with_plain_line_ends(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] != '\r' || i + 1 == text.size() || text[i + 1] != '\n') result += text[i];
  return result;
}

std::string Fingerprints::of(std::string_view rule, std::string_view path, std::string_view content) {
  StableHash hash;
  add_text(hash, rule);
  add_text(hash, without_dot(path));
  add_text(hash, with_plain_line_ends(content));
  const std::uint64_t occurrence = seen_[hash.value()]++;
  add_number(hash, occurrence);
  return hexadecimal(hash.value());
}

std::vector<std::string> fingerprints(std::span<const Finding> findings) {
  std::vector<std::string> result;
  result.reserve(findings.size());
  Fingerprints prints;
  for (const Finding& finding : findings)
    result.push_back(prints.of(finding.rule, finding.place.source->path(), content_of(finding)));
  return result;
}

}  // namespace imglint
