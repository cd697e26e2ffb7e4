#include "base/printable.hpp"

#include <string>

#include <gtest/gtest.h>

#include "base/percent.hpp"

namespace imglint {
namespace {

struct PrintableCase {
  std::string text;
  std::string shown;
};

TEST(Printable, NothingInItEndsTheLineOrSteersTheTerminal) {
  using namespace std::string_literals;
  const PrintableCase cases[] = {
      {"", ""},
      {"a/b c", "a/b c"},
      {"caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x90\xB3", "caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x90\xB3"},
      {"a\nb\rc\td", "a\\nb\\rc\\td"},
      {"\x1b[31mred", "\\x1B[31mred"},
      {"\0\x07\x7F"s, "\\x00\\x07\\x7F"},
      {"back\\slash", "back\\slash"},
      {"a ##[add-mask]b ##vso[task.x]c", "a #\\x23[add-mask]b #\\x23vso[task.x]c"},
      {"## a heading [x] ###[", "## a heading [x] ##\\x23["},
      {"\xC2\x9B"
       "31m",
       "\\u{009B}31m"},
      {"\xE2\x80\xAE", "\\u{202E}"},
      {"\xE2\x80\xA8", "\\u{2028}"},
      {"\xEF\xBB\xBF", "\\u{FEFF}"},
      {"\xF3\xA0\x80\xA0", "\\u{0E0020}"},
      {"\xFF\xFE", "\\xFF\\xFE"},
      {"\xC3", "\\xC3"},
      {"\xC3(", "\\xC3("},
      {"\xE2\x82", "\\xE2\\x82"},
      {"\xC0\xAF", "\\xC0\\xAF"},
      {"\xED\xA0\x80", "\\xED\\xA0\\x80"},
      {"\xE0\x80\xAF", "\\xE0\\x80\\xAF"},
      {"\xF4\x90\x80\x80", "\\xF4\\x90\\x80\\x80"},
      {"\xF0\x8F\xBF\xBF", "\\xF0\\x8F\\xBF\\xBF"},
  };
  for (const PrintableCase& test : cases) EXPECT_EQ(printable(test.text), test.shown);
}

TEST(Printable, EveryCodePointIsReadAndJudgedOnce) {
  std::size_t held_back = 0;
  for (char32_t value = 0; value <= 0x10FFFF; ++value) {
    if (value >= 0xD800 && value <= 0xDFFF) continue;
    std::string text;
    if (value < 0x80) {
      text = {static_cast<char>(value)};
    } else if (value < 0x800) {
      text = {static_cast<char>(0xC0 | value >> 6), static_cast<char>(0x80 | (value & 63))};
    } else if (value < 0x10000) {
      text = {static_cast<char>(0xE0 | value >> 12), static_cast<char>(0x80 | (value >> 6 & 63)),
              static_cast<char>(0x80 | (value & 63))};
    } else {
      text = {static_cast<char>(0xF0 | value >> 18), static_cast<char>(0x80 | (value >> 12 & 63)),
              static_cast<char>(0x80 | (value >> 6 & 63)), static_cast<char>(0x80 | (value & 63))};
    }
    const CodePoint point = first_code_point(text + "x");
    ASSERT_TRUE(point.valid) << std::hex << static_cast<std::uint32_t>(value);
    ASSERT_EQ(point.value, value);
    ASSERT_EQ(point.size, text.size());
    ASSERT_EQ(is_printable(point), printable(text) == text);
    held_back += is_printable(point) ? 0 : 1;
  }
  // C0, DEL and C1; U+061C; two marks; seven separators and embeddings; four isolates; the BOM; the tag
  // block.
  EXPECT_EQ(held_back, 32U + 33 + 1 + 2 + 7 + 4 + 1 + 128);
}

TEST(Percent, DecodesWhatIsAnEscapeAndLeavesTheRest) {
  const PrintableCase cases[] = {
      {"", ""},       {"a%20b", "a b"},   {"%41", "A"},           {"%c3%A9", "\xC3\xA9"},
      {"%", "%"},     {"%4", "%4"},       {"a%zz%4g", "a%zz%4g"}, {"%%41", "%A"},
      {"%00", "%00"}, {"100%25", "100%"}, {"%2541", "%41"},
  };
  for (const PrintableCase& test : cases) EXPECT_EQ(percent_decoded(test.text), test.shown) << test.text;
}

TEST(Percent, EncodesPathsAndFieldsSoThatTheyDecodeToThemselves) {
  EXPECT_EQ(percent_encoded_path("/a b/\xC3\xA9~-._%7?"), "/a%20b/%C3%A9~-._%257%3F");
  EXPECT_EQ(percent_encoded("/a b/\xC3\xA9~-._%7?&=+", {}), "%2Fa%20b%2F%C3%A9~-._%257%3F%26%3D%2B");
  std::string all;
  for (int byte = 1; byte < 256; ++byte) all += static_cast<char>(byte);
  EXPECT_EQ(percent_decoded(percent_encoded_path(all)), all);
}

TEST(Percent, FileUrisHaveAPathWhateverTheirAuthority) {
  EXPECT_EQ(path_of_file_uri("file:///a%20b"), "/a b");
  EXPECT_EQ(path_of_file_uri("file://localhost/a"), "/a");
  EXPECT_EQ(path_of_file_uri("file:/a"), "/a");
  EXPECT_EQ(path_of_file_uri("a/b"), std::nullopt);
  EXPECT_EQ(path_of_file_uri("https://x/a"), std::nullopt);
}

}  // namespace
}  // namespace imglint
