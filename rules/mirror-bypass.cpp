#include <string>
#include <utility>
#include <vector>

#include "reference/name_pattern.hpp"
#include "rules/rule.hpp"
#include "rules/support/move_fix.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr ColumnInfo columns[] = {
    {.name = "from", .type = OptionType::location, .doc = "what is mirrored", .required = true},
    {.name = "to", .type = OptionType::location, .doc = "the mirror", .required = true},
};

constexpr OptionInfo options[] = {
    {.name = "mirrors",
     .type = OptionType::table_list,
     .doc = "registries, or paths in them, and where their images are mirrored",
     .columns = columns},
};

constexpr std::string_view hub_mirror =
    "rules:\n  mirror-bypass:\n    mirrors: [{from: docker.io, to: mirror.example.com/hub}]\n";

constexpr Example examples[] = {
    {.file = "Dockerfile", .text = "FROM ⟦nginx⟧:1.27\n", .config = hub_mirror},
    {.file = "compose.yaml",
     .text = "services:\n  db:\n    image: ⟦docker.io⟧/library/redis:7.4\n",
     .config = hub_mirror},
    {.file = "Dockerfile", .text = "FROM mirror.example.com/hub/library/nginx:1.27\n", .config = hub_mirror},
    {.file = "Dockerfile", .text = "FROM quay.io/acme/app:1.2\n", .config = hub_mirror},
};

/// The mirrors that stand for the image: their `from` is the registry or a path that the image lies below.
/// What lies in a mirror is there already, also where that is a path of what it mirrors.
std::vector<MirrorEntry> mirrors_of(const ImageName& name, const Report& report) {
  const Policy& policy = report.policy();
  const std::string whole = name.registry + "/" + name.repository;
  std::vector<MirrorEntry> mirrors;
  const auto add = [&](MirrorEntry mirror) {
    if (!is_under(whole, mirror.to)) mirrors.push_back(std::move(mirror));
  };
  for (const std::uint32_t number : policy.mirrored.owners_of_matches(name)) add(policy.mirrors[number]);
  for (const OptionTable* table : report.settings().tables_for("mirrors", "from", name)) {
    const auto& from = items(*table, "from");
    const auto& to = items(*table, "to");
    if (!from.empty() && !to.empty()) add({from.front(), to.front()});
  }
  return mirrors;
}

std::string message_of(const MirrorEntry& mirror) {
  return quoted(mirror.from) + " is mirrored at " + quoted(mirror.to) + ", and this goes around it";
}

void check(const Subject& subject, Report& report) {
  if (!is_pulled_or_frontend(subject)) return;
  if (report.policy().mirrors.empty() && report.settings().tables("mirrors").empty()) return;
  if (subject.registry == Knowledge::unknown)
    return report.cannot_judge(subject, "a variable without a value decides the registry");
  const std::vector<MirrorEntry> mirrors = mirrors_of(subject.name, report);
  if (mirrors.empty()) return;
  const TextRange range = subject.parts.registry ? *subject.parts.registry : subject.parts.repository();
  Finding& finding = report.at(subject, range, message_of(mirrors.front()));
  std::string why;
  for (const MirrorEntry& mirror : mirrors) {
    std::string refused = offer_map(finding, subject, mirror, Safety::unsafe, report.policy());
    if (finding.fix) return void(finding.message = message_of(mirror));
    if (why.empty()) why = std::move(refused);
  }
  tell_refusal(finding, why);
}

}  // namespace

extern const Rule mirror_bypass;
constinit const Rule mirror_bypass = {
    .info =
        {
            .name = "mirror-bypass",
            .summary = "An image taken from a registry although a mirror is configured for it.",
            .why = "A mirror keeps clear of rate limits and works without the internet. One line that goes "
                   "around it "
                   "is enough to fail where it matters.",
            .severity = Severity::warning,
            .strict_severity = Severity::warning,
            .needs_configuration = true,
            .judges_parts = true,
            .fixability = Fixability::unsafe,
            .options = options,
            .examples = examples,
        },
    .check_use = check,
    .judges_name = true,
};

}  // namespace imglint::rules
