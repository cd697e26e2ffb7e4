// What the variables of a script stand for: a name with one literal assignment (docs/spec/pipelines.md 4.4).
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "kinds/shell/words.hpp"

namespace imglint::shell {

/// One text of a script, and its commands.
struct ScriptText {
  MappedText text;
  TextParts outer;  ///< what another language puts in
  bool placeholders = false;
  Commands commands = {};

  [[nodiscard]] Reading reading() const { return {.outer = &outer, .placeholders = placeholders}; }
};

/// A script of one or several texts that share their variables. Pinned: expressions point to it.
class Script final : public Lookup {
 public:
  /// `around` gives values to what the script does not assign, and to outer expressions; may be null.
  explicit Script(const Lookup* around) : around_(around) {}

  /// To be called for all texts before anything is looked up.
  void add(ScriptText text);
  [[nodiscard]] const std::vector<std::unique_ptr<ScriptText>>& texts() const { return texts_; }

  [[nodiscard]] Meaning find(const TextPart& part, const MappedText& text) const override;
  /// Whether a variable can only hold options: all that is assigned to it are literals that are empty or
  /// begin with a dash.
  [[nodiscard]] bool holds_options(std::string_view name) const;

 private:
  struct Assignment {
    const ScriptText* text = nullptr;
    TextRange value;         ///< in the text
    bool has_value = false;  ///< else: `read`, `+=`, a loop
    bool is_output = false;  ///< nothing is written but commands that print it, or nothing at all: `read`
  };
  [[nodiscard]] Expression expression(const ScriptText& text, TextRange range) const;
  [[nodiscard]] const ScriptText* text_of(const MappedText& text) const;
  void note_command(const ScriptText& text, const Command& command);
  void note_declarations(const ScriptText& text, const Command& command, std::size_t first);
  void note_names(const ScriptText& text, const Command& command, std::size_t first);
  void note_printf(const ScriptText& text, const Command& command, std::size_t first);
  /// Notes `NAME=value`; false if the word is none.
  bool note_assignment(const ScriptText& text, const Word& word, bool counts);
  void note_default(const ScriptText& text, const Word& word);

  const Lookup* around_;
  std::vector<std::unique_ptr<ScriptText>> texts_;
  std::unordered_map<std::string, std::vector<Assignment>> assignments_;
};

}  // namespace imglint::shell
