#include "check/read_values.hpp"

#include <unordered_map>
#include <utility>

#include "kinds/kind.hpp"
#include "kinds/line_comments.hpp"

namespace imglint {
namespace {

/// No walk takes such a file, and no reader reads it for references.
constinit const KindInfo env_file = {
    .name = "env-file",
    .title = "env file",
    .plural = "env files",
    .summary = {},
    .examples = {},
    .names = {},
    .comments_behind = true,
};

class Collector {
 public:
  void add(const CheckTarget& target) {
    for (const ImageUse& use : target.document->uses) {
      add(use.value, *target.policy);
      add(use.open_value, *target.policy);
      add(target.document->platform_of(use), *target.policy);
    }
  }

  std::vector<ReadValues> finish() && { return std::move(found_); }

 private:
  void add(const Value& value, const Policy& policy) {
    bool has_text_of_files = false;
    for (const Variable& variable : value.variables) {
      if (variable.source != VariableSource::env_file || variable.place.source == nullptr) continue;
      has_text_of_files = true;
      note(*variable.place.source, variable.place.span, policy);
    }
    if (!has_text_of_files) return;
    for (const Piece& piece : value.pieces())
      if (piece.source != nullptr && numbers_.contains(piece.source)) note(*piece.source, piece.span, policy);
  }

  void note(const Source& source, Span span, const Policy& policy) {
    const auto [number, is_new] = numbers_.try_emplace(&source, none);
    if (is_new && mentions_imglint(source.bytes())) {
      auto file = std::make_unique<Document>(source, env_file);
      file->comments = line_comments(source);
      file->troubles.push_back({.blocks_edits = true});
      number->second = found_.size();
      found_.push_back({.file = std::move(file), .policy = &policy, .lines = {}});
    }
    if (number->second != none) found_[number->second].lines.insert(source.position(span.begin).line);
  }

  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  std::unordered_map<const Source*, std::size_t> numbers_;  ///< in what is found; none: without comments
  std::vector<ReadValues> found_;
};

}  // namespace

std::vector<ReadValues> read_values(std::span<const CheckTarget> targets) {
  Collector collector;
  for (const CheckTarget& target : targets) collector.add(target);
  return std::move(collector).finish();
}

}  // namespace imglint
