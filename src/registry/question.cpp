#include "registry/question.hpp"

namespace imglint {

std::string_view to_string(Want want) {
  switch (want) {
    case Want::digest:
      return "digest";
    case Want::manifest:
      return "manifest";
    case Want::tags:
      return "tags";
  }
  return {};
}

std::string_view to_string(AnswerState state) {
  switch (state) {
    case AnswerState::found:
      return "found";
    case AnswerState::missing:
      return "missing";
    case AnswerState::denied:
      return "denied";
    case AnswerState::limited:
      return "limited";
    case AnswerState::not_asked:
      return "not-asked";
    case AnswerState::error:
      return "error";
  }
  return {};
}

std::string name_of(const RegistryQuestion& question) {
  if (question.want == Want::tags) return question.registry + "/" + question.repository;
  const bool digest = question.reference.find(':') != std::string::npos;
  return question.registry + "/" + question.repository + (digest ? "@" : ":") + question.reference;
}

}  // namespace imglint
