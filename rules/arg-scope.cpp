#include <string>

#include "rules/rule.hpp"
#include "rules/support/arguments.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr Example examples[] = {
    {.file = "Dockerfile", .text = "FROM alpine:3.20 AS build\nARG VERSION=1.27\nFROM nginx:${⟦VERSION⟧}\n"},
    {.file = "Dockerfile",
     .text = "FROM alpine:3.20 AS build\nARG P=linux/arm64\nFROM --platform=$⟦P⟧ alpine:3.20\n"},
    {.file = "Dockerfile", .text = "ARG VERSION=1.27\nFROM alpine:3.20 AS build\nFROM nginx:${VERSION}\n"},
    {.file = "Dockerfile", .text = "FROM alpine:3.20\nARG VERSION=1.27\nRUN echo $VERSION\n"},
};

std::string_view line_end_of(const Source& source) {
  const std::string_view bytes = source.bytes();
  const std::size_t end = bytes.find('\n');
  return end != bytes.npos && end > 0 && bytes[end - 1] == '\r' ? "\r\n" : "\n";
}

/// Declares the argument before the first FROM as well. The one in the stage stays: the stage needs it.
std::optional<Edit> declare_above(const Document& document, const Argument& argument) {
  if (document.blocks_edits() || document.stages.empty() ||
      document.owner_of(document.stages.front()).parent != no_owner)
    return std::nullopt;
  std::string line = "ARG " + std::string(argument.name);
  if (argument.has_default) {
    const MappedText& value = argument.default_value;
    const TextRange whole{0, static_cast<std::uint32_t>(value.text().size())};
    if (!value.empty() && !value.source_of(whole)) return std::nullopt;
    // A default made of other variables may mean something else up there.
    if (value.text().find('$') != std::string_view::npos) return std::nullopt;
    line += "=" + std::string(value.text());
  }
  line += line_end_of(*document.source);
  const std::uint32_t begin = document.stages.front().instruction.begin;
  return Edit{document.source, {begin, begin}, line};
}

void check(const CheckedDocument& checked, Report& report) {
  const Document& document = *checked.document;
  if (!document.file_part().has_stages) return;
  const ArgumentIndex arguments(document);
  for_each_from_variable(document, [&](const ImageUse& use, const Variable& variable) {
    const Argument* argument = variable.declared ? nullptr : arguments.in_stage_before(use, variable.name);
    if (!argument) return;
    Finding& finding =
        report.at(document, use, name_of(variable),
                  "ARG " + quoted(variable.name) + " is declared inside a stage, where no FROM can see it");
    finding.related.push_back({{document.source, argument->name_span}, "declared here"});
    offer_fix(finding, "declare it before the first FROM as well", Safety::unsafe,
              declare_above(document, *argument));
  });
}

}  // namespace

extern const Rule arg_scope;
constinit const Rule arg_scope = {
    .info =
        {
            .name = "arg-scope",
            .summary = "An ARG of a stage used in a later FROM.",
            .why = "An ARG after FROM belongs to its stage. Only those before the first FROM reach the FROM "
                   "lines, so "
                   "this one is empty there, whatever build arguments are given.",
            .severity = Severity::error,
            .strict_severity = Severity::error,
            .fixability = Fixability::unsafe,
            .examples = examples,
        },
    .check_document = check,
};

}  // namespace imglint::rules
