#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/edit_distance.hpp"
#include "base/glob.hpp"
#include "policy/facts/registries.hpp"
#include "policy/registry_policy.hpp"
#include "rules/rule.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr OptionInfo options[] = {
    {.name = "known", .type = OptionType::text_list, .doc = "further hosts that are spelled right"},
    {.name = "ignore", .type = OptionType::text_list, .doc = "hosts that are not reported; may have stars"},
};

constexpr Example examples[] = {
    {.file = "Dockerfile", .text = "FROM ⟦ghrc.io⟧/acme/app:1.2\n"},
    {.file = "compose.yaml",
     .text = "services:\n  app:\n    image: ⟦mcr.microsft.com⟧/dotnet/aspnet:8.0.11\n"},
    {.file = "Dockerfile", .text = "FROM ghcr.io/acme/app:1.2\nFROM gcr.io/acme/app:1.2\n"},
    {.file = "Dockerfile",
     .text = "FROM ghrc.io/acme/app:1.2 AS app\nFROM ghrc.io/acme/tool:1.2\n",
     .note = "Used for several images: it is meant"},
};

std::size_t labels_of(std::string_view host) {
  return static_cast<std::size_t>(std::count(host.begin(), host.end(), '.'));
}

/// What counts as spelled right in one file.
class KnownHosts {
 public:
  explicit KnownHosts(const Policy& policy) : policy_(&policy), allowed_(policy) {}

  [[nodiscard]] bool has(const std::string& host) const {
    if (find_registry(host) || policy_->hosts.has(host) || allowed_.allows_registry(host)) return true;
    const auto& ignore = policy_->settings("registry-typo").list("ignore");
    return std::any_of(ignore.begin(), ignore.end(),
                       [&](const std::string& pattern) { return glob_matches(pattern, host, ".:"); });
  }

  /// The hosts one letter away with as many labels.
  [[nodiscard]] std::vector<std::string> near(const std::string& host) const {
    std::set<std::string> found;
    for (std::string& candidate : policy_->hosts.near(host))
      if (labels_of(candidate) == labels_of(host)) found.insert(std::move(candidate));
    for (const RegistryFact& fact : known_registries())
      if (fact.host.find('*') == fact.host.npos && fact.host.size() <= host.size() + 1 &&
          host.size() <= fact.host.size() + 1 && labels_of(fact.host) == labels_of(host) &&
          edit_distance(host, fact.host) == 1)
        found.emplace(fact.host);
    return {found.begin(), found.end()};
  }

 private:
  const Policy* policy_;
  RegistryPolicy allowed_;
};

using PathsByHost = std::map<std::string, std::set<std::string>>;

PathsByHost paths_by_host(std::span<const CheckedDocument> files) {
  PathsByHost paths;
  for (const CheckedDocument& file : files)
    for (const Subject& subject : file.subjects)
      if (subject.has_parts && subject.parts.registry && subject.registry != Knowledge::unknown)
        paths[subject.name.registry].insert(subject.name.repository);
  return paths;
}

void report_typo(const Subject& subject, const std::vector<std::string>& meant, Report& report) {
  const TextRange host = *subject.parts.registry;
  std::string names;
  for (const std::string& name : meant) names += (names.empty() ? "" : " or ") + quoted(name);
  Finding& finding =
      report.at(subject, host, "host " + quoted(subject.text(host)) + " is one letter away from " + names);
  if (meant.size() == 1)
    offer_fix(finding, "write " + names, Safety::suggestion, edit_of(subject, host, meant.front()));
}

/// The host is no registry that everybody knows, so that it is worth a look.
bool is_questionable(const Subject& subject) {
  if (!subject.has_parts || !subject.parts.registry) return false;
  const std::string& host = subject.name.registry;
  return subject.registry != Knowledge::unknown && host.find_first_of(":[") == std::string::npos &&
         !find_registry(host);
}

bool concerns_project(std::span<const Subject> subjects, const Policy& policy) {
  const auto first = std::find_if(subjects.begin(), subjects.end(), is_questionable);
  if (first == subjects.end()) return false;
  const KnownHosts known(policy);
  return std::any_of(first, subjects.end(), [&](const Subject& subject) {
    const std::string& host = subject.name.registry;
    return is_questionable(subject) && !known.has(host) && !known.near(host).empty();
  });
}

void check(std::span<const CheckedDocument> files, Report& report) {
  const PathsByHost paths = paths_by_host(files);
  for (const CheckedDocument& file : files) {
    if (std::none_of(file.subjects.begin(), file.subjects.end(), is_questionable)) continue;
    const KnownHosts known(*file.policy);
    for (const Subject& subject : file.subjects) {
      if (!subject.use->active || !is_questionable(subject)) continue;
      const std::string& host = subject.name.registry;
      if (known.has(host) || paths.at(host).size() >= 2) continue;
      const std::vector<std::string> meant = known.near(host);
      if (!meant.empty()) report_typo(subject, meant, report);
    }
  }
}

}  // namespace

extern const Rule registry_typo;
constinit const Rule registry_typo = {
    .info =
        {
            .name = "registry-typo",
            .summary = "A host that is one letter away from a well-known registry.",
            .why = "Somebody else may own the misspelt domain and answer for any image, or read the "
                   "credentials sent "
                   "to it. A host that the project uses for several images is taken to be meant.",
            .severity = Severity::warning,
            .strict_severity = Severity::warning,
            .fixability = Fixability::suggestion,
            .options = options,
            .examples = examples,
        },
    .check_project = check,
    .concerns_project = concerns_project,
};

}  // namespace imglint::rules
