// What people are told of a faulty reference: the table "Reasons" of docs/spec/reference.md 8, row by row.
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "reference/parse.hpp"
#include "reference/reference.hpp"

namespace imglint {
namespace {

const std::string hex64 = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
const std::string upper64 = "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF";

struct Case {
  std::string marked;  ///< the text, with the place a person should look at between ⟦ and ⟧
  std::string error;   ///< kind and offset
  std::string message;
};

// clang-format off
const Case cases[] = {
    // any state: a placeholder
    {"ubuntu:⟦${TAG}⟧",                    "format@7",     "unexpanded variable '${TAG}'"},
    {"⟦${IMAGE}⟧",                         "uppercase@2",  "unexpanded variable '${IMAGE}'"},
    {"ubuntu:⟦$TAG⟧",                      "format@7",     "unexpanded variable '$TAG'"},
    {"ubuntu:⟦$(make tag)⟧",               "format@7",     "unexpanded variable '$(make tag)'"},
    {"app:⟦${{ github.sha }}⟧",            "format@4",     "unexpanded variable '${{ github.sha }}'"},
    {"app:1⟦$⟧",                           "format@5",     "unexpanded variable '$'"},
    {"⟦{{ image }}⟧:1",                    "format@0",     "unfilled placeholder '{{ image }}'"},
    {"app:⟦<version>⟧",                    "format@4",     "unfilled placeholder '<version>'"},
    {"app:⟦%TAG%⟧",                        "format@4",     "unfilled placeholder '%TAG%'"},
    {"app:⟦{open⟧",                        "format@4",     "unfilled placeholder '{open'"},
    // any state: white space and control characters
    {"ubuntu⟦ ⟧",                          "format@6",     "a space after the reference"},
    {"⟦ ⟧ubuntu",                          "format@0",     "a space before the reference"},
    {"ubuntu⟦ ⟧AS build",                  "uppercase@7",  "a space inside the reference"},
    {"ubuntu⟦\t \t⟧x",                     "format@6",     "a tab inside the reference"},
    {"ubuntu⟦\n⟧",                         "format@6",     "a line feed after the reference"},
    {"ubuntu⟦\r⟧",                         "format@6",     "a carriage return after the reference"},
    {"app⟦\x07⟧x",                         "format@3",     "control character U+0007 inside the reference"},
    {std::string("app⟦\0⟧x", 11),          "format@3",     "control character U+0000 inside the reference"},
    // any state: not ASCII
    {"ubuntu⟦：⟧22.04",                    "format@6",     "non-ASCII character U+FF1A '：'; it looks like ':'"},
    {"my⟦–⟧app",                           "format@2",     "non-ASCII character U+2013 '–'; it looks like '-'"},
    {"⟦а⟧pp",                              "format@0",     "non-ASCII character U+0430 'а'; it looks like 'a'"},
    {"⟦\ufeff⟧ubuntu",                     "format@0",     "non-ASCII character U+FEFF '\\u{FEFF}'; it cannot be seen"},
    {"acme/⟦é⟧cole",                       "format@5",     "non-ASCII character U+00E9 'é'"},
    {"app⟦\xff⟧",                          "format@3",     "byte '\\xFF' is no UTF-8"},
    // port and tag(0): a scheme
    {"⟦https://⟧ghcr.io/acme/app",         "format@6",     "'https://' is a URL scheme; a reference has none"},
    {"⟦DOCKER://⟧alpine",                  "format@7",     "'DOCKER://' is a URL scheme; a reference has none"},
    // start, slash
    {"⟦⟧",                                 "format@0",     "empty image reference"},
    {"⟦/⟧acme/app",                        "format@0",     "'/' at the start"},
    {"acme⟦//⟧app",                        "format@5",     "nothing between two '/'"},
    {"acme/app⟦/⟧",                        "format@9",     "nothing after the last '/'"},
    {"acme/⟦-⟧app",                        "format@5",     "a component may not start with '-'"},
    {"⟦.⟧/app",                            "format@0",     "a component may not start with '.'"},
    {"⟦_⟧app",                             "format@0",     "a component may not start with '_'"},
    {"acme/⟦:⟧1",                          "format@5",     "the name is missing before ':'"},
    // after a separator
    {"a⟦..⟧b",                             "format@2",     "separators '..' may not stand together"},
    {"a⟦-_⟧b",                             "format@2",     "separators '-_' may not stand together"},
    {"reg⟦-.⟧test/app",                    "format@4",     "separators '-.' may not stand together"},
    {"a⟦___⟧b",                            "format@3",     "more than two underscores together"},
    {"acme⟦-⟧/app",                        "format@5",     "'acme-' may not end in '-'"},
    {"a⟦_⟧",                               "format@2",     "'a_' may not end in '_'"},
    {"b/a⟦.⟧:1",                           "format@4",     "'a.' may not end in '.'"},
    {"docker.io⟦.⟧/app",                   "format@10",    "'docker.io.' may not end in '.'"},
    {"REG⟦-⟧/app",                         "format@4",     "'REG-' may not end in '-'"},
    // port, tag
    {"host⟦:⟧/app",                        "format@5",     "no port after 'host:'"},
    {"host:⟦80a⟧/app",                     "format@8",     "'80a' is no port, and a tag may not have a '/' after it"},
    {"⟦my_reg⟧:5000/app",                  "format@11",    "a registry may not have an underscore: 'my_reg'"},
    {"a/host:5000⟦/⟧app",                  "format@11",    "'/' after the tag '5000'"},
    {"ubuntu:⟦22.04⟧/Foo",                 "uppercase@13", "'22.04' is no port, and a tag may not have a '/' after it"},
    {"HOST:80⟦:⟧90/app",                   "format@7",     "a second ':' after the port '80'"},
    {"app:1⟦:⟧2",                          "format@5",     "a second ':' after the tag '1'"},
    {"app⟦:⟧",                             "format@4",     "no tag after ':'"},
    {"app⟦:⟧@sha256:" + hex64,             "format@4",     "no tag after ':'"},
    {"app:⟦.⟧1",                           "format@4",     "a tag may not start with '.'"},
    {"app:⟦-⟧1",                           "format@4",     "a tag may not start with '-'"},
    {"app:1⟦+⟧build",                      "format@5",     "'+' is not allowed in a tag"},
    {"app:⟦" + std::string(130, 't') + "⟧@", "format@132", "the tag is 130 characters long; at most 128 are allowed"},
    // digest
    {"app⟦@⟧",                             "format@4",     "no digest after '@'"},
    {"app@⟦:⟧" + hex64,                    "format@4",     "a digest may not start with ':'"},
    {"app@sha3-⟦2⟧56:" + hex64,            "format@9",     "malformed digest algorithm: '2' may not follow '-'"},
    {"app@⟦latest⟧",                       "format@10",    "'latest' is no digest: 'sha256:' and 64 hex digits are"},
    {"app@sha256⟦/⟧x",                     "format@10",    "'/' is not allowed in a digest algorithm"},
    {"app@sha256:⟦⟧",                      "format@11",    "the digest is too short: 0 hex digits instead of 64"},
    {"app@sha512:⟦abc⟧",                   "format@14",    "the digest is too short: 3 hex digits instead of 128"},
    {"app@md5:⟦abc⟧",                      "format@11",    "the digest is too short: 3 hex digits instead of 32 or more"},
    {"app@sha256:" + hex64 + "⟦:⟧1",       "format@75",    "a tag may not follow the digest"},
    {"app@sha256:" + hex64 + "⟦@⟧sha256:", "format@75",    "a second digest"},
    {"app@sha256:abc⟦x⟧",                  "format@14",    "'x' is no hex digit"},
    {"app@sha256:⟦" + hex64 + "00⟧",       "digest_length@11", "a sha256 digest has 64 hex digits, not 66"},
    {"app@sha256:0123456789⟦A⟧" + upper64.substr(11), "digest_format@21", "a digest must be lower case: 'A'"},
    {"app:1@⟦SHA256⟧:" + hex64,            "digest_format@6",  "the digest algorithm must be lower case: 'SHA256'"},
    {"app@⟦SHA256⟧:" + hex64,              "uppercase@4",  "the digest algorithm must be lower case: 'SHA256'"},
    {"app@⟦md5⟧:" + hex64.substr(32),      "digest_unsupported@4", "unknown digest algorithm 'md5' (known: sha256, sha384, sha512)"},
    // brackets
    {"⟦[::1⟧/app",                         "format@4",     "'[' is not closed"},
    {"⟦[⟧::1",                             "format@0",     "'[' is not closed"},
    {"[fe80::1⟦%⟧eth0]/app",               "format@8",     "an address in brackets may not have a zone"},
    {"[::ffff:10⟦.⟧0.0.1]/app",            "format@10",    "an address in brackets may not have an IPv4 part"},
    {"⟦[⟧dead]/app",                       "format@0",     "an address in brackets needs a ':'"},
    {"⟦[⟧::1]",                            "format@0",     "no name after the registry"},
    {"[::⟦g⟧]/app",                        "format@3",     "'g' is not allowed in a registry"},
    {"[::1]⟦x⟧/app",                       "format@5",     "'x' is not allowed in a registry"},
    // the other kinds
    {"Acme/⟦App⟧:1",                       "uppercase@5",  "the name must be lower case: 'App'"},
    {"⟦MY_REG⟧/app",                       "uppercase@0",  "the name must be lower case: 'MY_REG'"},
    {"⟦a_B⟧/c!",                           "format@2",     "the name must be lower case: 'a_B'"},
    {"⟦" + hex64 + "⟧",                    "identifier@0", "64 hex digits are an image id, not a name"},
    {std::string(247, 'a') + "⟦a⟧",        "too_long@247", "the path is 256 bytes long with 'library/'; at most 255 are allowed"},
    {"docker.io/" + std::string(247, 'a') + "⟦aa⟧:1", "too_long@257", "the path is 257 bytes long with 'library/'; at most 255 are allowed"},
    {"abcdefg/" + std::string(247, 'a') + "⟦a⟧", "too_long@255", "the path is 256 bytes long; at most 255 are allowed"},
    {"ghcr.io/" + std::string(255, 'a') + "⟦a⟧", "too_long@263", "the path is 256 bytes long; at most 255 are allowed"},
    {"foo⟦!⟧",                             "format@3",     "'!' is not allowed in an image name"},
    {"reg:50⟦!⟧/x",                        "format@6",     "'!' is not allowed in a tag"},
    {"REG:50⟦!⟧/x",                        "format@6",     "'!' is not allowed in a port"},
    {"REG⟦!⟧/x",                           "format@3",     "'!' is not allowed in a registry"},
};
// clang-format on

constexpr std::string_view open_mark = "⟦";
constexpr std::string_view close_mark = "⟧";

std::string without_marks(const std::string& marked) {
  std::string text = marked;
  text.erase(text.find(close_mark), close_mark.size());
  text.erase(text.find(open_mark), open_mark.size());
  return text;
}

std::string with_marks(std::string text, TextRange place) {
  text.insert(place.end, close_mark);
  text.insert(place.begin, open_mark);
  return text;
}

std::string show(const ReferenceError& error) {
  return std::string(to_string(error.kind)) + '@' + std::to_string(error.offset);
}

TEST(ReferenceMessage, SaysWhatIsWrongAndWhere) {
  for (const Case& one : cases) {
    const std::string text = without_marks(one.marked);
    const ReferenceParse parsed = parse_reference(text);
    const auto* error = std::get_if<ReferenceError>(&parsed);
    ASSERT_NE(error, nullptr) << text;
    const ReferenceFault fault = explain(*error, text);
    EXPECT_EQ(show(*error), one.error) << one.marked;
    EXPECT_EQ(fault.message, one.message) << one.marked;
    ASSERT_LE(fault.place.end, text.size()) << one.marked;
    EXPECT_EQ(with_marks(text, fault.place), one.marked);
    EXPECT_EQ(message(*error, text), fault.message);
  }
}

TEST(ReferenceMessage, KnowsAFaultOfTheDigestFromOneOfTheName) {
  for (const Case& one : cases) {
    const std::string text = without_marks(one.marked);
    const ReferenceFault fault = explain(std::get<ReferenceError>(parse_reference(text)), text);
    const auto at_sign = one.marked.find('@');
    const bool marked_after = at_sign != std::string::npos && one.marked.find(open_mark) > at_sign;
    EXPECT_EQ(fault.in_digest, marked_after || one.marked == "app⟦@⟧") << one.marked;
  }
}

TEST(ReferenceMessage, ExplainsTheBareGrammarToo) {
  const struct {
    std::string text;
    std::string error;
    std::string message;
  } bare[] = {
      {"", "empty@0", "empty image reference"},
      {"[::1]", "format@5", "no name after the registry"},
      {"[]/app", "format@1", "no address between the brackets"},
      {"a/b" + std::string(255, 'b'), "too_long@257", "the path is 256 bytes long; at most 255 are allowed"},
      {"Foo", "uppercase@0", "the name must be lower case: 'Foo'"},
  };
  for (const auto& one : bare) {
    const auto error = std::get<ReferenceError>(parse_bare_reference(one.text));
    EXPECT_EQ(show(error), one.error);
    EXPECT_EQ(message(error, one.text), one.message) << one.text;
  }
}

TEST(ReferenceMessage, NeedsNoMatchingErrorToStayInsideTheText) {
  for (const Case& one : cases) {
    const std::string text = without_marks(one.marked);
    for (int kind = 0; kind <= static_cast<int>(ReferenceErrorKind::identifier); ++kind)
      for (const std::size_t offset : {std::size_t{0}, text.size() / 2, text.size(), text.size() + 9}) {
        const ReferenceError error{static_cast<ReferenceErrorKind>(kind), static_cast<std::uint32_t>(offset)};
        const TextRange place = explain(error, text).place;
        EXPECT_LE(place.begin, place.end);
        EXPECT_LE(place.end, text.size()) << text;
      }
  }
}

}  // namespace
}  // namespace imglint
