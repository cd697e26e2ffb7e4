// Any bytes as the value of WWW-Authenticate, and as that of Link: what is understood is understood again
// when it is written plainly.
#include "online/challenge.hpp"
#include "online/tag_page.hpp"
#include "tests/fuzz/support/require.hpp"

namespace {

using imglint::Challenge;

std::string quoted(const std::string& value) {
  std::string text = "\"";
  for (const char c : value) {
    if (c == '"' || c == '\\' || c == '\r' || c == '\n') text += '\\';
    text += c;
  }
  return text + "\"";
}

std::string written(const std::vector<Challenge>& challenges) {
  std::string text;
  for (const Challenge& one : challenges) {
    text += (text.empty() ? "" : ", ") + one.scheme;
    std::string separator = " ";
    for (const auto& [name, value] : one.parameters) {
      text += separator + name + "=" + quoted(value);
      separator = ", ";
    }
  }
  return text;
}

bool are_same(const std::vector<Challenge>& a, const std::vector<Challenge>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a[i].scheme != b[i].scheme || a[i].parameters != b[i].parameters) return false;
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = imglint::fuzz::text_of(data, size);
  const auto read = imglint::read_challenges(text);
  imglint::fuzz::require(are_same(read, imglint::read_challenges(written(read))),
                         "challenges written plainly are the same challenges");
  const std::string next = imglint::next_page(text);
  imglint::fuzz::require(next.empty() || text.find('<' + next + '>') != std::string_view::npos,
                         "the next page stands in the header");
  return 0;
}
