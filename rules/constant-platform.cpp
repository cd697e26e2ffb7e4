#include <algorithm>
#include <array>
#include <string>

#include "base/word_list.hpp"
#include "rules/rule.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr OptionInfo options[] = {
    {.name = "allow", .type = OptionType::text_list, .doc = "platforms that may be written out"},
};

constexpr Example examples[] = {
    {.file = "Dockerfile", .text = "FROM --platform=⟦linux/amd64⟧ alpine:3.20\n"},
    {.file = "Dockerfile", .text = "FROM --platform=$BUILDPLATFORM alpine:3.20\n"},
    {.file = "Dockerfile",
     .text = "FROM --platform=linux/amd64 alpine:3.20 AS base-amd64\n",
     .note = "The stage's name says so"},
    {.file = "Dockerfile",
     .text = "FROM --platform=linux/amd64 alpine:3.20\n",
     .config = "rules:\n  constant-platform:\n    allow: [linux/amd64]\n"},
};

/// Names of one operating system or architecture.
using Aliases = std::array<std::string_view, 5>;
constexpr Aliases aliases[] = {
    {"linux"},
    {"windows", "win"},
    {"darwin", "macos"},
    {"freebsd"},
    {"amd64", "x86_64", "x86-64", "x64"},
    {"arm64", "aarch64"},
    {"arm", "armv7", "armv6", "armhf", "armel"},
    {"386", "i386", "i686", "x86"},
    {"ppc64le", "ppc64el", "powerpc64le"},
    {"mips64le", "mips64el"},
    {"s390x"},
    {"riscv64"},
    {"loong64", "loongarch64"},
};

/// In the name of a stage, which is in lower case.
bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

/// Whether the stage's name has a part of the platform in it, by any of its names.
bool names_part(std::string_view stage, std::string_view part) {
  // Three letters may be a part of another word: `darwin`, `swarm`.
  const auto holds = [stage](std::string_view name) {
    for (auto at = stage.find(name); !name.empty() && at != std::string_view::npos;
         at = stage.find(name, at + 1))
      if (name.size() > 3 || at == 0 || !is_letter(stage[at - 1])) return true;
    return false;
  };
  if (part.size() >= 3 && holds(part)) return true;
  return std::any_of(std::begin(aliases), std::end(aliases), [&](const Aliases& names) {
    return !part.empty() && std::find(names.begin(), names.end(), part) != names.end() &&
           std::any_of(names.begin(), names.end(), holds);
  });
}

/// `base-arm64`, `linux-base`, `x-amd64` of `x86_64`.
bool is_named_after(std::string_view stage, std::string_view platform) {
  for (std::size_t begin = 0; begin <= platform.size();) {
    const std::size_t end = std::min(platform.find('/', begin), platform.size());
    if (names_part(stage, platform.substr(begin, end - begin))) return true;
    begin = end + 1;
  }
  return false;
}

void check(const Subject& subject, Report& report) {
  const ImageUse& use = *subject.use;
  const Value& platform = subject.document->platform_of(use);
  if (!platform.is_known() || platform.empty() || !platform.variables.empty()) return;
  const Stage& stage = *subject.document->stage_of(use);
  const bool is_allowed = has_word(report.settings().list("allow"), platform.text());
  if (is_allowed || is_named_after(stage.name, platform.text())) return;
  const MappedText& written = stage.platform_written;
  const auto place = written.cover_of({0, static_cast<std::uint32_t>(written.text().size())});
  if (!place) return;
  Finding& finding = report.at(*place, "platform " + quoted(platform.text()) +
                                           " is written out, so the image is the same on every machine");
  if (!subject.has_parts) return;
  finding.subject = subject.name.to_string();
  finding.is_about_image = true;
}

}  // namespace

extern const Rule constant_platform;
constinit const Rule constant_platform = {
    .info =
        {
            .name = "constant-platform",
            .summary = "A platform written out in `FROM --platform`.",
            .why = "A constant platform defeats builds for several platforms and makes others run under "
                   "emulation. "
                   "`$BUILDPLATFORM` and `$TARGETPLATFORM` are there for it. A stage named after its "
                   "platform is "
                   "left alone.",
            .severity = Severity::info,
            .strict_severity = Severity::warning,
            .options = options,
            .examples = examples,
        },
    .check_use = check,
};

}  // namespace imglint::rules
