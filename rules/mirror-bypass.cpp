#include <string>
#include <vector>

#include "policy/pattern.hpp"
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

std::vector<MirrorEntry> mirrors_of(const Report& report) {
  std::vector<MirrorEntry> mirrors = report.policy().mirrors;
  for (const OptionTable& table : report.settings().tables("mirrors")) {
    const auto& from = items(table, "from");
    const auto& to = items(table, "to");
    if (!from.empty() && !to.empty()) mirrors.push_back({from.front(), to.front()});
  }
  return mirrors;
}

/// Whether the mirror stands for the image: its `from` is the registry or a path that the image lies below.
bool covers(const MirrorEntry& mirror, const ImageName& name) {
  for (const std::string& text : {mirror.from, mirror.from + "/**"}) {
    const Result<Pattern> pattern = Pattern::parse(text);
    if (pattern && pattern->matches_repository(name)) return true;
  }
  return false;
}

void check(const Subject& subject, Report& report) {
  if (!is_pulled_or_frontend(subject)) return;
  const std::vector<MirrorEntry> mirrors = mirrors_of(report);
  if (mirrors.empty()) return;
  if (subject.registry == Knowledge::unknown)
    return report.cannot_judge(subject, "a variable without a value decides the registry");
  for (const MirrorEntry& mirror : mirrors) {
    if (!covers(mirror, subject.name)) continue;
    const TextRange range = subject.parts.registry ? *subject.parts.registry : subject.parts.repository();
    Finding& finding =
        report.at(subject, range,
                  quoted(mirror.from) + " is mirrored at " + quoted(mirror.to) + ", and this goes around it");
    offer_map(finding, subject, mirror.from, mirror.to, Safety::unsafe);
    return;
  }
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
