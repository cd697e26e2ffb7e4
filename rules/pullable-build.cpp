#include <string>

#include "policy/registry_policy.hpp"
#include "rules/rule.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr OptionInfo options[] = {
    {.name = "owned",
     .type = OptionType::pattern_list,
     .doc = "names that only the team can push to, beside `registries.allow`"},
};

constexpr std::string_view allow_acme = "registries:\n  allow: [\"ghcr.io/acme/**\"]\n";

constexpr Example examples[] = {
    {.file = "compose.yaml",
     .text = "services:\n  app:\n    image: ⟦acme-app⟧:dev\n    build: .\n",
     .config = allow_acme,
     .note = "Anybody may publish it on Docker Hub"},
    {.file = "compose.yaml",
     .text = "services:\n  app:\n    image: ghcr.io/acme/app:dev\n    build: .\n",
     .config = allow_acme},
    {.file = "compose.yaml",
     .text = "services:\n  app:\n    image: acme-app:dev\n    build: .\n    pull_policy: build\n",
     .config = allow_acme},
    {.file = "compose.yaml",
     .text = "services:\n  app:\n    image: acme-app:dev\n    build: .\n",
     .note = "Without a policy nobody knows what is owned"},
};

/// Whether compose never asks a registry for the image (docs/spec/compose.md 2.3).
bool is_never_pulled(std::string_view pull_policy) {
  return pull_policy == "build" || pull_policy == "never";
}

void judge(const Subject& subject, const RegistryPolicy& owned, Report& report) {
  const ImageUse& use = *subject.use;
  const bool names_build = use.role->main && use.role->function == Function::output;
  const Build* build = names_build ? subject.document->build_of(use) : nullptr;
  if (!build || !subject.has_parts || is_never_pulled(build->pull_policy)) return;
  const RegistryVerdict verdict = owned.judge(subject);
  if (verdict.outcome == RegistryVerdict::Outcome::unknown)
    return report.cannot_judge(subject, "a variable without a value decides the registry or the path");
  if (verdict.outcome == RegistryVerdict::Outcome::allowed) return;
  report.at(subject, subject.parts.without_suffix(),
            "what is built here compose first tries to pull as " +
                quoted(subject.name.registry + "/" + subject.name.repository) + ", which others may publish");
}

void check(const CheckedDocument& checked, Report& report) {
  const RegistryPolicy owned(report.policy(), report.settings().patterns("owned"));
  if (!owned.has_allow_list()) return;
  for (const Subject& subject : checked.subjects)
    if (subject.use->active) judge(subject, owned, report);
}

}  // namespace

extern const Rule pullable_build;
constinit const Rule pullable_build = {
    .info =
        {
            .name = "pullable-build",
            .summary = "A service that is built here under a name that others may publish.",
            .why = "`docker compose up` first tries to pull the image of a service with `build`, and builds "
                   "only if "
                   "that fails. Under a name in a registry that is not the team's, somebody else's image "
                   "would be "
                   "run. `pull_policy: build` keeps compose from asking.",
            .severity = Severity::warning,
            .strict_severity = Severity::warning,
            .needs_configuration = true,
            .judges_parts = true,
            .options = options,
            .examples = examples,
        },
    .check_document = check,
};

}  // namespace imglint::rules
