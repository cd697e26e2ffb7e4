#include "cli/registries/asked_references.hpp"

#include <set>
#include <utility>

#include <CLI/CLI.hpp>

#include "cli/configured_contexts.hpp"
#include "cli/program.hpp"
#include "cli/progress.hpp"
#include "cli/registries/pin_digests.hpp"
#include "cli/run_settings.hpp"
#include "policy/pattern.hpp"
#include "registry/answer_cache.hpp"

namespace imglint {

void add_choice_options(CLI::App& command, ImageChoice& choice, const char* group) {
  command.add_option("--only", choice.only, "Only images that match this pattern")
      ->type_name("PATTERN")
      ->group(group);
  command.add_option("--except", choice.except, "Not images that match this pattern")
      ->type_name("PATTERN")
      ->group(group);
}

RegistryQuestion AskedReference::question(std::string reference, Want want) const {
  RegistryQuestion question = place;
  question.reference = std::move(reference);
  question.want = want;
  return question;
}

std::vector<AskedReference> distinct_references(const std::vector<PinUse>& uses, HostGate& gate) {
  std::vector<AskedReference> references;
  std::map<std::string, std::size_t> known;
  for (const PinUse& use : uses) {
    if (!use.name) continue;
    const CanonicalReference& meaning = use.name->meaning;
    const std::string repository = meaning.without_suffix();
    const std::string name =
        (use.image.empty() ? repository : use.image) + (use.digest.empty() ? "" : "@" + use.digest);
    const auto [at, is_new] = known.try_emplace(name, references.size());
    if (is_new) {
      const std::string registry = registry_key(meaning.registry);
      references.push_back({.name = name,
                            .image = use.image,
                            .tag = use.image.empty() ? "" : use.image.substr(repository.size() + 1),
                            .digest = use.digest,
                            .uses = {},
                            .refusal = gate.refusal_of(*use.document, *use.use, registry),
                            .place = {.registry = registry, .repository = meaning.repository}});
    }
    references[at->second].uses.push_back(&use);
  }
  return references;
}

void add_states(const AskedReference& reference, const ReferenceState& state,
                std::vector<ReferenceState>& states) {
  std::set<std::pair<const Source*, std::uint32_t>> known;
  for (const PinUse* use : reference.uses) {
    const Location place{use->document->source, use->use->span};
    if (!known.emplace(place.source, place.span.begin).second) continue;
    states.push_back(state);
    states.back().place = place;
  }
}

void Answers::ask(const std::vector<RegistryQuestion>& questions, Resolver& resolver) {
  std::vector<RegistryQuestion> unknown;
  std::set<std::string> keys;
  for (const RegistryQuestion& question : questions) {
    std::string key = question_key(question);
    if (!by_question_.contains(key) && keys.insert(std::move(key)).second) unknown.push_back(question);
  }
  std::vector<RegistryAnswer> answers = resolver.ask(unknown);
  for (std::size_t i = 0; i < unknown.size(); ++i)
    by_question_[question_key(unknown[i])] = std::move(answers[i]);
}

const RegistryAnswer& Answers::to(RegistryQuestion question) const {
  const auto as_asked = by_question_.find(question_key(question));
  if (question.want == Want::tags) return as_asked->second;
  question.want = Want::manifest;
  const auto manifest = by_question_.find(question_key(question));
  return manifest == by_question_.end() ? as_asked->second : manifest->second;
}

std::unique_ptr<Resolver> open_resolver(const RegistryOptions& options, RegistryAccess access,
                                        const HostGate& gate, const ResolverSettings& settings,
                                        const Session& session) {
  gate.complete(access);
  warn_of_no_policy(gate, session);
  auto resolver = std::make_unique<Resolver>(resolver_words(options), std::move(access), session);
  resolver->set(settings);
  return resolver;
}

ExitCode run_with_progress(const Session& session, const RunOnce& run) {
  Progress progress(session);
  const Session own = progress.session();
  return run(own);
}

ExitCode run_as_configured(CommonOptions& options, const Session& session, const RunOnce& run) {
  if (const auto good = apply(ConfiguredContexts(options, session).run_config(), session, options); !good)
    return stop(good.error(), session);
  return run_with_progress(session, run);
}

}  // namespace imglint
