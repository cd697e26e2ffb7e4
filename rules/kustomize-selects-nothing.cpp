#include <algorithm>
#include <string>
#include <vector>

#include "policy/kustomize.hpp"
#include "rules/rule.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr Example examples[] = {
    {.file = "kustomization.yaml",
     .text = "resources: []\nimages:\n  - name: ⟦docker.io/nginx⟧\n    newTag: \"1.27\"\n",
     .note = "Names are compared as they are spelled: a manifest that says `nginx` is not selected"},
    {.file = "kustomization.yaml",
     .text = "patches:\n  - patch: |\n      apiVersion: v1\n      kind: Pod\n      metadata: {name: a}\n"
             "      spec:\n        containers:\n          - {name: a, image: \"nginx:1\"}\n"
             "images:\n  - name: nginx\n    newTag: \"1.27\"\n"},
    {.file = "kustomization.yaml",
     .text = "resources: [\"https://example.com/base\"]\nimages:\n  - name: nginx\n    newTag: \"1.27\"\n",
     .note = "The base is elsewhere"},
};

bool concerns_project(std::span<const Subject> subjects, const Policy&) {
  return std::ranges::any_of(
      subjects, [](const Subject& subject) { return subject.use->role->function == Function::selector; });
}

void check(std::span<const CheckedDocument> files, Report& report) {
  std::vector<const Document*> documents;
  for (const CheckedDocument& file : files) documents.push_back(file.document);
  const KustomizeGraph graph(documents);
  if (graph.entries().empty()) return;
  const auto selected = graph.selected({});
  for (std::size_t index = 0; index < selected.size(); ++index) {
    const KustomizeEntry& entry = graph.entries()[index];
    if (!entry.selector.use || !entry.is_here || !entry.is_complete || !selected[index].empty()) continue;
    report.at_image({entry.selector.document->source, entry.selector.use->span},
                    "no image of these files is spelled " + quoted(entry.selector.use->written.text()) +
                        ", so the entry changes nothing");
  }
}

}  // namespace

extern const Rule kustomize_selects_nothing;
constinit const Rule kustomize_selects_nothing = {
    .info =
        {
            .name = "kustomize-selects-nothing",
            .summary = "An entry under `images` of a kustomization that selects no image.",
            .why = "Kustomize compares the names of images as they are spelled: `nginx` is neither "
                   "`docker.io/nginx` nor `library/nginx`. An entry that matches nothing is passed over in "
                   "silence, and the overlay runs whatever the base says.",
            .severity = Severity::info,
            .strict_severity = Severity::warning,
            .examples = examples,
        },
    .check_project = check,
    .concerns_project = concerns_project,
};

}  // namespace imglint::rules
