#include "cli/commands/refused_targets.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "base/counted.hpp"
#include "policy/registry_policy.hpp"
#include "reference/parse.hpp"

namespace imglint {
namespace {

std::optional<ImageName> name_of_image(const std::string& text) {
  const ReferenceParse parsed = parse_reference(text);
  const Reference* reference = std::get_if<Reference>(&parsed);
  if (reference == nullptr) return std::nullopt;
  return image_name(canonical(*reference, text));
}

/// Empty if the policy has nothing against the move.
std::string why_refused_now(const ImagePair& pair, const Policy& policy) {
  const auto before = name_of_image(pair.source);
  const auto after = name_of_image(pair.target);
  if (!before || !after || !why_refused(policy, *before, *before, false).empty()) return {};
  return why_refused(policy, *before, *after, false);
}

/// What one configuration refuses.
struct Refused {
  Location first;
  std::string why;  ///< of the first
  std::set<std::string> names;
};

}  // namespace

std::vector<RetargetNote> notes_of_refused_targets(const RetargetPlan& plan, PolicyCache& policies) {
  std::map<std::string, Refused, std::less<>> by_config;
  const Document* document = nullptr;
  FilePolicy found;
  for (const PlannedMove& one : plan.moves) {
    const ImagePair& pair = one.move.pair;
    if (!pair.name_known || pair.source == pair.target || one.move.edits.empty()) continue;
    if (one.document != document) found = policies.policy_for(one.document->source->path());
    document = one.document;
    if (found.policy->allow.empty() && found.policy->deny.empty()) continue;
    std::string why = why_refused_now(pair, *found.policy);
    if (why.empty()) continue;
    Refused& refused = by_config[std::string(found.config ? found.config->file() : std::string_view())];
    if (refused.names.empty()) {
      refused.first = {one.document->source, one.use->span};
      refused.why = std::move(why);
    }
    refused.names.insert(pair.target);
  }
  std::vector<RetargetNote> notes;
  for (auto& [config, refused] : by_config) {
    std::string message = refused.why + (config.empty() ? "" : " of " + config) + ", so check will find it";
    if (const std::size_t more = refused.names.size() - 1; more > 0)
      message += "; so it is with " + counted(more, "more name");
    notes.push_back({refused.first, std::move(message)});
  }
  return notes;
}

}  // namespace imglint
