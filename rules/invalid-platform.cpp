#include <algorithm>
#include <string>

#include "rules/rule.hpp"
#include "rules/support/arguments.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr Example examples[] = {
    {.file = "Dockerfile", .text = "FROM --platform=⟦linux/arm64/v8/x⟧ alpine:3.20\n"},
    {.file = "Dockerfile",
     .text = "ARG PLATFORM\nFROM --platform=⟦$PLATFORM⟧ alpine:3.20\n",
     .note = "A build that does not give it fails"},
    {.file = "Dockerfile", .text = "FROM --platform=linux/arm64/v8 alpine:3.20\n"},
    {.file = "Dockerfile", .text = "FROM --platform=$BUILDPLATFORM alpine:3.20\n"},
    {.file = "Dockerfile", .text = "ARG PLATFORM=linux/arm64\nFROM --platform=$PLATFORM alpine:3.20\n"},
};

/// Such a variable is the business of undefined-arg.
bool is_undeclared(const Variable& variable) { return !variable.declared && variable.needed; }

/// Such a one that of unset-image-variable.
bool is_emptied_by_compose(const Document& document, const Variable& variable) {
  return document.leaves_unset_empty && variable.needed && variable.op.empty() &&
         variable.source == VariableSource::none && !is_left_to_builder(variable);
}

void check(const CheckedDocument& checked, Report& report) {
  const Document& document = *checked.document;
  for (const ImageUse& use : document.uses) {
    const Value& platform = document.platform_of(use);
    if (platform.is_known()) continue;
    if (std::any_of(platform.variables.begin(), platform.variables.end(), is_undeclared)) continue;
    if (std::ranges::any_of(platform.variables, [&](const Variable& variable) {
          return is_emptied_by_compose(document, variable);
        }))
      continue;
    const bool lacks_value = std::any_of(
        platform.variables.begin(), platform.variables.end(),
        [](const Variable& variable) { return variable.needed && variable.source == VariableSource::none; });
    if (lacks_value && document.is_never_built) continue;  // every build gives it
    const MappedText& written = document.stage_of(use)->platform_written;
    const auto place = written.cover_of({0, static_cast<std::uint32_t>(written.text().size())});
    report.at(place.value_or(Location{document.source, use.span}),
              std::string(platform.fault) + (lacks_value ? ", unless the build gives the argument" : ""));
  }
}

}  // namespace

extern const Rule invalid_platform;
constinit const Rule invalid_platform = {
    .info =
        {
            .name = "invalid-platform",
            .summary = "A platform in FROM that no builder takes.",
            .why = "What is left of `--platform` after its variables are expanded must be a platform: "
                   "`linux/arm64`, or `linux/arm/v7`. The build fails if nothing is left, or something else.",
            .severity = Severity::error,
            .strict_severity = Severity::error,
            .examples = examples,
        },
    .check_document = check,
};

}  // namespace imglint::rules
