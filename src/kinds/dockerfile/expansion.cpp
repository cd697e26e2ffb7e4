#include "kinds/dockerfile/expansion.hpp"

#include <tao/pegtl.hpp>

#include "expansion/engine.hpp"
#include "grammar/expansion.hpp"
#include "kinds/dockerfile/expander.hpp"
#include "kinds/dockerfile/text.hpp"

namespace imglint::dockerfile {
namespace {

namespace pegtl = tao::pegtl;
namespace rule = grammar::expansion::dockerfile;

/// The word's text and the machine that takes its parts.
struct State {
  const char* begin;
  Expander& expander;

  template <class Input>
  [[nodiscard]] TextRange range(const Input& in) const {
    return {static_cast<std::uint32_t>(in.begin() - begin), static_cast<std::uint32_t>(in.end() - begin)};
  }
};

/// The range one byte longer at the front: the rule stands after a dollar or an escape character.
TextRange with_sign(TextRange range) { return {range.begin - 1, range.end}; }

template <class Rule>
struct Action : pegtl::nothing<Rule> {};

// Calls a function of the machine with the range of the rule; one that returns bool may fail the parse.
template <auto Function>
struct Calls {
  template <class Input>
  static auto apply(const Input& in, State& state) {
    return (state.expander.*Function)(state.range(in));
  }
};

template <char Escape, char... Stop>
struct Action<rule::plain<Escape, Stop...>> : Calls<&Expander::literal> {};
template <char Escape>
struct Action<rule::quoted_plain<Escape>> : Calls<&Expander::literal> {};
template <char Escape>
struct Action<rule::lone_escape<Escape>> : Calls<&Expander::lone_escape> {};
template <char Escape>
struct Action<rule::quoted_escape<Escape>> : Calls<&Expander::escaped> {};
template <>
struct Action<rule::escaped_byte> {
  template <class Input>
  static void apply(const Input& in, State& state) {
    state.expander.escaped(with_sign(state.range(in)));
  }
};
template <>
struct Action<rule::lone_dollar> {
  template <class Input>
  static void apply(const Input& in, State& state) {
    state.expander.literal(with_sign(state.range(in)));
  }
};
template <>
struct Action<rule::single_text> {
  template <class Input>
  static void apply(const Input& in, State& state) {
    if (!in.empty()) state.expander.literal(state.range(in));
  }
};
template <>
struct Action<rule::single_open> : Calls<&Expander::open_quote> {};
template <>
struct Action<rule::double_open> : Calls<&Expander::open_quote> {};
template <>
struct Action<rule::single_close> : Calls<&Expander::close_quote> {};
template <>
struct Action<rule::double_close> : Calls<&Expander::close_quote> {};
template <>
struct Action<rule::bare_parameter> : Calls<&Expander::bare> {};
template <>
struct Action<rule::braced_open> : Calls<&Expander::open_brace> {};
template <>
struct Action<rule::braced_more> {
  template <class Input>
  static bool apply(const Input&, State& state) {
    return state.expander.is_shallow();
  }
};
template <>
struct Action<rule::braced_parameter> : Calls<&Expander::name> {};
template <>
struct Action<rule::plain_close> : Calls<&Expander::plain_close> {};
template <>
struct Action<grammar::expansion::presence_operator> : Calls<&Expander::begin_operand> {};
template <>
struct Action<rule::trim_operator> : Calls<&Expander::begin_operand> {};
template <>
struct Action<rule::unknown_operator> : Calls<&Expander::begin_operand> {};
template <>
struct Action<rule::replace_operator> : Calls<&Expander::begin_operand> {};
template <>
struct Action<rule::replaced_close> : Calls<&Expander::end_pattern> {};
template <>
struct Action<rule::operand_close> : Calls<&Expander::end_operand> {};

/// What it means that a rule does not match where it must; empty where it need not.
template <class Rule>
inline constexpr std::string_view missing = {};
template <>
inline constexpr std::string_view missing<rule::single_close> = ": a single quote is open";
template <>
inline constexpr std::string_view missing<rule::double_close> = ": a double quote is open";
template <>
inline constexpr std::string_view missing<rule::braced_more> = " lacks its '}'";
template <>
inline constexpr std::string_view missing<rule::operand_close> = " lacks its '}'";
template <>
inline constexpr std::string_view missing<rule::replaced_close> = " lacks its second '/'";
template <>
inline constexpr std::string_view missing<rule::braced_start> = " has no name";
template <char Escape>
inline constexpr std::string_view missing<rule::modifier<Escape>> =
    " lacks its '}' or has an unknown operator";

template <class Rule>
struct Control : pegtl::normal<Rule> {
  template <class Input>
  static void failure(const Input&, State& state) {
    if constexpr (!missing<Rule>.empty()) state.expander.fail_here(missing<Rule>);
  }
};

template <char Escape>
bool run(const MappedText& word, Expander& expander) {
  const std::string_view text = word.text();
  pegtl::memory_input<pegtl::tracking_mode::lazy, pegtl::eol::lf, const char*> in(
      text.data(), text.data() + text.size(), "");
  State state{.begin = text.data(), .expander = expander};
  return pegtl::parse<rule::word<Escape>, Action, Control>(in, state);
}

/// Nothing in it could mean anything but itself.
bool is_literal(std::string_view text, char escape) {
  for (const char c : text)
    if (c == '$' || c == '"' || c == '\'' || c == escape) return false;
  return !text.starts_with("\xEF\xBB\xBF");
}

}  // namespace

void expand(const MappedText& written, char escape, Scope& scope, Arena& arena, Expanded& result) {
  // What a template engine reads is gone before a builder sees the word.
  Value opened;
  opened.set(written);
  opened.variables = std::move(result.value.variables);
  open_expressions(opened, arena);
  result.value.variables = std::move(opened.variables);
  const MappedText& word = opened;
  if (is_literal(word.text(), escape)) {
    result.value.set(word);
    return;
  }
  const auto read = [&](Expanded& into, bool open) {
    Expander expander(word, scope, arena, into, open);
    expander.finish(escape == '`' ? run<'`'>(word, expander) : run<'\\'>(word, expander));
  };
  std::vector<Variable> before = result.value.variables;
  read(result, false);
  if (!result.lacks_value) return;
  Expanded open;
  open.value.variables = std::move(before);
  read(open, true);
  if (open.value.is_known()) result.open_value = std::move(open.value);
}

}  // namespace imglint::dockerfile
