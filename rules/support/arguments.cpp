#include "rules/support/arguments.hpp"

#include <algorithm>

namespace imglint {
namespace {

constexpr std::size_t most_names = 200;

}  // namespace

ArgumentIndex::ArgumentIndex(const Document& document) {
  for (const Argument& argument : document.arguments) {
    if (argument.stage >= 0) {
      in_stage_.try_emplace(argument.name, &argument);
      continue;
    }
    global_[argument.name].push_back(&argument);
    if (names_.size() < most_names) names_.emplace_back(argument.name);
  }
}

const Argument* ArgumentIndex::global_before(const ImageUse& use, std::string_view name) const {
  const auto found = global_.find(name);
  if (found == global_.end()) return nullptr;
  const auto& arguments = found->second;
  const auto after = std::partition_point(arguments.begin(), arguments.end(), [&](const Argument* argument) {
    return argument->name_span.begin < use.span.begin;
  });
  return after == arguments.begin() ? nullptr : *std::prev(after);
}

const Argument* ArgumentIndex::in_stage_before(const ImageUse& use, std::string_view name) const {
  const auto found = in_stage_.find(name);
  const bool before = found != in_stage_.end() && found->second->name_span.begin < use.span.begin;
  return before ? found->second : nullptr;
}

bool is_left_to_builder(const Variable& variable) {
  return !variable.written.source || variable.written.source->text(variable.written.span).starts_with("$$");
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
