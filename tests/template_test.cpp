// Interpolation as docs/spec/compose.md 2.5 has it: operators, braces, nesting, and which bytes a value has.
#include "expansion/template.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace imglint {
namespace {

using Given = std::vector<std::pair<std::string, std::string>>;

/// A template read from a file of its own, with everything needed to look at the result.
struct Reading {
  Source source;
  Arena arena;
  Interpolation result;

  Reading(std::string_view text, const Given& given) : source("a", std::string(text)) {
    TemplateValues values;
    for (const auto& [name, value] : given) values.set(name, {VariableSource::option, {value, {}}});
    const Span all{0, static_cast<std::uint32_t>(text.size())};
    result = interpolate(MappedText::slice(source, all, arena), values, arena);
  }
};

std::string value_or_fault(const Reading& reading) {
  const auto& fault = reading.result.fault;
  return fault ? "! " + fault->message : std::string(reading.result.value.text());
}

struct Operator {
  std::string_view text;
  std::string_view unset, empty, set;
};
constexpr std::string_view missing = "! required variable V is missing a value: e";

// clang-format off
const Operator operators[] = {
    {"$V",      "",      "",      "v"},
    {"${V}",    "",      "",      "v"},
    {"${V:-d}", "d",     "d",     "v"},
    {"${V-d}",  "d",     "",      "v"},
    {"${V:?e}", missing, missing, "v"},
    {"${V?e}",  missing, "",      "v"},
    {"${V:+r}", "",      "",      "r"},
    {"${V+r}",  "",      "r",     "r"},
};
// clang-format on

TEST(Template, OperatorsLookAtUnsetEmptyAndSet) {
  for (const Operator& one : operators) {
    SCOPED_TRACE(std::string(one.text));
    EXPECT_EQ(value_or_fault(Reading(one.text, {})), one.unset);
    EXPECT_EQ(value_or_fault(Reading(one.text, {{"V", ""}})), one.empty);
    EXPECT_EQ(value_or_fault(Reading(one.text, {{"V", "v"}})), one.set);
  }
}

struct Case {
  std::string_view text;
  std::string_view value;  ///< with A, a and EMPTY given, B, C and D not
};

// clang-format off
const Case cases[] = {
    // dollars
    {"$$",                "$"},
    {"$$$$A",             "$$A"},
    {"$$A",               "$A"},
    {"$$$A",              "$1"},
    {"$${A}",             "${A}"},
    {"$",                 "$"},
    {"x$",                "x$"},
    {"$1 $- $( $. $/",    "$1 $- $( $. $/"},
    {"$A.$A-$A/$A:$A",    "1.1-1/1:1"},
    {"$A_b",              ""},
    {"$a_1",              ""},
    {"$Aé",               "1é"},
    // the first operator counts
    {"${B:-x?y}",         "x?y"},
    {"${B-b-c}",          "b-c"},
    {"${B-:?b}",          ":?b"},
    {"${B:-:-}",          ":-"},
    {"${B?-}",            "! required variable B is missing a value: -"},
    {"${EMPTY-x}${EMPTY:-y}", "y"},
    {"${B:-'1'}",         "'1'"},
    {"${B:-a/b:c@d+e}",   "a/b:c@d+e"},
    {"${B:-}",            ""},
    {"${B:?}",            "! required variable B is missing a value"},
    // nesting
    {"${B:-${C:-${D:-x}}}", "x"},
    {"${B:-${A:-x}}",     "1"},
    {"${B:-x${A}y${C:-z}}w", "x1yzw"},
    {"${B:-$A}",          "1"},
    {"${B:-$$A}",         "$A"},
    {"${A:+${B:-x}}",     "x"},
    {"${B:+${C:?e}}",     ""},
    {"${A:-${}}",         "1"},
    {"${A:-${B:?e}}",     "1"},
    {"${B:-${C:?c $A}}",  "! required variable C is missing a value: c 1"},
    {"${B:?b ${C:-c}}",   "! required variable B is missing a value: b c"},
    {"${B:?${C:?c}}",     "! required variable C is missing a value: c"},
    {"${B:?${}}",         "! invalid template '${}'"},
    // closing braces
    {"${B:-x}}",          "x}"},
    {"${B:-{x}}",         "{x}"},
    {"${B:-x{}}",         "x{}"},
    {"${B:-{}}",          "{}"},
    {"${B:-{}",           "{"},
    {"${B:-{x}",          "{x"},
    {"${B:-{{}}}",        "{{}}"},
    {"{${B:-x}}",         "{x}"},
    {"{${B:-x}",          "{x"},
    {"}${B:-x}",          "}x"},
    {"${B:-{${C:-x}",     "! invalid template '${C:-x'"},
    {"${B:-{${C:-x}}",    "{x"},
    {"${A:-{} ${B:-y}",   "1"},
    {"${B:-{a} b} c",     "{a} b c"},
    {"${B:-x} ${B:-{y} z}", "x {y} z"},
    // lines
    {"${B:-x}\n${C:-y}",  "x\ny"},
    {"${B:-{x}\n}",       "{x\n}"},
    {"${B:-x\n}",         "! invalid template '${B:-x'"},
    {"a\n$A\n",           "a\n1\n"},
    // what is no template
    {"${}",               "! invalid template '${}'"},
    {"${A",               "! invalid template '${A'"},
    {"x ${A/x/y} z",      "! invalid template '${A/x/y}'"},
    {"${A:}",             "! invalid template '${A:}'"},
    {"${ A }",            "! invalid template '${ A }'"},
    {"${1A}",             "! invalid template '${1A}'"},
    {"${A-",              "! invalid template '${A-'"},
    {"${A:-x",            "! invalid template '${A:-x'"},
    {"${é}",              "! invalid template '${é}'"},
    {"${",                "! invalid template '${'"},
    {"$${",               "${"},
};
// clang-format on

TEST(Template, EndsWordsByCountingBraces) {
  const Given given = {{"A", "1"}, {"a", "2"}, {"EMPTY", ""}};
  for (const Case& one : cases) EXPECT_EQ(value_or_fault(Reading(one.text, given)), one.value) << one.text;
}

/// Pieces as `text@begin-end`, with `~` before one that is not exact and `=NAME` behind one of a variable.
std::string show_pieces(const Reading& reading) {
  std::string shown;
  for (const Piece& piece : reading.result.value.pieces()) {
    if (!shown.empty()) shown += ' ';
    if (!piece.exact) shown += '~';
    shown += reading.result.value.text(piece.text);
    if (piece.source) shown += "@" + std::to_string(piece.span.begin) + "-" + std::to_string(piece.span.end);
    if (piece.variable != no_variable)
      shown += "=" + std::string(reading.result.variables[piece.variable].name);
  }
  return shown;
}

/// Variables as `NAME op source`, and the text of the bytes that gave the value; those inside of a word in
/// brackets.
std::string show_variables(const Reading& reading) {
  std::string shown;
  for (const Variable& variable : reading.result.variables) {
    if (!shown.empty()) shown += ", ";
    const bool within = variable.within != no_variable;
    if (within) shown += "(";
    shown.append(variable.name)
        .append(" ")
        .append(variable.op)
        .append(" ")
        .append(to_string(variable.source));
    if (variable.place.source)
      shown.append(" '").append(reading.source.text(variable.place.span)).append("'");
    shown.append(" ").append(reading.source.text(variable.written.span));
    if (within) shown += ")";
  }
  return shown;
}

struct MapCase {
  std::string_view text;
  std::string_view pieces;
  std::string_view variables;
};

// clang-format off
const MapCase map_cases[] = {
    {"a:b", "a:b@0-3", ""},
    {"a:$A", "a:@0-2 ~1=A", "A  option $A"},
    {"a:${B}x", "a:@0-2 ~=B x@6-7", "B  none ${B}"},
    {"a:${B:-bc}", "a:@0-2 bc@7-9=B", "B :- default 'bc' ${B:-bc}"},
    {"${B:-}a", "@5-5=B a@6-7", "B :- default '' ${B:-}"},
    {"${B-x$$y}", "x@4-5=B ~$@5-7=B y@7-8=B", "B - default 'x$$y' ${B-x$$y}"},
    {"$$a", "~$@0-2 a@2-3", ""},
    {"${B:-${C:-x}}", "x@10-11=C", "B :- default '${C:-x}' ${B:-${C:-x}}, (C :- default 'x' ${C:-x})"},
    {"${B:-a${C}}", "a@5-6=B ~=C", "B :- default 'a${C}' ${B:-a${C}}, (C  none ${C})"},
    {"${A:+r}", "r@5-6=A", "A :+ default 'r' ${A:+r}"},
    {"${B:+r}", "~=B", "B :+ default ${B:+r}"},
    {"$A$A", "~1=A ~1=A", "A  option $A, A  option $A"},
};
// clang-format on

TEST(Template, KeepsTheBytesOfWordsAndThePlacesOfVariables) {
  for (const MapCase& one : map_cases) {
    const Reading reading(one.text, {{"A", "1"}});
    EXPECT_EQ(show_pieces(reading), one.pieces) << one.text;
    EXPECT_EQ(show_variables(reading), one.variables) << one.text;
  }
}

TEST(Template, LeavesAnErrorsMessageOutOfTheVariables) {
  const Reading reading("${A:?set A like $B}", {});
  EXPECT_EQ(show_variables(reading), "A :? none ${A:?set A like $B}");
  ASSERT_TRUE(reading.result.fault);
  EXPECT_EQ(reading.result.fault->kind, Trouble::Kind::required_variable);
  EXPECT_EQ(reading.result.fault->range, (TextRange{0, 19}));
}

TEST(Template, FollowsAValueToItsFile) {
  const Source env(".env", "V=1.9\n");
  Arena arena;
  TemplateValues values;
  values.set("V", {VariableSource::env_file, MappedText::slice(env, {2, 5}, arena)});
  const Source source("a", "b:${V}");
  const Interpolation result = interpolate(MappedText::slice(source, {0, 6}, arena), values, arena);
  ASSERT_EQ(result.value.text(), "b:1.9");
  ASSERT_EQ(result.value.pieces().size(), 2U);
  EXPECT_EQ(result.value.pieces()[1].source, &env);
  EXPECT_EQ(result.variables.at(0).place, (Location{&env, {2, 5}}));
}

}  // namespace
}  // namespace imglint
