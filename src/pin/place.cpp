#include "pin/place.hpp"

#include <algorithm>
#include <optional>

#include "base/ascii.hpp"
#include "base/quote.hpp"

namespace imglint {
namespace {

/// The use as it is read: with its open value, if it has one.
ImageUse as_read(const ImageUse& use) {
  auto open = opened(use);
  return open ? *std::move(open) : use;
}

/// A variable that has a part in a range of the value, or stands at its end, and is not the whole reference
/// by itself; nothing if there is none. Such a variable can get another value while the rest stays.
std::optional<VariableIndex> partial_variable(const ImageUse& use, TextRange range) {
  const VariableTree tree(use);
  const auto pieces = use.value.pieces();
  const auto is_whole = [&](VariableIndex variable) {
    return std::all_of(pieces.begin(), pieces.end(), [&](const Piece& piece) {
      return piece.text.empty() ||
             (piece.variable != no_variable && tree.is_within(piece.variable, variable));
    });
  };
  for (const Piece& piece : pieces) {
    const bool touches = piece.text.empty() ? piece.text.begin > range.begin || piece.text.begin == range.end
                                            : piece.text.begin < range.end && range.begin < piece.text.end;
    if (!touches || piece.variable == no_variable) continue;
    for (const VariableIndex variable : tree.chain(piece.variable))
      if (!is_whole(variable)) return variable;
  }
  return std::nullopt;
}

bool has_variable(const ImageUse& use) {
  const auto pieces = use.value.pieces();
  return std::any_of(pieces.begin(), pieces.end(),
                     [](const Piece& piece) { return piece.variable != no_variable; });
}

/// A place where a variable is used and no reference stands: a command, a label. Its offset in the file.
std::optional<std::uint32_t> use_elsewhere(const Document& document, std::string_view name) {
  const std::string_view text = document.source->bytes();
  for (auto at = text.find(name); at != std::string_view::npos; at = text.find(name, at + name.size())) {
    const bool dollar = (at >= 1 && text[at - 1] == '$') || (at >= 2 && text.substr(at - 2, 2) == "${");
    const std::size_t end = at + name.size();
    if (!dollar || (end < text.size() && is_word_character(text[end]))) continue;
    const auto offset = static_cast<std::uint32_t>(at);
    const bool in_reference =
        std::any_of(document.uses.begin(), document.uses.end(),
                    [&](const ImageUse& use) { return use.span.begin <= offset && offset < use.span.end; });
    if (!in_reference) return offset;
  }
  for (const Argument& argument : document.arguments)
    if (argument.stage >= 0 && argument.name == name) return argument.name_span.begin;
  return std::nullopt;
}

Refusal variable_tag(const ImageUse& use, VariableIndex variable) {
  return {RefusalKind::variable_tag,
          quoted(written_text(use.value.variables[variable])) +
              " supplies the tag, and a digest behind it would stay when the tag changes; write the tag out, "
              "give the "
              "whole reference one default, or put the digest into the default with --variables tag"};
}

/// With --variables tag: the digest goes to the end of the default that ends the reference.
PlacedOrRefusal into_variable(const ImageUse& use, const Document& document, const Placer& placer,
                              std::string_view text) {
  const auto end = static_cast<std::uint32_t>(use.value.text().size());
  const Piece* last = nullptr;
  for (const Piece& piece : use.value.pieces())
    if (!piece.text.empty() || piece.variable != no_variable) last = &piece;
  const bool ends_it = last && !last->text.empty() && last->variable != no_variable;
  if (!ends_it)
    return Refusal{RefusalKind::variable_tag,
                   "what ends the reference is in no default that could hold a digest"};
  const Variable& variable = use.value.variables[last->variable];
  if (const auto other = use_elsewhere(document, variable.name))
    return Refusal{RefusalKind::shared_variable, quoted(variable.name) + " is also read in line " +
                                                     std::to_string(document.source->position(*other).line) +
                                                     ", where no reference stands"};
  return placer.append_to_name(end, text);
}

}  // namespace

WrittenSuffix written_suffix(const UseName& name) {
  WrittenSuffix result;
  const std::string& suffix = name.suffix;
  const std::size_t at = std::min(suffix.find('@'), suffix.size());
  const std::uint32_t begin = name.suffix_in_value.begin;
  const std::uint32_t middle = begin + static_cast<std::uint32_t>(at);
  if (at > 0) {
    result.tag = suffix.substr(1, at - 1);
    result.tag_range = {begin, middle};
  }
  if (at < suffix.size()) {
    result.digest = suffix.substr(at + 1);
    result.digest_range = {middle, begin + static_cast<std::uint32_t>(suffix.size())};
  }
  return result;
}

std::string pinned_suffix(const UseName& name, std::string_view digest, const PinOptions& options) {
  const WrittenSuffix old = written_suffix(name);
  std::string suffix;
  if (!options.drop_tag && !old.tag.empty()) suffix = ":" + old.tag;
  if (!options.drop_tag && old.tag.empty() && old.digest.empty()) suffix = ":latest";
  return suffix.append("@").append(digest);
}

PlacedOrRefusal place_digest(const PinUse& pin, std::string_view digest, const PinOptions& options) {
  const ImageUse use = as_read(*pin.use);
  const UseName& name = *pin.name;
  if (options.variables == PinVariables::skip && has_variable(use))
    return Refusal{RefusalKind::variable_skipped, "a variable stands in it, and --variables skip was given"};
  const MoveOptions move_options{
      .edit_variables = true, .edit_env = options.edit_env, .given = options.given};
  const Placer placer(use, *pin.document, move_options);
  const WrittenSuffix old = written_suffix(name);
  const auto end = static_cast<std::uint32_t>(use.value.text().size());
  const bool has_digest = !old.digest.empty();
  const TextRange changed =
      has_digest && !options.drop_tag ? old.digest_range : TextRange{name.suffix_in_value.begin, end};
  if (const auto variable = partial_variable(use, changed)) {
    if (options.variables != PinVariables::tag || has_digest || options.drop_tag)
      return variable_tag(use, *variable);
    return into_variable(use, *pin.document, placer, "@" + std::string(digest));
  }
  if (options.drop_tag && !name.suffix.empty()) return placer.replace(changed, "@" + std::string(digest));
  if (!has_digest)
    return placer.append_to_name(end, pinned_suffix(name, digest, options).substr(name.suffix.size()));
  // The algorithm stays where it is, so that only the digits change.
  const std::size_t colon = digest.find(':');
  const bool same = old.digest.substr(0, old.digest.find(':')) == digest.substr(0, colon);
  const std::uint32_t kept = same ? static_cast<std::uint32_t>(colon) + 2 : 1;
  return placer.replace({changed.begin + kept, changed.end}, digest.substr(kept - 1));
}

PlacedOrRefusal remove_digest(const PinUse& pin, std::string_view tag) {
  const ImageUse use = as_read(*pin.use);
  const MoveOptions move_options;
  const Placer placer(use, *pin.document, move_options);
  return placer.replace(written_suffix(*pin.name).digest_range, tag);
}

bool outlives_variable(const PinUse& pin) {
  const ImageUse use = as_read(*pin.use);
  return partial_variable(use, {0, pin.name->suffix_in_value.begin}).has_value();
}

}  // namespace imglint
