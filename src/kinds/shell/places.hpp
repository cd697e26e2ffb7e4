// Where references stand in the commands of a script: programs, their options and operands
// (docs/spec/pipelines.md 4.1 to 4.4).
#pragma once

#include <vector>

#include "kinds/shell/variables.hpp"
#include "model/role.hpp"

namespace imglint::shell {

/// A stretch of a word that is meant as a reference.
struct ShellPlace {
  const RoleInfo* role = &plain_image;
  const MappedText* text = nullptr;
  TextParts parts;         ///< of the text; never empty
  bool probable = false;   ///< the place is a guess
  std::size_t number = 0;  ///< of the word in its command
};

/// Those of one text of a script.
[[nodiscard]] std::vector<ShellPlace> find_places(const Script& script, const ScriptText& text, Arena& arena);

/// A word that stands by itself, as an item of a list.
struct LooseWord {
  MappedText text;
  TextParts parts;
};
/// Those of a command whose words no shell has seen. The words must outlive the places.
[[nodiscard]] std::vector<ShellPlace> find_places(std::span<const LooseWord> words, const Lookup* lookup,
                                                  Arena& arena);
/// Those of words that follow `docker run`.
[[nodiscard]] std::vector<ShellPlace> find_run_places(const MappedText& text, std::span<const Word> words,
                                                      Arena& arena);
/// Whether a command of that name is read.
/// Whether a build argument of such a name gives an image.
[[nodiscard]] bool is_build_argument_of_image(std::string_view name);
[[nodiscard]] bool is_program(std::string_view name);

}  // namespace imglint::shell
