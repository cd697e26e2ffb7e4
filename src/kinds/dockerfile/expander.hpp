// The machine behind expand(): what the grammar's actions do, and the value they build.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kinds/dockerfile/expansion.hpp"

namespace imglint::dockerfile {

/// Takes the parts of one word in the order in which the grammar finds them. All ranges are of the word's
/// text. A function that returns bool returns false after an error.
class Expander {
 public:
  /// An open one puts nothing where a required variable has no value, and goes on.
  Expander(const MappedText& word, Scope& scope, Arena& arena, Expanded& result, bool open);

  void literal(TextRange range);
  void escaped(TextRange range);      ///< the escape character and what it keeps, if anything
  void lone_escape(TextRange range);  ///< inside double quotes, before anything else
  void open_quote(TextRange quote);
  void close_quote(TextRange quote);
  bool bare(TextRange name);
  void open_brace(TextRange brace);
  [[nodiscard]] bool is_shallow();
  void name(TextRange name);
  bool plain_close(TextRange brace);
  bool begin_operand(TextRange op);
  void end_pattern(TextRange slash);
  bool end_operand(TextRange brace);

  /// Notes the first error only.
  bool fail(std::string_view message);
  /// The same, with the substitution at hand quoted before the message.
  bool fail_here(std::string_view message);

  /// Hands the value over, or clears what a failed expansion leaves.
  void finish(bool parsed);

 private:
  struct Frame {
    std::uint32_t begin = 0;  ///< of the dollar
    TextRange name;
    TextRange op;
    std::uint32_t operand = 0;  ///< where the operand begins
    VariableIndex variable = no_variable;
    const Given* given = nullptr;
    MappedTextBuilder::Mark mark;  ///< where the operand's text began
    bool raw = false;              ///< the operand is a pattern or a replacement: escapes stay in it
    std::string pattern;
  };
  struct Quote {
    std::uint32_t begin = 0;
    MappedTextBuilder::Mark mark;
  };

  [[nodiscard]] bool raw() const { return !frames_.empty() && frames_.back().raw; }
  [[nodiscard]] VariableIndex current() const {
    return frames_.empty() ? no_variable : frames_.back().variable;
  }
  /// An empty piece, so that text may be put here later.
  void place(std::uint32_t at, VariableIndex variable);
  bool charge(std::size_t work);
  bool look_up(Frame& frame, std::uint32_t end);
  /// The variable's value, or the place of one that has none.
  bool supply(const Frame& frame);
  /// Takes over the variables that the value was made of; the first one's index goes to `first`.
  bool adopt(const Given& given, VariableIndex within, VariableIndex& first);
  void copy(const Frame& frame, TextRange part, VariableIndex first);
  void operand_supplies(const Frame& frame, std::uint32_t end);
  void drop_operand(const Frame& frame);
  bool use_default(const Frame& frame, std::uint32_t end);
  bool require(const Frame& frame);
  bool use_replacement(const Frame& frame, std::uint32_t end);
  bool trim(const Frame& frame);
  bool replace(const Frame& frame);
  [[nodiscard]] Variable& variable(const Frame& frame) { return result_.value.variables[frame.variable]; }

  const MappedText& word_;
  Scope& scope_;
  Arena& arena_;
  Expanded& result_;
  MappedTextBuilder out_;
  std::vector<Frame> frames_;
  std::vector<Quote> quotes_;
  bool open_ = false;
};

}  // namespace imglint::dockerfile
