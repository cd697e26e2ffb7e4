// Outputs of a move that edit nothing: an override file for compose, a source policy for BuildKit, a
// registries.conf (docs/spec/retarget.md 6.9).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "retarget/retarget.hpp"

namespace imglint {

enum class EmitForm : std::uint8_t { compose_override, source_policy, registries_conf };
[[nodiscard]] std::optional<EmitForm> emit_form_named(std::string_view name);
[[nodiscard]] std::span<const std::string_view> emit_form_names();

/// The whole text of the file. What the form cannot express is a comment, or, in JSON, left out and named in
/// `left_out`.
[[nodiscard]] std::string emit(const RetargetPlan& plan, EmitForm form, std::string& left_out);

}  // namespace imglint
