// A text in which expressions of some language stand, cut into parts, and what it amounts to when a file says
// what the expressions stand for (docs/spec/pipelines.md 1.4).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.hpp"
#include "model/value.hpp"
#include "tree/tree.hpp"

namespace imglint {

struct TextPart {
  enum class Kind : std::uint8_t {
    text,      ///< stands for itself
    escape,    ///< stands for its last byte
    variable,  ///< an expression that has a name
    unknown,   ///< one that nobody can say anything of
  };
  Kind kind = Kind::text;
  bool quoted = false;  ///< inside of quotes: never more than one word
  bool outer = false;   ///< of the language in which a script stands
  TextRange range;      ///< in the text, all of `${NAME:-word}`
  std::string_view name = {};
  std::string_view op = {};  ///< `:-`
  TextRange operand = {};    ///< in the text

  [[nodiscard]] bool is_expression() const { return kind == Kind::variable || kind == Kind::unknown; }
};
using TextParts = std::vector<TextPart>;

class Lookup;

/// A text and all that is needed to say what it amounts to.
struct Expression {
  MappedText text;
  TextParts parts;
  const Lookup* lookup = nullptr;  ///< for its own parts
};

/// One of the things that an expression may stand for.
struct Supply {
  Expression expression;
  /// The item of a list, or the value passed, which is a reference by itself where the expression is all of a
  /// place; no node for a default.
  yaml::NodeIndex item = yaml::no_node;
  /// What is unknown in it hides the rest of it, where a script is put together from it.
  bool opaque = true;
};

/// What a file says an expression stands for.
struct Meaning {
  std::vector<Supply> supplies;  ///< none: unknown
  bool conditional = false;      ///< `${X:+word}`: two values, by what nobody knows
  bool is_output = false;        ///< unknown, since commands print it or a script reads it
};

class Lookup {
 public:
  Lookup() = default;
  Lookup(const Lookup&) = delete;
  Lookup& operator=(const Lookup&) = delete;
  virtual ~Lookup() = default;
  /// Of a part of `text` that has a name.
  [[nodiscard]] virtual Meaning find(const TextPart& part, const MappedText& text) const = 0;
};

/// What a text amounts to: with nothing in place of what is unknown.
struct Evaluated {
  Value value;
  Location place = {};  ///< where the text itself stands, not what its variables stand for
  bool unknown = false;
};

/// All that it may amount to, in the order in which it is written: more than one through one expression
/// alone. Never empty. What is nested more than eight deep is unknown.
[[nodiscard]] std::vector<Evaluated> evaluate_all(const Expression& expression, Arena& arena);
/// The same where only one value is of use: of several none is known.
[[nodiscard]] Evaluated evaluate(const Expression& expression, Arena& arena);

/// Whether a part is what a command prints: `$(jq .image x)`, `$(shell cat x)` of make.
[[nodiscard]] bool is_command(const TextPart& part, std::string_view text);

/// The parts of a range of a text. A part that the range cuts is left out, but for text.
[[nodiscard]] TextParts parts_within(const TextParts& parts, TextRange range);
/// The text with its escapes gone, before expansion, and where the parts stand in it.
[[nodiscard]] MappedText written_text(const MappedText& text, const TextParts& parts, Arena& arena);

}  // namespace imglint
