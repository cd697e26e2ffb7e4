#include <string>

#include "rules/rule.hpp"
#include "rules/support/host_names.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr Example examples[] = {
    {.file = "Dockerfile", .text = "FROM ⟦ghcr⟧/acme/app:1.2\n"},
    {.file = "compose.yaml", .text = "services:\n  app:\n    image: ⟦registry⟧/app:1.2\n"},
    {.file = "Dockerfile", .text = "FROM ghcr.io/acme/app:1.2\n"},
    {.file = "compose.yaml", .text = "services:\n  registry:\n    image: registry:2.8.3\n"},
};

void check(const Subject& subject, Report& report) {
  if (!has_host_like_namespace(subject)) return;
  const std::uint32_t begin = subject.parts.name_space->begin;
  const std::string_view path = subject.text(*subject.parts.name_space);
  const TextRange first{begin, begin + static_cast<std::uint32_t>(path.substr(0, path.find('/')).size())};
  const std::string_view host = host_read_from(subject);
  Finding& finding =
      report.at(subject, first,
                quoted(subject.text(first)) +
                    " is an account of Docker Hub here: a registry's host has a dot or a port");
  if (!host.empty())
    offer_fix(finding, "write " + quoted(host), Safety::suggestion,
              edit_of(subject, first, std::string(host)));
}

}  // namespace

extern const Rule host_like_namespace;
constinit const Rule host_like_namespace = {
    .info =
        {
            .name = "host-like-namespace",
            .summary = "A first component that reads like a registry but is an account of Docker Hub.",
            .why = "`ghcr/acme/app` is not on GitHub's registry: without a dot or a port the first component "
                   "is an "
                   "account on Docker Hub, which anybody may have taken.",
            .severity = Severity::warning,
            .strict_severity = Severity::warning,
            .fixability = Fixability::suggestion,
            .examples = examples,
        },
    .check_use = check,
    .judges_name = true,
};

}  // namespace imglint::rules
