#include "registry/verdict.hpp"

#include <algorithm>
#include <set>

#include "registry/digest.hpp"

namespace imglint {
namespace {

Verdict verdict_of(AnswerState state) {
  switch (state) {
    case AnswerState::found:
      return Verdict::ok;
    case AnswerState::missing:
      return Verdict::missing;
    case AnswerState::denied:
      return Verdict::denied;
    case AnswerState::not_asked:
      return Verdict::not_asked;
    case AnswerState::limited:
    case AnswerState::error:
      return Verdict::unknown;
  }
  return Verdict::unknown;
}

Judgement judge_one(const RegistryAnswer& answer) {
  return {.verdict = verdict_of(answer.state),
          .message = answer.error,
          .digest = answer.digest,
          .given_up = answer.given_up};
}

bool names_child(const RegistryAnswer& index, std::string_view digest) {
  return std::any_of(index.children.begin(), index.children.end(),
                     [&](const ManifestChild& child) { return child.digest == digest; });
}

std::set<std::pair<std::string, std::string>> images_of(const RegistryAnswer& answer) {
  std::set<std::pair<std::string, std::string>> images;
  for (const ManifestChild& child : answer.children)
    if (!child.attestation) images.emplace(child.platform, child.digest);
  return images;
}

/// Tag and digest both answered.
Judgement judge_both(const ReferenceAnswers& answers) {
  const RegistryAnswer& tag = *answers.tag;
  const RegistryAnswer& digest = *answers.digest;
  if (digest.state == AnswerState::missing && tag.state == AnswerState::found)
    return {Verdict::gone,
            "the digest is no longer there; the tag has " + tag.digest +
                "; 'imglint mirror' keeps what publishers delete",
            tag.digest};
  if (digest.state == AnswerState::missing && tag.state == AnswerState::missing)
    return {Verdict::missing, "neither its tag nor its digest is there", {}};
  if (digest.state != AnswerState::found) return judge_one(digest);
  if (tag.state == AnswerState::missing)
    return {Verdict::moved, "the tag is gone, the digest is still there", answers.written};
  if (tag.state != AnswerState::found) return judge_one(tag);
  if (tag.digest == answers.written) return {Verdict::ok, {}, tag.digest};
  if (names_child(tag, answers.written))
    return {Verdict::platform_pin, "the digest is that of one platform of the tag's index", tag.digest};
  const bool never = answers.locked && !answers.locked->seen.contains(answers.written);
  if (never)
    return {Verdict::mismatch, "the lock has never seen the tag with this digest; it has " + tag.digest,
            tag.digest};
  return {Verdict::moved, "the tag has " + tag.digest + " now", tag.digest};
}

}  // namespace

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::ok:
      return "ok";
    case Verdict::platform_pin:
      return "platform-pin";
    case Verdict::moved:
      return "moved";
    case Verdict::mismatch:
      return "mismatch";
    case Verdict::gone:
      return "gone";
    case Verdict::missing:
      return "missing";
    case Verdict::denied:
      return "denied";
    case Verdict::no_platform:
      return "no-platform";
    case Verdict::incomplete:
      return "incomplete";
    case Verdict::not_asked:
      return "not-asked";
    case Verdict::unknown:
      return "unknown";
    case Verdict::same:
      return "same";
    case Verdict::equivalent:
      return "equivalent";
    case Verdict::different:
      return "different";
  }
  return {};
}

Judgement judge(const ReferenceAnswers& answers) {
  if (answers.tag && answers.digest) return judge_both(answers);
  if (answers.tag) return judge_one(*answers.tag);
  if (!answers.digest) return {};
  Judgement result = judge_one(*answers.digest);
  if (result.verdict == Verdict::missing) result.verdict = Verdict::gone;
  return result;
}

std::vector<std::string> missing_platforms(const RegistryAnswer& answer,
                                           const std::vector<std::string>& platforms) {
  std::vector<std::string> missing;
  if (!answer.is_index) return missing;
  for (const std::string& platform : platforms)
    if (std::none_of(answer.children.begin(), answer.children.end(),
                     [&](const ManifestChild& child) { return is_same_platform(platform, child.platform); }))
      missing.push_back(platform);
  return missing;
}

Judgement judge_target(const RegistryAnswer& source, const RegistryAnswer& target) {
  if (target.state == AnswerState::missing) return {Verdict::missing, "the target is not there", {}};
  if (target.state != AnswerState::found) {
    Judgement result = judge_one(target);
    result.message = "target: " + result.message;
    return result;
  }
  if (source.state != AnswerState::found) {
    Judgement result = judge_one(source);
    result.message = "source: " + result.message;
    return result;
  }
  if (source.digest == target.digest) return {Verdict::same, {}, target.digest};
  const bool equivalent = source.is_index && target.is_index && !images_of(source).empty() &&
                          images_of(source) == images_of(target);
  if (equivalent) return {Verdict::equivalent, "another index of the same images", target.digest};
  return {Verdict::different, "the source has " + source.digest + ", the target " + target.digest,
          target.digest};
}

}  // namespace imglint
