#include "rules/support/arguments.hpp"

namespace imglint {
namespace {

/// The service whose dockerfile_inline a stage stands in; -1 for the stages of a file of its own.
std::int32_t parent_of(const Document& document, std::int32_t stage) {
  if (stage < 0 || static_cast<std::size_t>(stage) >= document.stages.size()) return -1;
  return document.stages[static_cast<std::size_t>(stage)].parent;
}

bool stands_before(const Argument& argument, const ImageUse& use) {
  return argument.name_span.begin < use.span.begin;
}

}  // namespace

const Argument* global_argument(const Subject& subject, std::string_view name) {
  const Argument* found = nullptr;
  for (const Argument& argument : subject.document->arguments)
    if (argument.stage < 0 && argument.name == name && stands_before(argument, *subject.use))
      found = &argument;
  return found;
}

const Argument* stage_argument(const Subject& subject, std::string_view name) {
  const std::int32_t parent = parent_of(*subject.document, subject.use->in_stage);
  for (const Argument& argument : subject.document->arguments)
    if (argument.stage >= 0 && argument.name == name && stands_before(argument, *subject.use) &&
        parent_of(*subject.document, argument.stage) == parent)
      return &argument;
  return nullptr;
}

std::vector<std::string> global_argument_names(const Subject& subject) {
  std::vector<std::string> names;
  for (const Argument& argument : subject.document->arguments)
    if (argument.stage < 0 && stands_before(argument, *subject.use)) names.emplace_back(argument.name);
  return names;
}

Location name_of(const Variable& variable) {
  const Location& written = variable.written;
  if (!written.source) return written;
  const std::string_view text = written.source->text(written.span);
  const std::size_t at = text.find(variable.name);
  // A name that line breaks cut up stands nowhere in one piece.
  if (at == text.npos) return written;
  const auto begin = written.span.begin + static_cast<std::uint32_t>(at);
  return {written.source, {begin, begin + static_cast<std::uint32_t>(variable.name.size())}};
}

}  // namespace imglint
