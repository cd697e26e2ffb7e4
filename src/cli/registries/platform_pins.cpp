#include "cli/registries/platform_pins.hpp"

#include <algorithm>
#include <set>
#include <variant>

#include "cli/registries/pin_digests.hpp"
#include "policy/pattern.hpp"
#include "registry/digest.hpp"

namespace imglint {
namespace {

std::string platform_in(const LockedImage& locked, const std::string& digest) {
  const auto found =
      std::ranges::find_if(locked.platforms, [&](const auto& entry) { return entry.second == digest; });
  return found == locked.platforms.end() ? std::string() : found->first;
}

std::string platform_in(const RegistryAnswer& answer, const std::string& digest) {
  const auto found = std::ranges::find(answer.children, digest, &ManifestChild::digest);
  return found == answer.children.end() ? std::string() : found->platform;
}

std::variant<std::string, Refusal> successor(const std::string& image, const std::string& platform,
                                             const RegistryAnswer& index) {
  if (index.state != AnswerState::found) return refusal_of(image, index);
  if (platform.empty())
    return Refusal{RefusalKind::unknown_platform,
                   "its digest is that of one platform's image, and nobody knows of which platform; take it "
                   "away, or say --platform"};
  for (const ManifestChild& child : index.children)
    if (is_same_platform(platform, child.platform)) return child.digest;
  return Refusal{RefusalKind::no_platform,
                 "it is pinned to the image for " + platform + ", for which there is none any more"};
}

}  // namespace

RegistryQuestion PlatformPins::Pin::question(const std::string& digest, Want want) const {
  RegistryQuestion question = place;
  question.reference = digest;
  question.want = want;
  return question;
}

/// Those of which the lock says that the tag itself had them are left out.
PlatformPins::PlatformPins(const std::vector<PinUse>& uses, const DigestLock& before) {
  std::set<std::string> known;
  for (const PinUse& use : uses) {
    if (use.digest.empty() || use.image.empty()) continue;
    const LockedImage* locked = before.find(use.image);
    if (locked && (locked->digest == use.digest || locked->seen.contains(use.digest))) continue;
    if (!known.insert(pinned_name(use.image, use.digest)).second) continue;
    const CanonicalReference& meaning = use.name->meaning;
    pins_.push_back(
        {.image = use.image,
         .written = use.digest,
         .place = {.registry = registry_key(meaning.registry), .repository = meaning.repository}});
    if (!locked) continue;
    pins_.back().platform = platform_in(*locked, use.digest);
    for (const auto& [digest, day] : locked->seen) pins_.back().earlier.push_back(digest);
  }
}

std::vector<RegistryQuestion> PlatformPins::digest_questions(const PinDigests& digests,
                                                             const DigestLock& now) {
  std::erase_if(pins_, [&](Pin& pin) {
    const auto chosen = digests.find(pin.image);
    const LockedImage* locked = now.find(pin.image);
    if (chosen == digests.end() || !locked || !locked->is_index) return true;
    const auto* next = std::get_if<std::string>(&chosen->second);
    if (next) pin.next = *next;
    return !next || *next == pin.written;
  });
  std::vector<RegistryQuestion> questions;
  for (const Pin& pin : pins_)
    if (pin.platform.empty()) questions.push_back(pin.question(pin.written, Want::digest));
  return questions;
}

/// A digest that is gone is taken for that of an index, as most are.
std::vector<RegistryQuestion> PlatformPins::index_questions(const std::vector<RegistryAnswer>& answers,
                                                            PinDigests& digests) {
  std::size_t next = 0;
  std::erase_if(pins_, [&](const Pin& pin) {
    if (!pin.platform.empty()) return false;
    const RegistryAnswer& answer = answers[next++];
    const bool is_known = answer.state == AnswerState::found || answer.state == AnswerState::missing;
    if (!is_known) digests[pin.name()] = refusal_of(pin.name(), answer);
    return answer.state != AnswerState::found || answer.is_index;
  });
  std::vector<RegistryQuestion> questions;
  for (Pin& pin : pins_) {
    pin.indices = {pin.question(pin.next, Want::manifest)};
    for (const std::string& digest : pin.earlier)
      if (pin.platform.empty() && digest != pin.next)
        pin.indices.push_back(pin.question(digest, Want::manifest));
    questions.insert(questions.end(), pin.indices.begin(), pin.indices.end());
  }
  return questions;
}

PinnedPlatforms PlatformPins::finish(const std::vector<RegistryAnswer>& answers, PinDigests& digests,
                                     DigestLock& now, std::string_view today) {
  PinnedPlatforms platforms;
  std::size_t next = 0;
  for (Pin& pin : pins_) {
    const RegistryAnswer& index = answers[next];
    for (const std::size_t end = next + pin.indices.size(); next < end; ++next)
      if (pin.platform.empty()) pin.platform = platform_in(answers[next], pin.written);
    digests[pin.name()] = successor(pin.image, pin.platform, index);
    if (!pin.platform.empty()) platforms.emplace(pin.name(), pin.platform);
    if (index.state == AnswerState::found && index.digest == now.find(pin.image)->digest)
      record(now, pin.image, index, today);
  }
  return platforms;
}

}  // namespace imglint
