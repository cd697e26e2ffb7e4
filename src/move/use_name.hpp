// UseName: the name of an image use with stand-ins for what no file says, so that it can be parsed and mapped
// although a variable has no value (docs/spec/retarget.md 6.5).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "model/document.hpp"
#include "move/mapping.hpp"
#include "move/refusal.hpp"
#include "reference/reference.hpp"

namespace imglint {

/// The value of a use, cut at tag and digest. Offsets of `text` before the first stand-in are offsets of the
/// value as well.
struct UseName {
  std::string text;                        ///< the name without tag and digest, with stand-ins
  std::string suffix;                      ///< `:tag@digest` with stand-ins; may be empty
  TextRange suffix_in_value;               ///< where the suffix stands in the use's value
  bool suffix_known = true;                ///< no stand-in in it
  bool suffix_may_grow = false;            ///< `${TAG:+:$TAG}` would add to it, if TAG had a value
  bool has_variable = false;               ///< a variable supplies a part of the name, or would
  CanonicalReference meaning;              ///< tag and digest only if they are known
  std::vector<std::string> unknown;        ///< as written, `${ORG}`; stand-ins are numbered in this order
  std::vector<std::string> unknown_alike;  ///< the same, `$ORG` and `${ORG:?why}` spelt `${ORG}` as well

  [[nodiscard]] NameToMap to_map() const;
  /// A text with its stand-ins shown as the variables they stand for.
  [[nodiscard]] std::string shown(std::string_view text_with_stand_ins) const;
  /// The same with each variable spelt one way, for comparing: what amounts to the same is equal.
  [[nodiscard]] std::string alike(std::string_view text_with_stand_ins) const;
  /// Whether a text holds a stand-in.
  [[nodiscard]] static bool has_unknown(std::string_view text);
};

/// Reads the name of a use that may be an image. Nothing: the use names no image that could be moved (a
/// stage, an image id, a bare word behind ONBUILD).
[[nodiscard]] std::optional<std::variant<UseName, Refusal>> read_use_name(const ImageUse& use);

/// What is known of a use's name, where an unknown part is no text: between two texts of the list, and before
/// or behind them where these are empty, may stand anything.
[[nodiscard]] std::vector<std::string> known_texts(const ImageUse& use);

/// The use with its open value for its value, if it has one: required variables without a value are unknown.
[[nodiscard]] std::optional<ImageUse> opened(const ImageUse& use);

/// A reference with more variables is not moved: nobody writes one, and this keeps the work linear.
inline constexpr std::size_t most_variables = 64;

/// Which variable of a use stands in the text of which. The use must not have more than most_variables.
class VariableTree {
 public:
  explicit VariableTree(const ImageUse& use);
  /// The variable in whose text another one stands; no_variable if it stands in the use itself.
  [[nodiscard]] VariableIndex parent(VariableIndex variable) const { return parents_[variable]; }
  /// Whether a variable is another one, or stands in its text at any depth.
  [[nodiscard]] bool is_within(VariableIndex variable, VariableIndex outer) const;
  /// From a variable outwards, itself included.
  [[nodiscard]] std::vector<VariableIndex> chain(VariableIndex variable) const;

 private:
  std::vector<VariableIndex> parents_;
};

/// How many bytes of a spelling are its name: without tag and digest.
[[nodiscard]] std::uint32_t name_size(std::string_view spelling);

/// `$NAME` or `${…}` as it stands in the file.
[[nodiscard]] std::string written_text(const Variable& variable);

}  // namespace imglint
