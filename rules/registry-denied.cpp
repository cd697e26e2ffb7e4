#include <string>

#include "policy/registry_policy.hpp"
#include "rules/rule.hpp"
#include "rules/support/move_fix.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr std::string_view deny_quay =
    "registries:\n  deny: [{pattern: \"quay.io/**\", message: we left quay, use: ghcr.io/acme}]\n";

constexpr Example examples[] = {
    {.file = "Dockerfile", .text = "FROM ⟦quay.io⟧/acme/app:1.2\n", .config = deny_quay},
    {.file = "compose.yaml",
     .text = "services:\n  web:\n    image: ⟦quay.io⟧/acme/app:1.2\n",
     .config = deny_quay},
    {.file = "values.yaml",
     .text = "image:\n  registry: ⟦quay.io⟧\n",
     .config = deny_quay,
     .note = "The rest stands in another file"},
    {.file = "Dockerfile", .text = "FROM ghcr.io/acme/app:1.2\n", .config = deny_quay},
    {.file = "Dockerfile",
     .text = "FROM quay.io/acme/app:1.2\n",
     .config = "registries:\n  allow: [\"quay.io/acme/**\"]\n  deny: [{pattern: \"quay.io/**\"}]\n",
     .note = "The narrower entry decides"},
};

void judge(const Subject& subject, const RegistryPolicy& registries, Report& report) {
  if (!talks_to_registry(subject)) return;
  const RegistryVerdict verdict = registries.judge(subject);
  if (verdict.outcome == RegistryVerdict::Outcome::unknown)
    return report.cannot_judge(subject, "a variable without a value decides the registry or the path");
  if (verdict.outcome != RegistryVerdict::Outcome::denied) return;
  const TextRange range = subject.parts.registry ? *subject.parts.registry : subject.parts.repository();
  std::string message = "denied by " + quoted(verdict.entry->pattern);
  if (!verdict.entry->message.empty()) message += ": " + verdict.entry->message;
  Finding& finding = report.at(subject, range, std::move(message));
  if (verdict.entry->use.empty()) return;
  tell_refusal(finding, offer_target(finding, subject, verdict.entry->use, Safety::unsafe, report.policy()));
}

void check(const CheckedDocument& checked, Report& report) {
  const RegistryPolicy registries(report.policy());
  if (!registries.has_deny_list()) return;
  for (const Subject& subject : checked.subjects)
    if (subject.use->active) judge(subject, registries, report);
}

}  // namespace

extern const Rule registry_denied;
constinit const Rule registry_denied = {
    .info =
        {
            .name = "registry-denied",
            .summary = "An image that a `deny` entry covers.",
            .why = "A registry that was left, or an account that is not trusted. The entry's own message "
                   "says why, and "
                   "its `use` where the image is now.",
            .severity = Severity::error,
            .strict_severity = Severity::error,
            .needs_configuration = true,
            .judges_parts = true,
            .fixability = Fixability::unsafe,
            .examples = examples,
        },
    .check_document = check,
    .judges_name = true,
};

}  // namespace imglint::rules
