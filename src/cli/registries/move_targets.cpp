#include "cli/registries/move_targets.hpp"

#include <algorithm>

#include "base/quote.hpp"
#include "policy/pattern.hpp"
#include "reference/parse.hpp"
#include "source/read_file.hpp"

namespace imglint {
namespace {

Result<RegistryQuestion> question_of(const std::string& name, std::string& tag) {
  const ReferenceParse parsed = parse_reference(name);
  if (const auto* error = std::get_if<ReferenceError>(&parsed))
    return Error{.message = quote(name) + " is no reference: " + message(*error, name)};
  const CanonicalReference meaning = canonical(std::get<Reference>(parsed), name);
  tag = meaning.tag.value_or("");
  return RegistryQuestion{.registry = registry_key(meaning.registry),
                          .repository = meaning.repository,
                          .reference = meaning.digest ? *meaning.digest : meaning.tag.value_or("latest")};
}

/// The first place of a name that is no part of a longer one. In a plan of retarget's only parts of names
/// stand, so that it may be nowhere: then the first line stands for the file.
Location place_in(const Source* plan, const std::string& name) {
  if (!plan) return {};
  const std::string_view text = plan->bytes();
  const auto is_part = [](char c) { return c > ' ' && c != '"' && c != ',' && c != '\''; };
  for (auto at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if ((at > 0 && is_part(text[at - 1])) || (end < text.size() && is_part(text[end]))) continue;
    return {plan, {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)}};
  }
  return {plan, {0, 0}};
}

Result<std::string> read_plan_text(const std::string& path, const Session& session) {
  constexpr std::uint64_t most_bytes = 64u << 20;
  if (path == "-") return session.read_input(most_bytes);
  auto content = read_file(session.files, path, most_bytes);
  if (!content) return content.error();
  return std::move(content->bytes);
}

}  // namespace

Result<std::vector<MovedImage>> moved_images(const std::vector<MovedName>& names) {
  std::vector<MovedImage> images;
  for (const MovedName& name : names) {
    MovedImage image{.name = name, .source = {}, .target = {}, .target_tag = {}};
    std::string source_tag;
    auto source = question_of(name.source, source_tag);
    if (!source) return source.error();
    auto target = question_of(name.target, image.target_tag);
    if (!target) return target.error();
    image.source = *std::move(source);
    image.target = *std::move(target);
    images.push_back(std::move(image));
  }
  return images;
}

Result<MovePlanFile> read_moved_images(const std::string& path, const Session& session) {
  auto text = read_plan_text(path, session);
  if (!text) return text.error();
  const auto names = read_move_plan(*text);
  if (!names) return names.error();
  auto images = moved_images(*names);
  if (!images) return images.error();
  return MovePlanFile{.source = std::make_unique<Source>(path == "-" ? "<stdin>" : path, *std::move(text)),
                      .images = *std::move(images)};
}

void admit_hosts(const std::vector<MovedImage>& images, HostGate& gate) {
  for (const MovedImage& image : images) {
    static_cast<void>(gate.refusal_of(image.source.registry));
    static_cast<void>(gate.refusal_of(image.target.registry));
  }
}

std::vector<TargetState> ask_for_targets(const std::vector<MovedImage>& images, HostGate& gate,
                                         Resolver& resolver) {
  std::vector<RegistryQuestion> questions;
  for (const MovedImage& image : images) {
    questions.push_back(image.source);
    questions.push_back(image.target);
  }
  std::vector<RegistryAnswer> answers = resolver.ask(questions);
  std::vector<RegistryQuestion> again;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < answers.size(); i += 2) {
    const bool differ = answers[i].state == AnswerState::found &&
                        answers[i + 1].state == AnswerState::found &&
                        answers[i].digest != answers[i + 1].digest;
    if (!differ) continue;
    for (const std::size_t at : {i, i + 1}) {
      RegistryQuestion question = questions[at];
      question.want = Want::manifest;
      again.push_back(std::move(question));
      places.push_back(at);
    }
  }
  std::vector<RegistryAnswer> manifests = resolver.ask(std::move(again));
  for (std::size_t i = 0; i < places.size(); ++i) answers[places[i]] = std::move(manifests[i]);
  std::vector<TargetState> states;
  for (std::size_t i = 0; i < images.size(); ++i) {
    Judgement judgement = judge_target(answers[2 * i], answers[2 * i + 1]);
    for (const std::string& registry : {images[i].source.registry, images[i].target.registry})
      if (std::string why = gate.refusal_of(registry); !why.empty())
        judgement = {Verdict::not_asked, why, {}};
    states.push_back({images[i], std::move(judgement), std::move(answers[2 * i]), answers[2 * i + 1].plain});
  }
  return states;
}

bool is_there(const Judgement& judgement) {
  return judgement.verdict == Verdict::same || judgement.verdict == Verdict::equivalent;
}

std::vector<ReferenceState> states_of(const std::vector<TargetState>& targets, const Source* plan) {
  std::vector<ReferenceState> states;
  for (const TargetState& target : targets)
    states.push_back({.place = place_in(plan, target.image.name.target),
                      .image = target.image.name.source,
                      .state = to_string(target.judgement.verdict),
                      .severity = is_there(target.judgement) ? Severity::off : Severity::error,
                      .message = target.judgement.message,
                      .digest = target.judgement.digest,
                      .target = target.image.name.target,
                      .given_up = target.judgement.given_up});
  return states;
}

ExitCode exit_code_of(const std::vector<ReferenceState>& states) {
  const auto any = [&](const auto& test) { return std::any_of(states.begin(), states.end(), test); };
  if (any([](const ReferenceState& one) { return one.state == to_string(Verdict::unknown); }))
    return ExitCode::failed;
  return any([](const ReferenceState& one) { return one.severity >= Severity::warning; }) ? ExitCode::findings
                                                                                          : ExitCode::clean;
}

}  // namespace imglint
