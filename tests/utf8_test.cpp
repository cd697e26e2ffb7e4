#include "base/utf8.hpp"

#include <gtest/gtest.h>

#include "source/utf16_columns.hpp"

namespace imglint {
namespace {

TEST(Utf8, WritesInvalidBytesAsEscapesAndNothingElse) {
  EXPECT_EQ(valid_utf8("h\xC3\xA9\n\x1b \xFF \xE2\x82"), "h\xC3\xA9\n\x1b \\xFF \\xE2\\x82");
}

/// Counts one by one what the table of blocks answers.
Position counted(const Source& source, std::uint32_t offset) {
  Position place;
  for (std::uint32_t at = source.text_begin(); at < offset;) {
    const CodePoint point = first_code_point(source.bytes().substr(at));
    if (at + point.size > offset) break;
    place.column += utf16_size(point);
    at += point.size;
    if (point.value == '\n') place = {.line = place.line + 1, .column = 1};
  }
  return place;
}

TEST(Utf16Columns, AgreeWithCountingOneByOne) {
  std::string text;
  for (int line = 0; line < 28; ++line) {
    for (int column = 0; column < line * 7; ++column)
      text += column % 5 == 0    ? "\xF0\x9F\x90\xB3"
              : column % 3 == 0  ? "\xC3\xA9"
              : column % 11 == 0 ? "\xFF"
                                 : "x";
    text += line % 2 == 0 ? "\n" : "\r\n";
  }
  for (const std::string& bytes : {text, "\xEF\xBB\xBF" + text, std::string("plain\nascii\n"), std::string(),
                                   std::string("\xEF\xBB\xBF") + "plain\n"}) {
    const Source source("x", bytes);
    const Utf16Columns columns(source);
    for (std::uint32_t offset = 0; offset <= bytes.size(); ++offset)
      ASSERT_EQ(columns.position(offset), counted(source, offset)) << offset;
  }
}

}  // namespace
}  // namespace imglint
