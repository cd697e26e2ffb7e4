// The state of reading one Dockerfile, and the steps of reading it; each step is a file of its own.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "kinds/dockerfile/lines.hpp"
#include "kinds/dockerfile/places.hpp"
#include "kinds/dockerfile/roles.hpp"
#include "kinds/dockerfile/scope.hpp"
#include "kinds/dockerfile/syntax.hpp"
#include "model/document.hpp"
#include "model/read_options.hpp"

namespace imglint::dockerfile {

struct Reading {
  Reading(const MappedText& input, std::span<const Variable> variables, const ReadOptions& options,
          Document& document, OwnerIndex parent);

  std::string_view text;  ///< the whole input
  std::uint32_t begin;    ///< of the text, after a byte order mark
  const ReadOptions& options;
  Document& document;
  Places places;
  LineReader lines;
  Scope scope;
  char escape = '\\';

  std::uint32_t part;  ///< index into Document::parts
  OwnerIndex parent;   ///< whose scalar the Dockerfile stands in

  // What the document held before, for a Dockerfile inside of a compose file.
  std::size_t first_use;
  std::size_t first_stage;
  std::size_t first_argument;
  std::size_t first_trouble;

  std::unordered_map<std::string_view, std::int32_t> stages;  ///< by name in lower case, the last so far
  std::unordered_set<std::string> contexts;                   ///< named contexts, as references are familiar
  bool hides_stages = false;                      ///< a line that may define a stage was not understood
  std::uint32_t inserts_at = UINT32_MAX;          ///< where a template engine may put in such a line
  bool hides_names = false;                       ///< and its stages may have any name
  std::unordered_set<std::string> hidden_stages;  ///< what stands behind AS there, in lower case
  bool has_open = false;                          ///< a variable of compose's: see emptied.hpp
  std::uint32_t slashes_end = 0;  ///< to where `//` begins directives, which no value makes comments of
  bool has_instruction = false;
  bool has_known_instruction = false;
  bool has_early_instruction = false;  ///< something but ARG before the first FROM; said once
  std::string_view foreign_frontend;   ///< reads this in Docker's place; empty if none does

  // Reused from line to line.
  Instruction instruction;
  Instruction triggered;  ///< behind ONBUILD
  std::vector<TextRange> words;
  Record record;
  std::string letters;  ///< for `shape`

  /// Of the line at hand: its text with letters for expressions of a template engine, to be cut at blanks.
  std::string_view shape;

  [[nodiscard]] bool has_stage() const { return document.stages.size() > first_stage; }
  [[nodiscard]] std::int32_t current_stage() const {
    return has_stage() ? static_cast<std::int32_t>(document.stages.size()) - 1 : -1;
  }
  [[nodiscard]] OwnerIndex current_owner() const {
    return has_stage() ? document.stages.back().owner : parent;
  }
  /// The index of the owner that is added next.
  [[nodiscard]] OwnerIndex next_owner() const { return static_cast<OwnerIndex>(document.owners.size()); }
};

/// Reports text that is no Dockerfile syntax.
Trouble& complain(Reading& reading, Span span, std::string message);
/// The same for a range of a line. A fault further down than the instruction's first line is shown from there
/// on, for that line is the one BuildKit names (docs/spec/dockerfile.md 2.15).
Trouble& complain(Reading& reading, const LogicalLine& line, TextRange range, std::string message);
/// The same where references, and perhaps stages, may stand that were not read.
void complain_unread(Reading& reading, const LogicalLine& line, TextRange range, std::string message);

// dockerfile_directives.cpp

/// Parser directives: `escape` takes effect, repeated and bad ones are reported
/// (docs/spec/dockerfile.md 2.4).
void read_directives(Reading& reading);
/// The syntax directive, found by a scan of its own in three forms.
void read_syntax(Reading& reading);

// dockerfile_instructions.cpp

/// Whether Docker knows such an instruction, in either case.
[[nodiscard]] bool is_instruction(std::string_view keyword);
/// The same, or one misspelt.
[[nodiscard]] bool is_nearly_instruction(std::string_view keyword);
/// One instruction with its heredocs.
void read_instruction(Reading& reading, const LogicalLine& line);

// dockerfile_flags.cpp

enum class FlagKind : std::uint8_t { text, texts, boolean };
struct FlagRule {
  std::string_view name;
  FlagKind kind = FlagKind::text;
  bool (*takes)(std::string_view value) = nullptr;  ///< which values it takes; any, if null
};

/// A flag cut at its equals sign.
struct FlagText {
  std::string name;  ///< without dashes
  bool has_value = false;
  std::vector<TextRange> value;  ///< of the line, without quotes and escapes; empty for an empty value
};
[[nodiscard]] FlagText split_flag(const LogicalLine& line, const Instruction& instruction, const Flag& flag);
/// Reports the first flag that is unknown, repeated or has no proper value; false if one is.
bool check_flags(Reading& reading, const LogicalLine& line, const Instruction& instruction,
                 std::span<const FlagRule> rules);
[[nodiscard]] MappedText map_parts(Reading& reading, const LogicalLine& line,
                                   std::span<const TextRange> parts);
/// `--from` of COPY.
void read_copy_from(Reading& reading, const LogicalLine& line, const Instruction& instruction,
                    const RoleInfo& role);
/// `from` in each `--mount` of RUN. Mistakes behind ONBUILD are not reported: they are not noticed there.
void read_mounts(Reading& reading, const LogicalLine& line, const Instruction& instruction,
                 const RoleInfo& role);

// dockerfile_arguments.cpp

void read_argument(Reading& reading, const LogicalLine& line, const Instruction& instruction);

// dockerfile_stages.cpp

void read_from(Reading& reading, const LogicalLine& line, const Instruction& instruction);
/// What `--from` and mounts mean, once all stages are known (2.9, 2.10).
void resolve_sources(Reading& reading);

// dockerfile_uses.cpp

/// Adds a use for a range of a line that is a reference by itself: no quotes and escapes are in it, or they
/// are between the parts. Its value is what is written.
ImageUse& add_use(Reading& reading, const RoleInfo& role, const LogicalLine& line,
                  std::span<const TextRange> parts);
/// Adds a use of which compose has left nothing, with the variables that stood there (Places::emptied()).
ImageUse& add_emptied_use(Reading& reading, const RoleInfo& role, const MappedText& emptied);
/// Moves the variables of compose that a text shows to a list of its own, which its pieces then point into.
[[nodiscard]] MappedText adopt_variables(const Reading& reading, const MappedText& text,
                                         std::vector<Variable>& variables);
/// Image, context, or invalid.
void resolve_image(Reading& reading, ImageUse& use);
/// Whether a name is one of a named context.
[[nodiscard]] bool is_context(const Reading& reading, std::string_view name);
void set_error(Reading& reading, ImageUse& use, UseError kind, std::string_view message);

}  // namespace imglint::dockerfile
