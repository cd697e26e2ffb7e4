#include "kinds/suppression.hpp"

#include <algorithm>

#include <tao/pegtl.hpp>

#include "grammar/suppression.hpp"
#include "model/linter_comment.hpp"

namespace imglint {
namespace {

namespace pegtl = tao::pegtl;
namespace rule = grammar::suppression;
using Input = pegtl::memory_input<pegtl::tracking_mode::lazy, pegtl::eol::lf, const char*>;

/// What actions fill, and where the bytes of the file begin.
struct State {
  Suppression suppression;
  const char* base = nullptr;
  Span reason;  ///< from the first word to the last

  template <class ActionInput>
  [[nodiscard]] Span span(const ActionInput& in) const {
    return {static_cast<std::uint32_t>(in.begin() - base), static_cast<std::uint32_t>(in.end() - base)};
  }
};

template <class Rule>
struct Action : pegtl::nothing<Rule> {};

template <Suppression::Scope scope>
struct SetScope {
  template <class ActionInput>
  static void apply(const ActionInput&, State& state) {
    state.suppression.scope = scope;
  }
};
template <>
struct Action<rule::scope_line> : SetScope<Suppression::Scope::line> {};
template <>
struct Action<rule::scope_stage> : SetScope<Suppression::Scope::stage> {};
template <>
struct Action<rule::scope_file> : SetScope<Suppression::Scope::file> {};
template <>
struct Action<rule::global> : SetScope<Suppression::Scope::file> {};
template <>
struct Action<rule::stage> : SetScope<Suppression::Scope::stage> {};
template <>
struct Action<rule::disable_line> : SetScope<Suppression::Scope::line> {};
template <>
struct Action<rule::disable_file> : SetScope<Suppression::Scope::file> {};
template <>
struct Action<rule::disable> : SetScope<Suppression::Scope::file> {};

template <>
struct Action<rule::rule_name> {
  template <class ActionInput>
  static void apply(const ActionInput& in, State& state) {
    state.suppression.rules.push_back({in.string_view(), state.span(in)});
  }
};
template <>
struct Action<rule::every_rule> : Action<rule::rule_name> {};
template <>
struct Action<rule::buildkit> : SetScope<Suppression::Scope::file> {};
template <>
struct Action<rule::checkov> : SetScope<Suppression::Scope::file> {};
template <>
struct Action<rule::date> {
  template <class ActionInput>
  static void apply(const ActionInput& in, State& state) {
    state.suppression.until = in.string_view();
    state.suppression.has_until = true;
  }
};
template <>
struct Action<rule::reason_word> {
  template <class ActionInput>
  static void apply(const ActionInput& in, State& state) {
    const Span span = state.span(in);
    state.reason = state.reason.empty() ? span : Span{state.reason.begin, span.end};
  }
};

std::string_view without_separator(std::string_view reason) {
  for (const std::string_view separator : {"--", "-", ":"})
    if (reason.starts_with(separator)) {
      reason.remove_prefix(separator.size());
      break;
    }
  reason.remove_prefix(std::min(reason.find_first_not_of(" \t"), reason.size()));
  return reason;
}

/// Parses one form at the start of a text that belongs to `source`.
template <class Rule>
bool parse_as(Suppression::Tool tool, const Source& source, Span text, Suppression& into) {
  State state{.base = source.bytes().data()};
  Input in(state.base + text.begin, state.base + text.end, "");
  if (!pegtl::parse<Rule, Action>(in, state)) return false;
  into = std::move(state.suppression);
  into.tool = tool;
  into.span = text;
  into.reason = without_separator(source.text(state.reason));
  return true;
}

bool parse_own_attempt(const Source& source, Span text, Suppression& into) {
  const char* base = source.bytes().data();
  Input in(base + text.begin, base + text.end, "");
  if (!pegtl::parse<pegtl::sor<rule::own_attempt, rule::foreign_attempt>>(in)) return false;
  into = {.span = text, .faulty = true};
  return true;
}

bool parse_maybe(const Source& source, Span text, Suppression& into) {
  if (!parse_as<rule::maybe_own>(Suppression::Tool::imglint, source, text, into)) return false;
  into.faulty = into.is_guess = true;
  return true;
}

bool parse_any(const Source& source, Span text, Suppression& into) {
  using Tool = Suppression::Tool;
  return parse_as<rule::own>(Tool::imglint, source, text, into) || parse_own_attempt(source, text, into) ||
         parse_maybe(source, text, into) || parse_as<rule::hadolint>(Tool::hadolint, source, text, into) ||
         parse_as<rule::dclint>(Tool::dclint, source, text, into) ||
         parse_as<rule::trivy>(Tool::trivy, source, text, into) ||
         parse_as<rule::buildkit>(Tool::buildkit, source, text, into) ||
         parse_as<rule::tally>(Tool::tally, source, text, into) ||
         parse_as<rule::checkov>(Tool::checkov, source, text, into) ||
         parse_as<rule::kics>(Tool::kics, source, text, into) ||
         parse_as<rule::semgrep>(Tool::semgrep, source, text, into);
}

/// `<!-- … -->`
bool is_markup(std::string_view comment) { return comment.starts_with("<!--"); }

/// `/* … */` or, in a template, `{{- /* … */ -}}`.
bool is_block(std::string_view comment) {
  return comment.starts_with("/*") || comment.starts_with("{{") || is_markup(comment);
}

/// A comment without what closes it.
Span without_close(const Source& source, Span comment) {
  const std::string_view text = source.text(comment);
  const auto close = is_block(text) ? text.rfind(is_markup(text) ? "-->" : "*/") : text.size();
  const auto last = text.find_last_not_of(is_block(text) ? " \t\r\n*" : " \t", close == 0 ? 0 : close - 1);
  return {comment.begin, comment.begin + static_cast<std::uint32_t>(last + 1)};
}

/// Offsets in the source of the signs that begin a suppression: hashes, and what the comment begins with.
std::vector<std::uint32_t> beginnings(const Source& source, Span comment) {
  std::vector<std::uint32_t> result;
  const std::string_view text = source.text(comment);
  if (!text.starts_with('#')) {
    const auto word = std::min(text.find_first_not_of("/;*{<!- \t\r\n"), text.size());
    if (begins_linter_comment(text.substr(word))) result.push_back(comment.begin);
  }
  for (std::size_t at = text.find('#'); at != text.npos; at = text.find('#', at)) {
    if (begins_linter_comment(text.substr(at)))
      result.push_back(comment.begin + static_cast<std::uint32_t>(at));
    at = text.find_first_not_of('#', at);
    if (at == text.npos) break;
  }
  return result;
}

}  // namespace

std::string_view to_string(Suppression::Tool tool) {
  constexpr std::string_view names[] = {"imglint", "hadolint", "dclint", "trivy",  "buildkit",
                                        "tally",   "checkov",  "kics",   "semgrep"};
  return names[static_cast<std::size_t>(tool)];
}

std::vector<Suppression> read_suppressions(const Document& document) {
  std::vector<Suppression> result;
  for (const Comment& comment : document.comments) {
    const Span words = without_close(*document.source, comment.span);
    const std::vector<std::uint32_t> begins = beginnings(*document.source, words);
    for (std::size_t index = 0; index < begins.size(); ++index) {
      Span text{begins[index], index + 1 < begins.size() ? begins[index + 1] : words.end};
      const std::string_view bytes = document.source->bytes();
      while (text.end > text.begin && (bytes[text.end - 1] == ' ' || bytes[text.end - 1] == '\t')) --text.end;
      Suppression suppression;
      if (!parse_any(*document.source, text, suppression)) continue;
      if (suppression.span == words) suppression.span = comment.span;
      if (suppression.is_about_all() && suppression.tool == Suppression::Tool::imglint)
        suppression.faulty = suppression.reason.empty();
      suppression.comment = &comment;
      result.push_back(std::move(suppression));
    }
  }
  return result;
}

}  // namespace imglint
