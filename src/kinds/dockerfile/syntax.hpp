// What the grammar of Dockerfiles finds in a logical line, as ranges of that line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.hpp"

namespace imglint::dockerfile {

/// Text that is left of a range when quotes and escapes go: `count` ranges from `first` on in a list beside
/// it.
struct Parts {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

/// A flag: `--from=a`.
struct Flag {
  TextRange word;  ///< as written
  Parts parts;     ///< in Instruction::parts
};

/// An instruction, cut up by docs/spec/dockerfile.md 2.5. Reusable.
struct Instruction {
  TextRange keyword;
  std::vector<Flag> flags;
  std::vector<TextRange> parts;
  TextRange rest;  ///< what follows the flags, without blanks at its ends
};
void cut_instruction(std::string_view line, TextRange range, char escape, Instruction& result);

/// Words between blanks, with no regard to quotes (FROM, COPY). The range has no blanks at its ends.
void cut_words(std::string_view line, TextRange range, std::vector<TextRange>& words);
/// Words between white space outside of quotes; quotes and escapes stay (ARG, ENV, LABEL).
void cut_values(std::string_view line, TextRange range, char escape, std::vector<TextRange>& words);

/// A field of `--mount`, without its quotes.
struct Record {
  std::vector<Parts> fields;
  std::vector<TextRange> parts;
};
/// False for an empty text or a stray quote (2.10).
[[nodiscard]] bool cut_record(std::string_view text, Record& result);

struct Heredoc {
  std::string name;
  bool tabs = false;  ///< `<<-`: leading tabs before its end do not count
};
/// The heredocs a line opens, in order (2.12).
[[nodiscard]] std::vector<Heredoc> find_heredocs(std::string_view line);
/// What one word opens, if anything.
[[nodiscard]] std::optional<Heredoc> parse_heredoc(std::string_view word);

struct Directive {
  TextRange name;
  TextRange value;  ///< never empty, may be a blank
};
/// A parser directive behind `#` or, with `slashes`, behind `//` (2.4). The line has no line end.
[[nodiscard]] std::optional<Directive> parse_directive(std::string_view line, bool slashes);

/// In lower case or not (2.6).
[[nodiscard]] bool is_stage_name(std::string_view text);
/// A decimal integer that fits 64 bits, with sign and leading zeros (2.9).
[[nodiscard]] std::optional<std::int64_t> parse_stage_index(std::string_view text);
/// `linux`, `linux/arm64`, `linux/arm/v7`, `arm64` (2.6).
[[nodiscard]] bool is_platform(std::string_view text);

}  // namespace imglint::dockerfile
