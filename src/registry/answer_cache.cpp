#include "registry/answer_cache.hpp"

#include <nlohmann/json.hpp>

#include "registry/wire.hpp"

namespace imglint {
namespace {

using Json = nlohmann::json;

bool is_fresh(std::int64_t at, std::int64_t now, std::int64_t longest) {
  return at <= now && now - at <= longest;
}

}  // namespace

std::string question_key(const RegistryQuestion& question) {
  return name_of(question) + " " + std::string(to_string(question.want));
}

AnswerCache::AnswerCache(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object() || json.value("version", Json()) != 1) return;
  const auto answers = json.find("answers");
  if (answers == json.end() || !answers->is_object()) return;
  for (const auto& [key, value] : answers->items()) {
    if (!value.is_object()) continue;
    const auto at = value.find("at");
    const auto line = value.find("answer");
    if (at == value.end() || !at->is_number_integer() || line == value.end() || !line->is_string()) continue;
    kept_[key] = {.at = at->get<std::int64_t>(), .line = line->get<std::string>()};
  }
}

std::optional<RegistryAnswer> AnswerCache::find(const RegistryQuestion& question, std::int64_t now,
                                                std::int64_t longest) const {
  const auto kept = kept_.find(question_key(question));
  if (kept == kept_.end() || !is_fresh(kept->second.at, now, longest)) return std::nullopt;
  auto answer = read_answer(kept->second.line);
  if (!answer || answer->state != AnswerState::found) return std::nullopt;
  return *std::move(answer);
}

void AnswerCache::add(const RegistryQuestion& question, const RegistryAnswer& answer, std::int64_t now) {
  if (answer.state != AnswerState::found) return;
  RegistryAnswer kept = answer;
  kept.id = 1;
  kept.remaining = -1;
  kept.by_proxy = false;
  kept_[question_key(question)] = {.at = now, .line = wire_line(kept)};
  changed_ = true;
}

std::string AnswerCache::text(std::int64_t now, std::int64_t longest) const {
  Json answers = Json::object();
  for (const auto& [key, kept] : kept_)
    if (is_fresh(kept.at, now, longest)) answers[key] = {{"at", kept.at}, {"answer", kept.line}};
  return Json{{"version", 1}, {"answers", std::move(answers)}}.dump(2, ' ', false,
                                                                    Json::error_handler_t::replace) +
         "\n";
}

}  // namespace imglint
