#include <string>

#include "policy/pattern.hpp"
#include "rules/rule.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr OptionInfo options[] = {
    {.name = "allow", .type = OptionType::pattern_list, .doc = "images that may come from such a registry"},
};

constexpr Example examples[] = {
    {.file = "Dockerfile", .text = "FROM ⟦localhost:5000⟧/app:1.2\n"},
    {.file = "compose.yaml", .text = "services:\n  app:\n    image: ⟦registry:5000⟧/acme/app:1.2\n"},
    {.file = "Dockerfile", .text = "FROM ⟦Acme⟧/app:1.2\n", .note = "A capital makes it a host"},
    {.file = "Dockerfile", .text = "FROM registry.example.com:5000/app:1.2\n"},
    {.file = "Dockerfile",
     .text = "FROM registry:5000/app:1.2\n",
     .config = "rules:\n  local-registry:\n    allow: [\"registry:5000/**\"]\n"},
};

/// Reached only from one machine or one local network.
bool is_local(std::string_view registry) {
  if (registry.starts_with("[::1]")) return true;
  if (registry.starts_with('[')) return false;
  const std::string_view host = registry.substr(0, registry.find(':'));
  if (host.find('.') == host.npos) return true;
  return host.starts_with("127.") || host == "0.0.0.0" || host == "host.docker.internal" ||
         host.ends_with(".local");
}

/// `Acme/app`: nothing but a capital makes the first component a host (docs/spec/reference.md 13).
bool is_host_by_its_capital(const Subject& subject) {
  return !subject.host_is_lower_case && subject.name.registry.find_first_of(".:[") == std::string::npos &&
         subject.name.registry != "localhost";
}

void check(const Subject& subject, Report& report) {
  if (!is_pulled_image(subject) || !subject.parts.registry) return;
  if (subject.registry == Knowledge::unknown)
    return report.cannot_judge(subject, "a variable without a value holds the registry");
  if (subject.name.registry.empty() || !is_local(subject.name.registry)) return;
  if (report.settings().patterns("allow").matches_any(subject.name)) return;
  const std::string host = quoted(subject.text(*subject.parts.registry));
  report.at(subject, *subject.parts.registry,
            is_host_by_its_capital(subject)
                ? "the capital letter makes " + host + " a host and no account of Docker Hub"
                : "registry " + host + " is there on one machine or network only");
}

}  // namespace

extern const Rule local_registry;
constinit const Rule local_registry = {
    .info =
        {
            .name = "local-registry",
            .summary = "A registry that exists on one machine or local network only.",
            .why = "`localhost`, a loopback address, `*.local` or a bare name with a port is another host, "
                   "or none, on "
                   "the next machine. It is often left over from trying something out.",
            .severity = Severity::warning,
            .strict_severity = Severity::warning,
            .judges_parts = true,
            .options = options,
            .examples = examples,
        },
    .check_use = check,
};

}  // namespace imglint::rules
