#include <algorithm>
#include <string>

#include "base/glob.hpp"
#include "policy/facts/registries.hpp"
#include "rules/rule.hpp"
#include "rules/support/host_names.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr ColumnInfo columns[] = {
    {.name = "host", .type = OptionType::word_list, .doc = "host, may have stars", .required = true},
    {.name = "segments", .type = OptionType::count, .doc = "how many path components names have"},
    {.name = "charset", .type = OptionType::text, .doc = "all characters that a component may have"},
};
constexpr std::string_view any_of[] = {"segments", "charset"};

constexpr OptionInfo options[] = {
    {.name = "registries",
     .type = OptionType::table_list,
     .doc = "further registries: host, number of path components (`2` or `2-4`), characters a component may "
            "have",
     .columns = columns,
     .any_of = any_of},
};

constexpr Example examples[] = {
    {.file = "Dockerfile", .text = "FROM ghcr.io/⟦app⟧:1.2\n", .note = "No owner"},
    {.file = "compose.yaml", .text = "services:\n  app:\n    image: europe-docker.pkg.dev/⟦acme/app⟧:1.2\n"},
    {.file = "Dockerfile", .text = "FROM ⟦acme/team/app⟧:1.2\n", .note = "Docker Hub has two levels"},
    {.file = "Dockerfile", .text = "FROM 123456789012.dkr.ecr.eu-west-1.amazonaws.com/⟦my__app⟧:1.2\n"},
    {.file = "Dockerfile", .text = "FROM ghcr.io/acme/app:1.2\n"},
    {.file = "compose.yaml",
     .text = "services:\n  app:\n    image: git.example.com/⟦app⟧:1.2\n",
     .config = "rules:\n  registry-naming:\n    registries: [{host: git.example.com, segments: 2-4}]\n"},
};

std::size_t components_of(std::string_view path) {
  return static_cast<std::size_t>(std::count(path.begin(), path.end(), '/')) + 1;
}

std::string count_text(std::size_t count) {
  return count == 1 ? "1 component" : std::to_string(count) + " components";
}

std::string fault_by_fact(const RegistryFact& fact, const ImageName& name) {
  const std::size_t count = components_of(name.repository);
  if (count < fact.min_components || (fact.max_components != 0 && count > fact.max_components))
    return std::string(fact.name) + " has names of the form " + quoted(fact.shape) + ", this has " +
           count_text(count);
  const bool doubled =
      name.repository.find("__") != std::string::npos || name.repository.find("--") != std::string::npos;
  if (fact.single_separators && doubled) return std::string(fact.name) + " allows no two separators in a row";
  return {};
}

struct Range {
  std::size_t least = 0;
  std::size_t most = 0;
};

/// `2` or `2-4`.
Range range_of(const std::string& text) {
  const std::size_t dash = text.find('-');
  const auto number = [](const std::string& digits) {
    std::size_t value = 0;
    for (const char c : digits)
      value = c >= '0' && c <= '9' ? value * 10 + static_cast<std::size_t>(c - '0') : value;
    return value;
  };
  const std::size_t least = number(text.substr(0, dash));
  return {least, dash == std::string::npos ? least : number(text.substr(dash + 1))};
}

std::string fault_by_configuration(const OptionTable& table, const ImageName& name) {
  const std::size_t count = components_of(name.repository);
  for (const std::string& segments : items(table, "segments")) {
    const Range range = range_of(segments);
    if (count < range.least || count > range.most)
      return quoted(name.registry) + " has names of " + segments + " components, this has " +
             count_text(count);
  }
  for (const std::string& charset : items(table, "charset")) {
    const std::size_t strange = name.repository.find_first_not_of(charset + "/");
    if (strange != std::string::npos)
      return quoted(name.registry) + " has no " + quoted(name.repository.substr(strange, 1)) +
             " in its names";
  }
  return {};
}

std::string fault_of(const Subject& subject, const Report& report) {
  for (const OptionTable& table : report.settings().tables("registries"))
    for (const std::string& host : items(table, "host"))
      if (glob_matches(host, subject.name.registry, ".:")) return fault_by_configuration(table, subject.name);
  const RegistryFact* fact = find_registry(subject.name.registry);
  return fact ? fault_by_fact(*fact, subject.name) : std::string();
}

void check(const Subject& subject, Report& report) {
  const Function function = subject.has_parts ? subject.use->role->function : Function::artifact;
  if (function == Function::artifact || function == Function::frontend || has_host_like_namespace(subject))
    return;
  if (subject.registry == Knowledge::unknown || subject.repository == Knowledge::unknown)
    return report.cannot_judge(subject, "a variable without a value holds part of the name");
  const RegistryFact* fact = find_registry(subject.name.registry);
  if (fact && fact->no_port && subject.name.registry.find(':') != std::string::npos &&
      subject.parts.registry) {
    report.at(subject, *subject.parts.registry, std::string(fact->name) + " has no port in its host names");
    return;
  }
  const std::string fault = fault_of(subject, report);
  if (!fault.empty()) report.at(subject, subject.parts.repository(), fault);
}

}  // namespace

extern const Rule registry_naming;
constinit const Rule registry_naming = {
    .info =
        {
            .name = "registry-naming",
            .summary = "A name that its registry cannot hold.",
            .why = "Each registry has its own idea of a name: an owner in front, a project and a repository, "
                   "two "
                   "levels and no more. A name of another shape can be neither pushed nor pulled.",
            .severity = Severity::warning,
            .strict_severity = Severity::warning,
            .judges_parts = true,
            .options = options,
            .examples = examples,
        },
    .check_use = check,
    .judges_name = true,
};

}  // namespace imglint::rules
