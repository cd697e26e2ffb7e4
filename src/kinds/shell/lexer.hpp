// Puts words and commands together from the tokens of a shell script, and keeps what is open on a stack of
// its own.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kinds/shell/words.hpp"

namespace imglint::shell {

enum class Mode : std::uint8_t {
  commands,       ///< words that are commands
  quoted,         ///< inside of double quotes
  braced,         ///< behind the operator of `${NAME:-`
  quoted_braced,  ///< the same inside of double quotes
  arithmetic,     ///< inside of `$(( ))`
  word,           ///< all is one word
};

/// A heredoc whose body begins behind the line.
struct Heredoc {
  std::string delimiter;
  bool tabs_go = false;
};

/// What becomes of the word that is read.
enum class Use : std::uint8_t { kept, dropped, delimiter, tabbed_delimiter };

/// Something that is open: a text of commands, quotes, braces.
struct Level {
  Mode mode = Mode::commands;
  std::uint32_t begin = 0;   ///< where `$(` or `${` stands
  std::uint32_t parens = 0;  ///< open ones in it
  std::uint32_t cases = 0;   ///< open `case`, whose patterns end in `)`
  bool at_start = true;      ///< nothing but keywords stands in the command so far
  bool array = false;        ///< inside of `NAME=( )`
  bool hidden = false;       ///< what stands here is a part of no word
  TextPart variable = {};    ///< braced: what it will be
  Command command = {};      ///< commands
  Word word = {};            ///< commands, word
  bool in_word = false;
  Use use = Use::kept;
};

class Lexer {
 public:
  Lexer(std::string_view text, TextRange range, const Reading& reading)
      : text_(text), reading_(reading), shadow_(shadow_of(text, range, reading)), offset_(range.begin) {}

  Commands read_commands();
  Word read_word();

  // What the actions do. Ranges are in the text.
  void blanks() { end_word(); }
  void line_end();
  void separator() { end_command(); }
  void open_paren();
  void open_double_paren(std::uint32_t begin);
  void close_paren(std::uint32_t end);
  void redirection(TextRange range);
  void text(TextRange range);
  void quotes(TextRange range, TextRange inside);
  void escape(TextRange range) { part({.kind = TextPart::Kind::escape, .range = range}); }
  void unknown(TextRange range) { part({.kind = TextPart::Kind::unknown, .range = range}); }
  void outer(TextRange range);
  void variable(TextRange range, TextRange name);
  void open_quotes(std::uint32_t begin);
  void close_quotes(std::uint32_t end);
  void open_braces(TextRange head);
  void close_braces(std::uint32_t end);
  void open_command(std::uint32_t begin, Mode mode);
  void fail() { failed_ = true; }

 private:
  [[nodiscard]] static std::string shadow_of(std::string_view text, TextRange range, const Reading& reading);
  void run();
  /// Reads the token at an offset of the shadow; gives the offset behind it.
  [[nodiscard]] std::size_t step(std::size_t at);
  void push(Mode mode, std::uint32_t begin, bool hidden);
  [[nodiscard]] Level& top() { return levels_.back(); }
  /// Where words are put together.
  [[nodiscard]] Level& words();
  void begin_word(std::uint32_t at);
  void part(TextPart part);
  void end_word();
  void note_case(Level& level);
  void end_command();
  [[nodiscard]] std::size_t behind_heredocs(std::size_t at);

  std::string_view text_;
  const Reading& reading_;
  std::string shadow_;    ///< of the same length, with outer expressions marked
  std::uint32_t offset_;  ///< of the shadow in the text
  std::vector<Level> levels_;
  std::vector<Heredoc> heredocs_;
  bool line_ended_ = false;
  bool failed_ = false;
  Commands result_;
};

}  // namespace imglint::shell
