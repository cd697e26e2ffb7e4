// A compose file with a fault in it is judged but for the entry that holds the fault; nothing of it is
// edited.
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "kinds/compose/read.hpp"
#include "yaml/blocks.hpp"

namespace imglint::test {
namespace {

struct Case {
  std::string_view name;
  std::string_view text;
  std::string_view images;  ///< as written, in order
};

// clang-format off
constexpr Case cases[] = {
    {"a list that stays open", "services:\n  a: {image: x}\n  b:\n    image: [y\n  c: {image: z}\n", "x z"},
    {"a map that stays open", "services:\n  a:\n    image: x\n  b: {image: y\n  c:\n    image: z\n", "x z"},
    {"a quote that stays open", "services:\n  a:\n    image: x\n  b:\n    image: \"y\n  c:\n    image: z\n", "x z"},
    {"no colon", "services:\n  a:\n    image: x\n  b:\n    image y\n    init: true\n  c:\n    image: z\n", "x z"},
    {"two colons", "services:\n  a:\n    image: x: y\n  c:\n    image: z\n", "z"},
    {"a tab", "services:\n  a:\n    image: x\n\timage: y\n  c:\n    image: z\n", "x z"},
    {"a tab behind a comment", "services:\n  a:\n    image: x\n# c\n\n\tports: [1]\n\tinit: true\n  c:\n    image: z\n", "x z"},
    {"a tab below a list", "services:\n  a:\n    image: x\n    ports:\n\t- 1: 2\n  c:\n    image: z\n", "x z"},
    {"a tab below a quote", "services:\n  a:\n    image: 'x'\n\tinit: true\n  c:\n    image: z\n", "x z"},
    {"a tab below an open quote", "services:\n  a:\n    image: 'x\n\tinit: true\n  c:\n    image: z\n", "z"},
    {"a tab below a key without a value", "services:\n  a:\n    image:\n\tx: 1\n  c:\n    image: z\n", "z"},
    {"a tab below a block", "services:\n  a:\n    image: |-\n\tx: 1\n  c:\n    image: z\n", "z"},
    {"a tab below a text of two lines", "services:\n  a:\n    image: x\n      y\n\tinit: true\n  c:\n    image: z\n", "z"},
    {"a tab behind CRLF", "services:\r\n  a:\r\n    image: x\r\n\tinit: true\r\n  c:\r\n    image: z\r\n", "x z"},
    {"too far to the right", "services:\n  a:\n    image: x\n      init: true\n  c:\n    image: z\n", "x z"},
    {"in the first entry", "services:\n  a:\n    image: ]\n  c:\n    image: z\n", "z"},
    {"in the last entry", "services:\n  a:\n    image: x\n  b:\n    image: {\n", "x"},
    {"two faults", "services:\n  a:\n    image: [\n  b: {image: y}\n  c:\n    image: ]\n  d: {image: w}\n", "y w"},
    {"in another block", "services:\n  a:\n    image: x\nvolumes:\n  v: [\n", "x"},
    {"in a top-level line", "name: [\nservices:\n  a:\n    image: x\n", "x"},
    {"a word at the left edge", "services:\n  a:\n    image: x\nb:1\n  c:\n    image: z\n    init: true\n  d: {image: w}\n", "x z w"},
    {"a word behind CRLF", "services:\r\n  a:\r\n    image: x\r\nb\r\n  c:\r\n    image: z\r\n", "x z"},
    {"services itself", "services: [\n  a:\n    image: x\n", ""},
    {"an alias without its anchor", "services:\n  a: *none\n  b: {image: y}\n", "y"},
    {"CRLF and a byte order mark", "\xEF\xBB\xBFservices:\r\n  a: [\r\n  b: {image: y}\r\n", "y"},
    {"a byte order mark before the fault", "\xEF\xBB\xBFx: [\nservices:\n  b: {image: y}\n", "y"},
    {"a comment between", "services:\n  a: [\n# c\n  b: {image: y}\n", "y"},
    {"the second document", "services:\n  a: {image: x}\n---\nservices:\n  b: [\n", "x"},
    {"all of a second document", "services:\n  a: {image: x}\n---\n*none\n", "x"},
    {"repeated key", "services:\n  a:\n    image: x\n    image: y\n  b: {image: z}\n", "x y z"},
    {"a merge of text", "services:\n  a:\n    <<: text\n    image: x\n", "x"},
    {"a key that is a list", "services:\n  a:\n    image: x\n    [b]: c\n", "x"},
    {"aliases in a circle", "services: &a\n  b: *a\n  c: {image: x}\n", ""},
    {"nothing but the fault", "[", ""},
    {"JSON", "{\"services\": {\"a\": {\"image\": \"x\"}", ""},
};
// clang-format on

std::string images_of(const Document& document) {
  std::string images;
  for (const ImageUse& use : document.uses)
    if (use.active) images.append(images.empty() ? "" : " ").append(use.written.text());
  return images;
}

TEST(ComposeSalvage, ReadsAllButTheEntryWithTheFault) {
  for (const Case& test : cases) {
    const Source source("compose.yaml", std::string(test.text));
    const auto document = read_compose(source, {.salvage = Salvage::all});
    EXPECT_EQ(images_of(*document), test.images) << test.name;
    ASSERT_FALSE(document->troubles.empty()) << test.name;
    EXPECT_TRUE(document->blocks_edits()) << test.name;
    EXPECT_TRUE(document->is_compose) << test.name;
    for (const ImageUse& use : document->uses)
      EXPECT_EQ(source.text(use.span), use.written.text()) << test.name;
    // Who wants to edit sees no half of a file.
    EXPECT_EQ(images_of(*read_compose(source, {})), "") << test.name;
  }
}

TEST(ComposeSalvage, SaysNothingOfFilesThatAreNoComposeFiles) {
  const Source source("values.yaml", "kind: Deployment\nspec:\n  a: {{ .Values.a }}\n");
  EXPECT_TRUE(read_compose(source, {.salvage = Salvage::all})->troubles.empty());
}

TEST(ComposeSalvage, LeavesOutCommentsOfTheFaultyEntry) {
  const Source source("compose.yaml",
                      "services:\n"
                      "  a:\n"
                      "    # imglint ignore=missing-tag\n"
                      "    image: [\n"
                      "  b:\n"
                      "    # imglint ignore=missing-tag\n"
                      "    image: y\n");
  EXPECT_EQ(read_compose(source, {.salvage = Salvage::all})->comments.size(), 1u);
}

TEST(ComposeSalvage, LeavesOutTheSameWhateverAColonInACommentLooksLike) {
  const auto text = [](std::string_view comment) {
    return "services:\n  a:\n   text # " + std::string(comment) + "\n    more\n  c:\n    image: z\n";
  };
  const auto places = [](const Document& document) {
    std::vector<std::uint32_t> begins;
    for (const Trouble& trouble : document.troubles) begins.push_back(trouble.span.begin);
    return begins;
  };
  const Source plain("compose.yaml", text("key- v"));
  const Source colon("compose.yaml", text("key: v"));
  const auto expected = read_compose(plain, {.salvage = Salvage::all});
  const auto read = read_compose(colon, {.salvage = Salvage::all});
  EXPECT_EQ(places(*read), places(*expected));
  EXPECT_EQ(images_of(*read), "z");
}

TEST(YamlBlocks, AreFoundByIndentation) {
  const std::string_view text = "a:\n  b:\n    c: 1\n\n  d: 2\n---\ne: 3\n";
  const auto entry = [&](std::string_view at) {
    const auto span = yaml::entry_at(text, static_cast<std::uint32_t>(text.find(at)));
    return span ? text.substr(span->begin, span->end - span->begin) : "none";
  };
  EXPECT_EQ(entry("a"), "a:\n  b:\n    c: 1\n\n  d: 2\n");
  EXPECT_EQ(entry("b"), "  b:\n    c: 1\n\n");
  EXPECT_EQ(entry("c"), "  b:\n    c: 1\n\n");
  EXPECT_EQ(entry("d"), "  d: 2\n");
  EXPECT_EQ(entry("-"), "none");
  EXPECT_EQ(entry("e"), "e: 3\n");
  EXPECT_FALSE(yaml::entry_at("", 0));
  EXPECT_FALSE(yaml::entry_at("\n\n", 1));
}

}  // namespace
}  // namespace imglint::test
