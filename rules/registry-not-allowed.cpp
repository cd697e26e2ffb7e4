#include <string>
#include <vector>

#include "policy/registry_policy.hpp"
#include "rules/rule.hpp"
#include "rules/support/move_fix.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr OptionInfo options[] = {
    {.name = "allow",
     .type = OptionType::pattern_list,
     .doc = "patterns that count as if they stood in `registries.allow`"},
};

constexpr std::string_view allow_acme =
    "registries:\n  allow: [\"ghcr.io/acme/**\", \"docker.io/library/*\"]\n";

constexpr Example examples[] = {
    {.file = "Dockerfile", .text = "FROM ⟦quay.io⟧/acme/app:1.2\n", .config = allow_acme},
    {.file = "Dockerfile",
     .text = "FROM ghcr.io/⟦acmeevil/app⟧:1.2\n",
     .config = allow_acme,
     .note = "The registry is allowed, the path is not"},
    {.file = "Dockerfile",
     .text = "FROM ghcr.io/⟦acme/app⟧:1.2\n",
     .config = "registries:\n  allow: [ghcr.io/acme]\n",
     .note = "An entry without a star is one image; all of an account is `ghcr.io/acme/**`"},
    {.file = "Dockerfile",
     .text = "FROM alpine:3.20\nCOPY --from=⟦quay.io⟧/acme/tool:1 /tool /\n",
     .config = allow_acme},
    {.file = "compose.yaml",
     .text = "services:\n  web:\n    image: ${REGISTRY:-⟦quay.io⟧}/acme/app:1.2\n",
     .config = allow_acme,
     .note = "Judged as evaluated, reported at the default"},
    {.file = "Dockerfile",
     .text = "FROM ⟦quay.io⟧/acme/app:1.2\n",
     .config = "registries:\n  allow: [\"ghcr.io/acme/**\"]\n  mirrors: [{from: quay.io/acme, to: "
               "ghcr.io/acme}]\n",
     .note = "With a mirror there is a fix"},
    {.file = "compose.yaml",
     .text = "services:\n  web:\n    image: ghcr.io/acme/app:1.2\n  db:\n    image: redis:7.4\n",
     .config = allow_acme},
    {.file = "Dockerfile",
     .text = "ARG REGISTRY\nFROM $REGISTRY/app:1\n",
     .config = allow_acme,
     .note = "Cannot be judged"},
};

/// An entry without a star is one image, where its author may have meant all below it, and a star alone stays
/// within one component.
std::string narrower_than_meant(const std::vector<std::string>& patterns, const ImageName& name) {
  const std::string whole = name.registry + "/" + name.repository;
  for (const std::string& pattern : patterns) {
    if (pattern == "*") return "; '*' is any official image of Docker Hub, '**' is every image";
    if (whole.starts_with(pattern + "/"))
      return "; " + quoted(pattern) + " is one image, " + quoted(pattern + "/**") + " is all below it";
  }
  return {};
}

std::string allowed_entries(const RegistryPolicy& registries, const ImageName& name) {
  std::string text;
  const auto closest = registries.closest_allowed(name);
  for (const std::string& pattern : closest) text += (text.empty() ? "" : ", ") + quoted(pattern);
  return (registries.allowed_count() > closest.size() ? "closest among the allowed are " : "allowed are ") +
         text + narrower_than_meant(closest, name);
}

std::string fault_of(const Subject& subject, const RegistryPolicy& registries) {
  const ImageName& name = subject.name;
  if (!registries.allows_registry(name.registry))
    return "registry " + quoted(name.registry) + " is not allowed";
  if (!subject.host_is_lower_case)
    return "host " + quoted(subject.text(*subject.parts.registry)) +
           " has capitals, which make it another registry to Docker's client";
  return quoted(name.registry + "/" + name.repository) + " is not allowed";
}

/// The host, unless some entry is for this host and it is the path that is not allowed.
TextRange place_of(const Subject& subject, const RegistryPolicy& registries) {
  const bool path_is_wrong = subject.host_is_lower_case && registries.allows_registry(subject.name.registry);
  if (subject.parts.registry && !path_is_wrong) return *subject.parts.registry;
  return subject.parts.repository();
}

/// What a deny entry covers registry-denied tells, unless this rule weighs more.
bool is_left_to_denied(const RegistryVerdict& verdict, const Report& report) {
  if (verdict.outcome != RegistryVerdict::Outcome::denied) return false;
  const RuleSettings& other = report.policy().settings("registry-denied");
  return other.severity >= report.settings().severity && (other.locked || !report.settings().locked);
}

void judge(const Subject& subject, const RegistryPolicy& registries, Report& report) {
  if (!talks_to_registry(subject)) return;
  const RegistryVerdict verdict = registries.judge(subject);
  if (verdict.outcome == RegistryVerdict::Outcome::unknown)
    return report.cannot_judge(subject, "a variable without a value decides the registry or the path");
  if (verdict.is_listed || is_left_to_denied(verdict, report)) return;
  Finding& finding =
      report.at(subject, place_of(subject, registries),
                fault_of(subject, registries) + "; " + allowed_entries(registries, subject.name));
  std::string why;
  for (const std::uint32_t number : report.policy().mirrored.owners_of_matches(subject.name)) {
    const MirrorEntry& mirror = report.policy().mirrors[number];
    if (!finding.fix) why = offer_map(finding, subject, mirror, Safety::unsafe, report.policy());
  }
  tell_refusal(finding, why);
}

void check(const CheckedDocument& checked, Report& report) {
  const RegistryPolicy registries(report.policy(), report.settings().patterns("allow"));
  if (!registries.has_allow_list()) return;
  for (const Subject& subject : checked.subjects)
    if (subject.use->active) judge(subject, registries, report);
}

}  // namespace

extern const Rule registry_not_allowed;
constinit const Rule registry_not_allowed = {
    .info =
        {
            .name = "registry-not-allowed",
            .summary = "An image from a registry or path that no `allow` entry covers.",
            .why = "A team that says where its images may come from wants that judged on what is pulled in "
                   "the end: "
                   "after ARG defaults and compose variables, in FROM, `COPY --from`, mounts and compose "
                   "files alike, "
                   "on whole host labels and path components.",
            .severity = Severity::error,
            .strict_severity = Severity::error,
            .needs_configuration = true,
            .judges_parts = true,
            .fixability = Fixability::unsafe,
            .options = options,
            .examples = examples,
        },
    .check_document = check,
    .judges_name = true,
};

}  // namespace imglint::rules
