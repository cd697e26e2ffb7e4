#include "check/in_use.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "check/check.hpp"
#include "kinds/suppression.hpp"
#include "policy/compat.hpp"
#include "policy/subject.hpp"
#include "rules/index.hpp"
#include "rules/support/subjects.hpp"

namespace imglint {
namespace {

std::string account_of(const std::string& repository) {
  const std::size_t slash = repository.rfind('/');
  return slash == std::string::npos ? std::string() : repository.substr(0, slash);
}

template <class Function>
void for_each_subject(const Document& document, const Function& function) {
  for (const ImageUse& use : document.uses)
    if (use.active)
      if (const Subject subject = evaluate(document, use); talks_to_registry(subject)) function(subject);
}

/// What the rule for misspelt hosts says of each, by registry_key().
std::map<std::string, std::string> suspected_typos(const Project& project, std::string_view as_of) {
  Policy policy = default_policy(all_rule_infos(), false, as_of);
  for (auto& entry : policy.rules)
    if (entry.first != "registry-typo") entry.second.severity = Severity::off;
  std::vector<CheckTarget> targets;
  for (const ProjectFile& file : project.files) targets.push_back({file.document.get(), &policy});
  std::map<std::string, std::string> typos;
  for (const Finding& finding : check(targets).findings)
    if (finding.rule == "registry-typo")
      typos.emplace(registry_key(finding.subject.substr(0, finding.subject.find('/'))), finding.message);
  return typos;
}

}  // namespace

std::map<std::string, RegistryUse> registries_in_use(const Project& project, std::string_view as_of) {
  std::map<std::string, RegistryUse> registries;
  // A file is read several times, where others give it values.
  std::set<std::tuple<const Source*, std::uint32_t, std::string>> counted;
  const auto add = [&](const Document& document) {
    for_each_subject(document, [&](const Subject& subject) {
      if (subject.registry == Knowledge::unknown) return;
      // With capitals it is another registry to the client, and an allow list names it so.
      const std::string registry = subject.host_is_lower_case
                                       ? subject.name.registry
                                       : std::string(subject.text(*subject.parts.registry));
      RegistryUse& use = registries[registry];
      if (counted.emplace(document.source, subject.use->span.begin, registry).second) ++use.references;
      if (subject.repository == Knowledge::unknown) return;
      use.accounts.insert(account_of(subject.name.repository));
      use.repositories.insert(subject.name.repository);
    });
  };
  for (const ProjectFile& file : project.files) {
    add(*file.document);
    for (const auto& variant : file.variants) add(*variant);
  }
  const auto typos = suspected_typos(project, as_of);
  for (auto& [registry, use] : registries)
    if (const auto found = typos.find(registry_key(registry)); found != typos.end())
      use.suspicion = found->second;
  return registries;
}

std::vector<Location> references_without_registry(const Project& project) {
  std::vector<Location> places;
  for (const ProjectFile& file : project.files) {
    // What a reading of a Dockerfile by itself lacks, those who build it may give.
    std::set<std::uint32_t> given;
    for (const auto& variant : file.variants)
      for (const ImageUse& use : variant->uses)
        if (const Subject subject = evaluate(*variant, use);
            use.active && !(talks_to_registry(subject) && subject.registry == Knowledge::unknown))
          given.insert(use.span.begin);
    for_each_subject(*file.document, [&](const Subject& subject) {
      if (subject.registry == Knowledge::unknown && !given.contains(subject.use->span.begin))
        places.push_back({file.source.get(), subject.use->span});
    });
  }
  return places;
}

std::map<std::string_view, std::size_t> folders_of_others(const Project& project) {
  constexpr std::string_view names[] = {"vendor", "third_party", "third-party"};
  std::map<std::string_view, std::size_t> files;
  for (const ProjectFile& file : project.files) {
    const std::string path = "/" + file.source->path();
    const auto* name = std::ranges::find_if(names, [&](std::string_view folder) {
      return path.find("/" + std::string(folder) + "/") != std::string::npos;
    });
    if (name != std::end(names) && !file.document->uses.empty()) ++files[*name];
  }
  return files;
}

std::size_t foreign_comments(const Project& project) {
  const auto counts = [](const Suppression& suppression) {
    if (suppression.tool == Suppression::Tool::imglint) return false;
    if (suppression.is_about_all()) return true;
    return std::any_of(suppression.rules.begin(), suppression.rules.end(),
                       [](const Suppression::Rule& rule) { return !rules_for_foreign(rule.name).empty(); });
  };
  std::size_t count = 0;
  for (const ProjectFile& file : project.files) {
    const std::vector<Suppression> found = read_suppressions(*file.document);
    count += static_cast<std::size_t>(std::count_if(found.begin(), found.end(), counts));
  }
  return count;
}

}  // namespace imglint
