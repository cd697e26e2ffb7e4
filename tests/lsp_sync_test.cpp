// Incremental changes against full texts, and positions in all encodings.
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "kinds/index.hpp"
#include "lsp/document_store.hpp"
#include "lsp/positions.hpp"

namespace imglint::lsp {
namespace {

/// A text as an editor keeps it: code points, with the ends of lines found anew for each question.
struct EditorText {
  std::u32string text;

  [[nodiscard]] static std::uint32_t units(char32_t c, Encoding encoding) {
    switch (encoding) {
      case Encoding::utf16:
        return c > 0xFFFF ? 2 : 1;
      case Encoding::utf8:
        return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
      case Encoding::utf32:
        return 1;
    }
    return 1;
  }
  /// Position of a code point. Never between CR and LF.
  [[nodiscard]] Position position(std::size_t index, Encoding encoding) const {
    Position at;
    for (std::size_t i = 0; i < index; ++i) {
      const bool ends = text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'));
      if (ends) {
        ++at.line;
        at.character = 0;
      } else {
        at.character += units(text[i], encoding);
      }
    }
    return at;
  }
  [[nodiscard]] bool is_place(std::size_t index) const {
    return index == 0 || index == text.size() || text[index - 1] != '\r' || text[index] != '\n';
  }
  [[nodiscard]] std::string utf8() const {
    std::string out;
    for (const char32_t c : text) {
      const auto byte = [&](char32_t value) { out += static_cast<char>(static_cast<unsigned char>(value)); };
      if (c < 0x80) {
        byte(c);
      } else if (c < 0x800) {
        byte(0xC0 | c >> 6), byte(0x80 | (c & 0x3F));
      } else if (c < 0x10000) {
        byte(0xE0 | c >> 12), byte(0x80 | (c >> 6 & 0x3F)), byte(0x80 | (c & 0x3F));
      } else {
        byte(0xF0 | c >> 18), byte(0x80 | (c >> 12 & 0x3F)), byte(0x80 | (c >> 6 & 0x3F)),
            byte(0x80 | (c & 0x3F));
      }
    }
    return out;
  }
};

class Typist {
 public:
  explicit Typist(unsigned seed) : random_(seed) {}

  std::size_t number(std::size_t below) {
    return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_);
  }
  std::u32string text() {
    constexpr std::u32string_view letters = U"ab:/\n\n\r\t \u00e9\u20ac\U0001F600\U0001F40B";
    std::u32string result;
    for (std::size_t count = number(9); count > 0; --count) {
      const char32_t c = letters[number(letters.size())];
      result += c;
      if (c == '\r' && number(2) == 0) result += U'\n';
    }
    return result;
  }
  std::size_t place(const EditorText& text) {
    std::size_t index = number(text.text.size() + 1);
    while (!text.is_place(index)) --index;
    return index;
  }

 private:
  std::mt19937 random_;
};

class LspSync : public testing::TestWithParam<Encoding> {};

TEST_P(LspSync, RandomEditsGiveTheTextThatTheEditorHas) {
  const Encoding encoding = GetParam();
  Typist typist(7);
  for (int document = 0; document < 40; ++document) {
    EditorText editor{.text = typist.text()};
    std::string server = editor.utf8();
    for (int edit = 0; edit < 60; ++edit) {
      const std::size_t a = typist.place(editor), b = typist.place(editor);
      const EditorText inserted{.text = typist.text()};
      const Range range{editor.position(a, encoding), editor.position(b, encoding)};  // ends may be exchanged
      apply_change(server, {range, inserted.utf8()}, encoding);
      editor.text.replace(std::min(a, b), std::max(a, b) - std::min(a, b), inserted.text);
      ASSERT_EQ(server, editor.utf8()) << "document " << document << ", edit " << edit;
    }
  }
}

TEST_P(LspSync, PositionsAreThoseOfTheEditorAndLeadBack) {
  const Encoding encoding = GetParam();
  Typist typist(11);
  EditorText editor;
  while (editor.text.size() < 6000) editor.text += typist.text();
  const std::string text = editor.utf8();
  const PositionMap map(text, encoding);
  for (int question = 0; question < 300; ++question) {
    const std::size_t index = typist.place(editor);
    const auto offset = static_cast<std::uint32_t>(EditorText{editor.text.substr(0, index)}.utf8().size());
    const Position position = editor.position(index, encoding);
    ASSERT_EQ(map.position(offset), position) << offset;
    ASSERT_EQ(map.offset(position), offset) << offset;
  }
}

TEST(LspSyncOfALongFile, IsTheTextThatTheEditorHasAfterEachEdit) {
  Typist typist(13);
  EditorText editor{.text = U"services:\n"};
  for (int service = 0; service < 400; ++service)
    editor.text +=
        U"  service:\n    image: ghcr.io/acme/app:1.2\n    environment:\n      NAME: é😀\n    init: true\n";
  std::string server = editor.utf8();
  for (int edit = 0; edit < 2000; ++edit) {
    const std::size_t begin = typist.place(editor);
    std::size_t end = std::min(editor.text.size(), begin + typist.number(4));
    while (!editor.is_place(end)) --end;
    const EditorText inserted{.text = typist.text()};
    const Range range{editor.position(begin, Encoding::utf16), editor.position(end, Encoding::utf16)};
    apply_change(server, {range, inserted.utf8()}, Encoding::utf16);
    editor.text.replace(begin, end - begin, inserted.text);
    ASSERT_EQ(server, editor.utf8()) << "edit " << edit;
  }
}

INSTANTIATE_TEST_SUITE_P(Encodings, LspSync,
                         testing::Values(Encoding::utf16, Encoding::utf8, Encoding::utf32),
                         [](const auto& encoding) {
                           return "utf" + std::string(to_string(encoding.param).substr(4));
                         });

TEST(LspPositions, WhatLiesOutsideIsPutAtTheNearestPlace) {
  const PositionMap map("a😀b\r\ncd", Encoding::utf16);
  EXPECT_EQ(map.offset({0, 2}), 1U) << "inside of a surrogate pair";
  EXPECT_EQ(map.offset({0, 99}), 6U) << "behind the line, before its end";
  EXPECT_EQ(map.offset({1, 99}), 10U);
  EXPECT_EQ(map.offset({9, 0}), 10U) << "behind the last line";
  EXPECT_EQ(map.position(3), (Position{0, 1})) << "inside of a character";
  EXPECT_EQ(map.position(99), (Position{1, 2}));
  EXPECT_EQ(map.line_count(), 2U);
}

TEST(LspPositions, BytesThatAreNoUtf8CountAsOne) {
  const PositionMap map(
      "\xFF\xFE"
      "é\n",
      Encoding::utf16);
  EXPECT_EQ(map.position(4), (Position{0, 3}));
  EXPECT_EQ(map.offset({0, 2}), 2U);
}

TEST(LspDocuments, TheLanguageDecidesThenTheName) {
  const auto kind_of = [](std::string_view language, std::string_view path) -> std::string_view {
    const KindInfo* kind = kind_of_document(language, path);
    return kind ? kind->name : "";
  };
  EXPECT_EQ(kind_of("dockerfile", "/a/whatever"), "dockerfile");
  EXPECT_EQ(kind_of("dockerfile", "/a/compose.yaml"), "compose") << "Neovim and Emacs say so";
  EXPECT_EQ(kind_of("dockercompose", "/a/x.yml"), "compose");
  EXPECT_EQ(kind_of("yaml.docker-compose", "/a/x.yml"), "compose");
  EXPECT_EQ(kind_of("yaml", "/a/compose.yaml"), "compose");
  EXPECT_EQ(kind_of("yaml", "/a/values.yaml"), "");
  EXPECT_EQ(kind_of("plaintext", "/a/Containerfile"), "dockerfile");
  EXPECT_EQ(kind_of("plaintext", "/a/README.md"), "");
  EXPECT_EQ(kind_of("", "/a/Dockerfile"), "dockerfile");
}

}  // namespace
}  // namespace imglint::lsp
