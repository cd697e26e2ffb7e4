#include <algorithm>
#include <string>

#include "reference/parse.hpp"
#include "rules/rule.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr Example examples[] = {
    {.file = "values.yaml",
     .text = "image:\n  registry: docker.io\n  repository: ⟦quay.io/acme/api⟧\n  tag: v1\n",
     .note = "The chart puts one before the other: docker.io/quay.io/acme/api"},
    {.file = "values.yaml", .text = "image:\n  registry: quay.io\n  repository: acme/api\n  tag: v1\n"},
    {.file = "values.yaml",
     .text = "image:\n  repository: quay.io/acme/api\n  tag: v1\n",
     .note = "There is no key for the registry"},
};

bool has_host(std::string_view text) {
  const ReferenceParse parsed = parse_reference(text);
  const auto* reference = std::get_if<Reference>(&parsed);
  return reference != nullptr && reference->registry.has_value();
}

void check(const Subject& subject, Report& report) {
  const auto part_of = [&](PartName name) {
    return std::ranges::find_if(subject.use->parts, [&](const UsePart& part) {
      return part.name == name && !part.also && !part.span.empty();
    });
  };
  const auto none = subject.use->parts.end();
  const auto registry = part_of(PartName::registry);
  const auto repository = part_of(PartName::repository);
  if (registry == none || repository == none || !has_host(repository->text.text())) return;
  report.at_image({subject.document->source, repository->span},
                  "a registry in the repository, although " + quoted(registry->text.text()) +
                      " stands before it: charts put the two together");
}

}  // namespace

extern const Rule chart_image_split;
constinit const Rule chart_image_split = {
    .info =
        {
            .name = "chart-image-split",
            .summary = "A values file names a registry twice: by itself and in the repository.",
            .why =
                "Charts that have a key for the registry write `registry/repository:tag`, so a host inside "
                "of the repository becomes a part of the path, and the image is not found. Helm's guide to "
                "values keeps the two apart.",
            .severity = Severity::info,
            .strict_severity = Severity::warning,
            .examples = examples,
        },
    .check_use = check,
};

}  // namespace imglint::rules
