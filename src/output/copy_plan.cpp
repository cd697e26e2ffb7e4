#include "output/copy_plan.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <set>
#include <tuple>

#include "base/printable.hpp"
#include "reference/name_pattern.hpp"

namespace imglint {
namespace {

constexpr std::array<std::string_view, 8> plan_names = {
    "list", "docker", "skopeo", "crane", "imagetools", "regsync", "verify", "ecr-repositories"};

/// One line of a plan: a copy, or a comment that says why there is none.
struct Copy {
  std::string source;      ///< canonical, with tag or digest
  std::string target;      ///< name alone
  std::string target_tag;  ///< empty if the target has only a digest
  std::string target_digest;
  std::string open;  ///< what is not known; empty for a copy

  [[nodiscard]] auto key() const { return std::tie(source, target, target_tag, target_digest, open); }
};

Copy copy_of(const ImagePair& pair) {
  Copy copy{.source = pair.source, .target = pair.target};
  if (!pair.name_known || !pair.suffix_known) {
    copy.open = pair.name_known ? "tag not known" : "name not known";
    return copy;
  }
  const SuffixParts target = suffix_parts(pair.target_suffix);
  if (target.tag != pair.tag || target.digest != pair.digest) {
    // Another image on purpose: the copy would take its place.
    copy.open = "not copied, a map gives another tag or digest";
    copy.source += pair.digest.empty() ? ":" + (pair.tag.empty() ? "latest" : pair.tag) : "@" + pair.digest;
    copy.target += pair.target_suffix;
    return copy;
  }
  copy.target_tag = target.tag.empty() && target.digest.empty() ? "latest" : std::string(target.tag);
  copy.target_digest = target.digest;
  copy.source += pair.digest.empty() ? ":" + copy.target_tag : "@" + pair.digest;
  return copy;
}

std::vector<Copy> copies_of(std::span<const ImagePair> pairs) {
  std::vector<Copy> copies;
  for (const ImagePair& pair : pairs) copies.push_back(copy_of(pair));
  std::sort(copies.begin(), copies.end(), [](const Copy& a, const Copy& b) { return a.key() < b.key(); });
  copies.erase(std::unique(copies.begin(), copies.end(),
                           [](const Copy& a, const Copy& b) { return a.key() == b.key(); }),
               copies.end());
  return copies;
}

/// A tag for a target that the files name by digest only.
std::string tag_for_digest(std::string_view digest) {
  const auto colon = digest.find(':');
  return "imglint-" + std::string(digest.substr(colon + 1, 12));
}

/// With a tag in any case: not every tool can push to a digest.
std::string tagged_target(const Copy& copy) {
  return copy.target + ":" + (copy.target_tag.empty() ? tag_for_digest(copy.target_digest) : copy.target_tag);
}

std::string plain_target(const Copy& copy) {
  return copy.target_tag.empty() ? copy.target + "@" + copy.target_digest
                                 : copy.target + ":" + copy.target_tag;
}

/// What the files name: a digest wins over the tag beside it.
std::string pulled_target(const Copy& copy) {
  return copy.target_digest.empty() ? copy.target + ":" + copy.target_tag
                                    : copy.target + "@" + copy.target_digest;
}

/// Names are safe for a shell, but for an address in brackets.
std::string word(std::string text) {
  if (text.find_first_of("[]") == std::string::npos) return text;
  return "'" + text + "'";
}

std::string command(const Copy& copy, PlanForm form) {
  const std::string source = word(copy.source);
  switch (form) {
    case PlanForm::list:
      return copy.source + " -> " + plain_target(copy) + "\n";
    case PlanForm::docker: {
      const std::string target = word(tagged_target(copy));
      return "docker pull " + source + "\ndocker tag " + source + " " + target + "\ndocker push " + target +
             "\n";
    }
    case PlanForm::skopeo:
      return "skopeo copy --all --preserve-digests " + word("docker://" + copy.source) + " " +
             word("docker://" + plain_target(copy)) + "\n";
    case PlanForm::crane:
      return "crane copy " + source + " " + word(plain_target(copy)) + "\n";
    case PlanForm::imagetools:
      return "docker buildx imagetools create --tag " + word(tagged_target(copy)) + " " + source + "\n";
    case PlanForm::regsync:
      return "  - source: " + source + "\n    target: " + word(tagged_target(copy)) + "\n    type: image\n";
    case PlanForm::verify:
      return "skopeo inspect --raw " + word("docker://" + pulled_target(copy)) + " >/dev/null\n";
    case PlanForm::ecr_repositories:
      break;
  }
  return {};
}

std::string comment(const Copy& copy) {
  // A variable as written may hold a line break.
  return "# " + copy.open + ": " + printable(copy.source) + " -> " + printable(copy.target) + "\n";
}

bool is_private_ecr(std::string_view host) {
  return host.find(".dkr.ecr") != std::string_view::npos || host.find(".dkr-ecr") != std::string_view::npos;
}

/// Names of repositories to create; the host before them where there are several.
std::string ecr_repositories(const std::vector<Copy>& copies) {
  std::map<std::string, std::set<std::string>> by_host;
  std::string open;
  for (const Copy& copy : copies) {
    if (!is_private_ecr(host_of(copy.target))) continue;
    if (copy.open.starts_with("name"))
      open += comment(copy);
    else
      by_host[std::string(host_of(copy.target))].emplace(
          path_of(copy.target.substr(0, copy.target.find('@'))));
  }
  std::string text = open;
  for (const auto& [host, paths] : by_host) {
    if (by_host.size() > 1) text += "# " + host + "\n";
    for (const std::string& path : paths) text += path.substr(0, path.find(':')) + "\n";
  }
  return text;
}

}  // namespace

std::optional<PlanForm> plan_form_named(std::string_view name) {
  const auto found = std::find(plan_names.begin(), plan_names.end(), name);
  if (found == plan_names.end()) return std::nullopt;
  return static_cast<PlanForm>(found - plan_names.begin());
}

std::span<const std::string_view> plan_form_names() { return plan_names; }

SuffixParts suffix_parts(std::string_view suffix) {
  const auto at = suffix.find('@');
  SuffixParts parts;
  if (suffix.starts_with(':')) parts.tag = suffix.substr(1, at == std::string_view::npos ? at : at - 1);
  if (at != std::string_view::npos) parts.digest = suffix.substr(at + 1);
  return parts;
}

std::string copy_plan(std::span<const ImagePair> pairs, PlanForm form) {
  const std::vector<Copy> copies = copies_of(pairs);
  if (form == PlanForm::ecr_repositories) return ecr_repositories(copies);
  const bool nothing =
      std::all_of(copies.begin(), copies.end(), [](const Copy& copy) { return !copy.open.empty(); });
  std::string text;
  if (form == PlanForm::docker)
    text += "# one platform per image: digests change; skopeo, crane or imagetools keep them\n";
  if (form == PlanForm::regsync) text += nothing ? "version: 1\nsync: []\n" : "version: 1\nsync:\n";
  for (const Copy& copy : copies) {
    if (copy.open.empty())
      text += command(copy, form);
    else
      text += (form == PlanForm::regsync && !nothing ? "  " : "") + comment(copy);
  }
  return text;
}

PlanRegistries plan_registries(std::span<const ImagePair> pairs) {
  std::set<std::string> sources;
  std::set<std::string> targets;
  for (const ImagePair& pair : pairs) {
    sources.emplace(host_of(pair.source));
    targets.emplace(host_of(pair.target));
  }
  return {{sources.begin(), sources.end()}, {targets.begin(), targets.end()}};
}

}  // namespace imglint
