#include "cli/registries/pin_digests.hpp"

#include <algorithm>

#include "base/printable.hpp"
#include "cli/commands/check_options.hpp"
#include "policy/pattern.hpp"
#include "registry/digest.hpp"
#include "source/read_file.hpp"

namespace imglint {
namespace {

/// Turns answers into digests, as the options want them.
class DigestChooser {
 public:
  DigestChooser(const PinWords& words, const PinSettings& settings, Resolver& resolver, DigestLock& lock)
      : words_(&words), settings_(&settings), resolver_(&resolver), lock_(&lock), today_(today()) {}

  std::variant<std::string, Refusal> choose(const AskedImage& asked, const RegistryAnswer& answer) {
    if (answer.state != AnswerState::found) return refusal_of(asked.image, answer);
    record(*lock_, asked.image, answer, today_);
    if (settings_->min_age)
      if (auto old = choose_by_age(asked)) return *std::move(old);
    return words_->platform.empty() || !answer.is_index ? std::variant<std::string, Refusal>(answer.digest)
                                                        : choose_platform(answer);
  }

 private:
  /// Nothing if the present digest is old enough.
  std::optional<std::variant<std::string, Refusal>> choose_by_age(const AskedImage& asked) {
    const LockedImage& locked = *lock_->find(asked.image);
    const std::vector<std::string> ripe = ripe_digests(locked, today_, *settings_->min_age);
    if (std::find(ripe.begin(), ripe.end(), locked.digest) != ripe.end()) return std::nullopt;
    for (const std::string& digest : ripe) {
      RegistryQuestion again = asked.question;
      again.reference = digest;
      const std::vector<RegistryAnswer> answers = resolver_->ask({again});
      if (answers.front().state == AnswerState::found) return digest;
    }
    return Refusal{RefusalKind::too_young, "its digest was first seen on " + locked.seen.at(locked.digest) +
                                               ", which is less than " + std::to_string(*settings_->min_age) +
                                               " days ago"};
  }

  [[nodiscard]] std::variant<std::string, Refusal> choose_platform(const RegistryAnswer& answer) const {
    for (const ManifestChild& child : answer.children)
      if (is_same_platform(words_->platform, child.platform)) return child.digest;
    return Refusal{RefusalKind::no_platform, "it is not there for " + words_->platform};
  }

  const PinWords* words_;
  const PinSettings* settings_;
  Resolver* resolver_;
  DigestLock* lock_;
  std::string today_;
};

}  // namespace

Result<LockFile> read_lock_file(const std::string& path, const Session& session) {
  LockFile file{.path = path, .lock = {}, .text = {}};
  const auto status = session.files.status(path);
  if (!status && is_absent(status.error())) return file;
  auto content = read_file(session.files, path, 64u << 20);
  if (!content) return content.error();
  auto lock = read_digest_lock(content->bytes);
  if (!lock) {
    Error error = lock.error();
    error.path = path;
    return error;
  }
  file.lock = *std::move(lock);
  file.text = std::move(content->bytes);
  return file;
}

PinDigests digests_of_lock(const std::vector<PinUse>& uses, const PinOptions& options, const DigestLock& lock,
                           const std::string& stand_in) {
  PinDigests digests;
  for (const PinUse& use : uses) {
    if (!wants_digest(use, options)) continue;
    const LockedImage* locked = lock.find(use.image);
    const auto is_written = [&](const auto& entry) { return entry.second == use.digest; };
    if (locked && !use.digest.empty() && std::ranges::any_of(locked->platforms, is_written))
      digests.try_emplace(pinned_name(use.image, use.digest), use.digest);
    if (locked)
      digests.try_emplace(use.image, locked->digest);
    else if (!stand_in.empty())
      digests.try_emplace(use.image, stand_in);
    else
      digests.try_emplace(use.image,
                          Refusal{RefusalKind::not_locked, "the lock does not know " + use.image +
                                                               "; 'imglint pin --lock-only' asks for it"});
  }
  return digests;
}

Refusal refusal_of(const std::string& image, const RegistryAnswer& answer) {
  // Of a registry that was given up there is one thing to say, whatever was asked.
  if (answer.given_up)
    return {answer.state == AnswerState::limited ? RefusalKind::rate_limited : RefusalKind::host_unreachable,
            answer.error};
  RefusalKind kind = RefusalKind::no_answer;
  if (answer.state == AnswerState::limited) kind = RefusalKind::rate_limited;
  if (answer.state == AnswerState::missing) kind = RefusalKind::not_there;
  if (answer.state == AnswerState::denied) kind = RefusalKind::denied;
  if (answer.state == AnswerState::not_asked) kind = RefusalKind::not_asked;
  return {kind, image + ": " + answer.error};
}

std::vector<AskedImage> images_to_ask(const std::vector<PinUse>& uses, const PinOptions& options, Want want,
                                      HostGate& gate, PinDigests& digests) {
  std::vector<AskedImage> asked;
  for (const PinUse& use : uses) {
    if (!wants_digest(use, options) || digests.contains(use.image)) continue;
    const CanonicalReference& meaning = use.name->meaning;
    const std::string registry = registry_key(meaning.registry);
    if (std::string why = gate.refusal_of(*use.document, *use.use, registry); !why.empty()) {
      digests.emplace(use.image, Refusal{RefusalKind::not_asked, std::move(why)});
      continue;
    }
    digests.emplace(use.image, std::string());
    asked.push_back({use.image,
                     {.registry = registry,
                      .repository = meaning.repository,
                      .reference = use.image.substr(meaning.without_suffix().size() + 1),
                      .want = want}});
  }
  return asked;
}

FoundDigests ask_for_digests(const std::vector<PinUse>& uses, const PinWords& words,
                             const PinSettings& settings, RegistryAccess access, HostGate& gate,
                             DigestLock& lock, const Session& session) {
  FoundDigests found;
  PinDigests& digests = found.digests;
  const DigestLock before = lock;
  const Want want = words.prove || !words.platform.empty() ? Want::manifest : Want::digest;
  const std::vector<AskedImage> asked = images_to_ask(uses, settings.options, want, gate, digests);
  gate.complete(access);
  warn_of_no_policy(gate, session);
  Resolver resolver(resolver_words(words.registries), std::move(access), session);
  resolver.set(resolver_settings(words.registries));
  std::vector<RegistryQuestion> questions;
  for (const AskedImage& one : asked) questions.push_back(one.question);
  const std::vector<RegistryAnswer> answers = resolver.ask(std::move(questions));
  DigestChooser chooser(words, settings, resolver, lock);
  for (std::size_t i = 0; i < asked.size(); ++i)
    digests[asked[i].image] = chooser.choose(asked[i], answers[i]);
  if (!settings.options.update || !words.platform.empty()) return found;
  PlatformPins pins(uses, before);
  const auto singles = resolver.ask(pins.digest_questions(digests, lock));
  const auto indices = resolver.ask(pins.index_questions(singles, digests));
  found.platforms = pins.finish(indices, digests, lock, today());
  return found;
}

void warn_of_no_policy(const HostGate& gate, const Session& session) {
  if (session.in_pipeline && gate.met_no_policy())
    print_remark({.message = "no policy names the registries that may be asked, so the files name them",
                  .hint = "registries.allow in .imglint.yaml; a pull request may name any host"},
                 session);
}

}  // namespace imglint
