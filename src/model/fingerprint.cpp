#include "model/fingerprint.hpp"

namespace imglint {
namespace {

/// FNV-1a, 64 bits: stable by definition, which std::hash is not.
class Hash {
 public:
  void add(std::string_view text) {
    for (const char byte : text) add_byte(static_cast<unsigned char>(byte));
    add_byte(0);  // so that "a" "bc" and "ab" "c" differ
  }
  void add(std::uint64_t number) {
    for (int shift = 0; shift < 64; shift += 8) add_byte(static_cast<unsigned char>(number >> shift));
  }
  [[nodiscard]] std::uint64_t value() const { return value_; }

 private:
  void add_byte(unsigned char byte) {
    value_ ^= byte;
    value_ *= 0x100000001b3;
  }
  std::uint64_t value_ = 0xcbf29ce484222325;
};

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
  Hash hash;
  hash.add(rule);
  hash.add(without_dot(path));
  hash.add(with_plain_line_ends(content));
  const std::uint64_t occurrence = seen_[hash.value()]++;
  hash.add(occurrence);
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
