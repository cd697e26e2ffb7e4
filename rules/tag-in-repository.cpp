#include <string>

#include "reference/parse.hpp"
#include "rules/rule.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr Example examples[] = {
    {.file = "kustomization.yaml",
     .text = "resources: [\"https://example.com/base\"]\nimages:\n  - name: nginx\n    newName: "
             "⟦quay.io/acme/nginx:5⟧\n",
     .note = "An image `nginx:1` becomes `quay.io/acme/nginx:5:1`"},
    {.file = "values.yaml",
     .text = "image:\n  repository: ⟦quay.io/acme/api:5⟧\n  pullPolicy: Always\n",
     .note = "Most charts put `:` and a tag behind it"},
    {.file = "kustomization.yaml",
     .text = "resources: [\"https://example.com/base\"]\nimages:\n  - name: nginx\n    newName: "
             "quay.io/acme/nginx\n    newTag: \"5\"\n"},
};

void check(const Subject& subject, Report& report) {
  for (const UsePart& part : subject.use->parts) {
    if (part.name != PartName::repository || part.also) continue;
    const ReferenceParse parsed = parse_reference(part.text.text());
    const auto* reference = std::get_if<Reference>(&parsed);
    if (!reference || (!reference->tag && !reference->digest)) continue;
    report.at_image({subject.document->source, part.span},
                    std::string(reference->tag ? "a tag" : "a digest") +
                        " inside of a repository: whoever puts the name together adds another one");
  }
}

}  // namespace

extern const Rule tag_in_repository;
constinit const Rule tag_in_repository = {
    .info =
        {
            .name = "tag-in-repository",
            .summary = "A repository, of Helm values or a `newName` of Kustomize, with a tag in it.",
            .why = "A repository is one part of a name that others put together: Kustomize keeps the tag of "
                   "the image behind `newName`, and charts write `repository:tag`. With a tag of its own it "
                   "becomes `a:5:1`, which nobody can pull.",
            .severity = Severity::info,
            .strict_severity = Severity::warning,
            .examples = examples,
        },
    .check_use = check,
};

}  // namespace imglint::rules
