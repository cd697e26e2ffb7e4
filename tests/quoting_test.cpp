// Which text may stand in a scalar as that is quoted (docs/spec/yaml.md 2).
#include "model/quoting.hpp"

#include <string_view>

#include <gtest/gtest.h>

namespace imglint {
namespace {

struct Case {
  Style style;
  bool begins;
  std::string_view text;
  bool fits;
};

// clang-format off
const Case cases[] = {
    {Style::plain,      true,  "ghcr.io/acme/web:1@sha256:00", true},
    {Style::plain,      true,  "[::1]:5000/web", false},
    {Style::plain,      false, "[::1]:5000/", true},
    {Style::plain,      false, "a: b", false},
    {Style::plain,      false, "web:", false},
    {Style::plain,      false, "a #b", false},
    {Style::plain,      true,  "@x", false},
    {Style::plain,      false, "@sha256:00", true},
    {Style::flow_plain, false, "[::1]:5000/", false},
    {Style::flow_plain, false, "a,b", false},
    {Style::flow_plain, true,  "ghcr.io/acme/web:1", true},
    {Style::single,     true,  "[::1]:5000/web", true},
    {Style::single,     false, "it's", false},
    {Style::double_,    true,  "[::1]:5000/web", true},
    {Style::double_,    false, "a\"b", false},
    {Style::double_,    false, "a\\b", false},
    {Style::literal,    false, "a\"b'c", true},
    {Style::folded,     false, "a\nb", false},
    {Style::dockerfile, true,  "[::1]:5000/web", true},
    {Style::dockerfile, false, "a b", false},
    {Style::dockerfile, false, "a\"b", false},
};
// clang-format on

TEST(Quoting, SaysWhichTextMayStandWhere) {
  for (const Case& one : cases)
    EXPECT_EQ(!why_unfit(one.style, one.begins, one.text), one.fits)
        << to_string(one.style) << " " << one.begins << " " << one.text;
}

}  // namespace
}  // namespace imglint
