#include <algorithm>
#include <string>

#include "base/ascii.hpp"
#include "rules/rule.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr Example examples[] = {
    {.file = "Dockerfile", .text = "FROM ⟦index.docker.io⟧/library/nginx:1.27\n"},
    {.file = "compose.yaml", .text = "services:\n  app:\n    image: ⟦registry-1.docker.io⟧/acme/app:1.2\n"},
    {.file = "Dockerfile",
     .text = "FROM ⟦hub.docker.com/r⟧/acme/app:1.2\n",
     .note = "The address of the web page"},
    {.file = "Dockerfile", .text = "FROM docker.io/library/nginx:1.27\n"},
};

/// The part of the name that stands for `docker.io`; nothing if none does.
std::optional<TextRange> alias_of(const Subject& subject) {
  const TextRange host = *subject.parts.registry;
  const std::string name = lower_case(subject.text(host));
  if (name == "index.docker.io" || name == "registry-1.docker.io" || name == "registry.hub.docker.com")
    return host;
  if (name != "hub.docker.com" || !subject.parts.name_space) return std::nullopt;
  // Web pages of repositories: hub.docker.com/r/ACCOUNT/NAME.
  const TextRange page = *subject.parts.name_space;
  if (!subject.text(page).starts_with("r/")) return std::nullopt;
  return TextRange{host.begin, page.begin + 1};
}

void check(const Subject& subject, Report& report) {
  if (!subject.has_parts || !subject.parts.registry) return;
  if (subject.registry == Knowledge::unknown)
    return report.cannot_judge(subject, "a variable without a value holds the registry");
  if (subject.repository == Knowledge::unknown) return;
  const auto alias = alias_of(subject);
  if (!alias) return;
  Finding& finding =
      report.at(subject, *alias, quoted(subject.text(*alias)) + " is another name of 'docker.io'");
  offer_fix(finding, "write 'docker.io'", Safety::safe, edit_of(subject, *alias, "docker.io"));
}

}  // namespace

extern const Rule registry_alias;
constinit const Rule registry_alias = {
    .info =
        {
            .name = "registry-alias",
            .summary = "Docker Hub under a name other than `docker.io`.",
            .why = "Clients keep credentials, mirrors and policies by name. `index.docker.io`, the API "
                   "server and the "
                   "addresses of web pages lead to the same images, or to none.",
            .severity = Severity::info,
            .strict_severity = Severity::info,
            .judges_parts = true,
            .fixability = Fixability::safe,
            .examples = examples,
        },
    .check_use = check,
    .judges_name = true,
};

}  // namespace imglint::rules
