// The expressions of the languages around images: `${{ matrix.image }}`, `$IMAGE`, `<< parameters.v >>`. Each
// function cuts a text into parts (docs/spec/pipelines.md, sections 2 and 3).
#pragma once

#include <string_view>

#include "kinds/text_parts.hpp"

namespace imglint::languages {

/// A text without expressions.
[[nodiscard]] TextParts literal(std::string_view text);
/// `${{ name }}`; of what is no plain name nothing is known.
[[nodiscard]] TextParts github(std::string_view text);
/// `$X`, `${X}`, `$$`, `$[[ inputs.x ]]`.
[[nodiscard]] TextParts gitlab(std::string_view text);
/// The same for scripts: `$X` is the shell's.
[[nodiscard]] TextParts gitlab_script(std::string_view text);
/// `<< name >>`; `$X`, which is not expanded in an image.
[[nodiscard]] TextParts circleci(std::string_view text);
/// The same for scripts: `$X` is the shell's.
[[nodiscard]] TextParts circleci_script(std::string_view text);
/// `${{ name }}`, `$(name)`, `$[ name ]`.
[[nodiscard]] TextParts azure(std::string_view text);
/// The same for scripts: `$( )` only with a name inside.
[[nodiscard]] TextParts azure_script(std::string_view text);
/// `${X}`, `${X:-word}`; `$X` is text.
[[nodiscard]] TextParts drone(std::string_view text);
/// `$X`, `${X}`.
[[nodiscard]] TextParts dollar(std::string_view text);
/// `$_X`, `${_X}`, `$$`.
[[nodiscard]] TextParts cloud_build(std::string_view text);
/// `$X`, `${X}`, `${X:-word}`, `$$`, `{{matrix.x}}`.
[[nodiscard]] TextParts buildkite(std::string_view text);
/// The same for scripts: `$$` and `\$` are dollars, all else is the shell's.
[[nodiscard]] TextParts buildkite_script(std::string_view text);
/// `${localEnv:X:word}`.
[[nodiscard]] TextParts devcontainer(std::string_view text);
/// `${name}`; `$${` is no template.
[[nodiscard]] TextParts bake(std::string_view text);
/// `%i`, `%%`.
[[nodiscard]] TextParts systemd(std::string_view text);
/// `$(X)`, `${X}`, `$X`, `$$`.
[[nodiscard]] TextParts make(std::string_view text);

}  // namespace imglint::languages
