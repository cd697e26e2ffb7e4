// The tokens of the grammar and what the lexer does at each: the one file that compiles grammar/shell.hpp.
#include <tao/pegtl.hpp>

#include "grammar/shell.hpp"
#include "kinds/shell/lexer.hpp"

namespace imglint::shell {
namespace {

namespace pegtl = tao::pegtl;
namespace rule = grammar::shell;
using Input = pegtl::memory_input<pegtl::tracking_mode::lazy, pegtl::eol::lf, const char*>;

/// What actions see.
struct State {
  Lexer& lexer;
  const char* base;
  std::uint32_t offset;
  TextRange inside = {};  ///< of a quoted text, or the name of a variable

  template <class ActionInput>
  [[nodiscard]] TextRange range(const ActionInput& in) const {
    return {offset + static_cast<std::uint32_t>(in.begin() - base),
            offset + static_cast<std::uint32_t>(in.end() - base)};
  }
};

template <class Rule>
struct Do : pegtl::nothing<Rule> {};

/// An action that calls a function of the lexer with the range of what matched.
template <void (Lexer::*Function)(TextRange)>
struct Call {
  template <class ActionInput>
  static void apply(const ActionInput& in, State& state) {
    (state.lexer.*Function)(state.range(in));
  }
};
template <void (Lexer::*Function)(std::uint32_t)>
struct CallAtEnd {
  template <class ActionInput>
  static void apply(const ActionInput& in, State& state) {
    (state.lexer.*Function)(state.range(in).end);
  }
};
template <void (Lexer::*Function)()>
struct CallPlain {
  static void apply0(State& state) { (state.lexer.*Function)(); }
};
struct KeepInside {
  template <class ActionInput>
  static void apply(const ActionInput& in, State& state) {
    state.inside = state.range(in);
  }
};
template <void (Lexer::*Function)(TextRange, TextRange)>
struct CallWithInside {
  template <class ActionInput>
  static void apply(const ActionInput& in, State& state) {
    (state.lexer.*Function)(state.range(in), state.inside);
  }
};

// clang-format off
template <> struct Do<rule::blanks> : CallPlain<&Lexer::blanks> {};
template <> struct Do<rule::literal_blanks> : CallPlain<&Lexer::blanks> {};
template <> struct Do<rule::literal_escape> : Call<&Lexer::escape> {};
template <> struct Do<rule::literal_plain> : Call<&Lexer::text> {};
template <> struct Do<rule::literal_quoted> : Call<&Lexer::text> {};
template <> struct Do<rule::end_of_line> : CallPlain<&Lexer::line_end> {};
template <> struct Do<rule::separator> : CallPlain<&Lexer::separator> {};
template <> struct Do<rule::open_paren> : CallPlain<&Lexer::open_paren> {};
template <> struct Do<rule::open_quote> : CallPlain<&Lexer::fail> {};
template <> struct Do<rule::open_backquote> : CallPlain<&Lexer::fail> {};
template <> struct Do<rule::close_paren> : CallAtEnd<&Lexer::close_paren> {};
template <> struct Do<rule::braced_close> : CallAtEnd<&Lexer::close_braces> {};
template <> struct Do<rule::double_close> : CallAtEnd<&Lexer::close_quotes> {};
template <> struct Do<rule::redirection> : Call<&Lexer::redirection> {};
template <> struct Do<rule::heredoc> : Call<&Lexer::redirection> {};
template <> struct Do<rule::plain> : Call<&Lexer::text> {};
template <> struct Do<rule::quoted_plain> : Call<&Lexer::text> {};
template <> struct Do<rule::braced_plain> : Call<&Lexer::text> {};
template <> struct Do<rule::word_plain> : Call<&Lexer::text> {};
template <> struct Do<rule::other> : Call<&Lexer::text> {};
template <> struct Do<rule::lone_dollar> : Call<&Lexer::text> {};
template <> struct Do<rule::escape> : Call<&Lexer::escape> {};
template <> struct Do<rule::double_escape> : Call<&Lexer::escape> {};
template <> struct Do<rule::braces> : Call<&Lexer::unknown> {};
template <> struct Do<rule::placeholder> : Call<&Lexer::unknown> {};
template <> struct Do<rule::backquoted> : Call<&Lexer::unknown> {};
template <> struct Do<rule::ansi_quoted> : Call<&Lexer::unknown> {};
template <> struct Do<rule::outer> : Call<&Lexer::outer> {};
template <> struct Do<rule::braced_open> : Call<&Lexer::open_braces> {};
template <> struct Do<rule::single_text> : KeepInside {};
template <> struct Do<rule::bare_name> : KeepInside {};
template <> struct Do<rule::whole_name> : KeepInside {};
template <> struct Do<rule::single_quoted> : CallWithInside<&Lexer::quotes> {};
template <> struct Do<rule::variable> : CallWithInside<&Lexer::variable> {};
template <> struct Do<rule::braced_whole> : CallWithInside<&Lexer::variable> {};
// clang-format on

struct OpenQuotes {
  template <class ActionInput>
  static void apply(const ActionInput& in, State& state) {
    state.lexer.open_quotes(state.range(in).begin);
  }
};
template <>
struct Do<rule::double_open> : OpenQuotes {};
template <>
struct Do<rule::literal_open> : OpenQuotes {};
template <>
struct Do<rule::arithmetic> {
  template <class ActionInput>
  static void apply(const ActionInput& in, State& state) {
    state.lexer.open_command(state.range(in).begin, Mode::arithmetic);
  }
};
template <>
struct Do<rule::double_paren> {
  template <class ActionInput>
  static void apply(const ActionInput& in, State& state) {
    state.lexer.open_double_paren(state.range(in).begin);
  }
};
template <>
struct Do<rule::command_open> {
  template <class ActionInput>
  static void apply(const ActionInput& in, State& state) {
    state.lexer.open_command(state.range(in).begin, Mode::commands);
  }
};

/// Parses one token in a mode.
template <class Token>
std::size_t parse(State& state, std::string_view shadow, std::size_t at) {
  Input in(shadow.data() + at, shadow.data() + shadow.size(), "");
  pegtl::parse<Token, Do>(in, state);
  return static_cast<std::size_t>(in.current() - shadow.data());
}

}  // namespace

std::size_t Lexer::step(std::size_t at) {
  State state{*this, shadow_.data(), offset_};
  if (reading_.literal)
    return top().mode == Mode::quoted ? parse<rule::in_literal_quotes>(state, shadow_, at)
                                      : parse<rule::literal_words>(state, shadow_, at);
  const bool within = top().in_word;
  switch (top().mode) {
    case Mode::commands:
      if (reading_.placeholders)
        return within ? parse<rule::in_document_word>(state, shadow_, at)
                      : parse<rule::in_document_between>(state, shadow_, at);
      return within ? parse<rule::within_word>(state, shadow_, at)
                    : parse<rule::between_words>(state, shadow_, at);
    case Mode::quoted:
      return parse<rule::in_quotes>(state, shadow_, at);
    case Mode::braced:
      return parse<rule::in_braces>(state, shadow_, at);
    case Mode::quoted_braced:
      return parse<rule::in_quoted_braces>(state, shadow_, at);
    case Mode::arithmetic:
      return parse<rule::in_arithmetic>(state, shadow_, at);
    case Mode::word:
      return parse<rule::in_word>(state, shadow_, at);
  }
  return shadow_.size();
}

}  // namespace imglint::shell
