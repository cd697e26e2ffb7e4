#include "kinds/dockerfile/doubt.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/edit_distance.hpp"
#include "base/quote.hpp"
#include "kinds/dockerfile/lines.hpp"
#include "kinds/dockerfile/reading.hpp"
#include "kinds/dockerfile/text.hpp"
#include "kinds/first_line.hpp"
#include "reference/parse.hpp"
#include "source/read_file.hpp"

namespace imglint::dockerfile {
namespace {

/// What is looked at of a text whose beginning does not tell.
constexpr std::size_t most_lines = 1000;

void skip_blanks(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
}

/// Words that other frontends know, without a directive that names them.
bool is_known_elsewhere(std::string_view word) {
  constexpr std::string_view words[] = {"include", "include+"};
  return std::any_of(std::begin(words), std::end(words),
                     [&](std::string_view known) { return is_word(word, known); });
}

bool has_any(std::string_view text, std::string_view letters) {
  return text.find_first_of(letters) != std::string_view::npos;
}

/// What may stand where FROM has its image. A letter of a variable or of a template may make it anything.
bool may_be_image(std::string_view word) {
  return has_any(word, "$%@{") || std::holds_alternative<Reference>(parse_reference(word));
}

bool is_nearly_from(std::string_view word) {
  static const std::vector<std::string> from = {"from"};
  return nearest_word(lower_case(std::string(word)), from).has_value();
}

bool is_in_capitals(std::string_view word) {
  return std::none_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

/// As nearly all Dockerfiles do, which are asked no more.
bool begins_plainly(std::string_view line) {
  for (const std::string_view keyword : {"FROM ", "ARG "})
    if (line.starts_with(keyword))
      return line.find(' ', keyword.size()) == line.npos || line.find(" AS ") != line.npos;
  return false;
}

/// The lines of a text, as far as they tell what it is.
class Look {
 public:
  explicit Look(std::string_view bytes) : lines_(bytes, bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0) {}

  /// Up to what makes it a Dockerfile, or the end.
  void run() {
    LogicalLine line;
    for (std::size_t count = 0; count < most_lines && lines_.next(line); ++count) {
      if (begins_template(line.text)) {
        is_template_ = is_template_ || first_.empty();
      } else {
        take(line);
      }
      if (is_template_ || (has_base_ && is_nearly_instruction(first_))) return;
    }
  }

  [[nodiscard]] std::string doubt() const {
    if (is_template_ || first_.empty()) return {};
    const bool begins_well = is_nearly_instruction(first_) || is_known_elsewhere(first_);
    if (has_base_ && (begins_well || known_ >= unknown_)) return {};
    const bool is_even = known_ > 0 && known_ == unknown_ && is_in_capitals(first_);
    if (begins_well && (known_ > unknown_ || is_even)) return {};
    if (is_instruction(first_) || is_known_elsewhere(first_))
      return "most of its lines begin as no instruction does, the first of them with " +
             quote(first_unknown_);
    return quote(first_) + ", its first word, is no instruction";
  }

 private:
  void take(const LogicalLine& line) {
    cut_instruction(line.text, {0, size_of(line.text)}, '\\', instruction_);
    const std::string_view keyword = instruction_.keyword.of(line.text);
    if (first_.empty()) first_ = keyword.substr(0, keyword.find('\\'));
    const bool is_known = is_instruction(keyword) || is_known_elsewhere(keyword);
    ++(is_known ? known_ : unknown_);
    if (!is_known && first_unknown_.empty()) first_unknown_ = keyword;
    has_base_ = has_base_ || is_base(line, keyword);
    skip_heredocs(line.text);
  }

  /// FROM with an image behind it; in the first line a word that is nearly FROM, too.
  bool is_base(const LogicalLine& line, std::string_view keyword) {
    const bool is_from = is_word(keyword, "from");
    const bool is_first = known_ + unknown_ == 1;
    if (!is_from && (!is_first || !is_nearly_from(keyword))) return false;
    const std::string_view rest = instruction_.rest.of(line.text);
    if (is_from && (rest.find("{{") != rest.npos || rest.find("<%") != rest.npos)) return true;
    cut_words(line.text, instruction_.rest, words_);
    const auto is_comment = [&](std::size_t word) { return words_[word].of(line.text).starts_with('#'); };
    const bool is_named =
        words_.size() >= 3 && is_word(words_[1].of(line.text), "as") && (words_.size() == 3 || is_comment(3));
    const bool is_whole = words_.size() == 1 || is_named || (words_.size() > 1 && is_comment(1));
    return is_whole && may_be_image(words_[0].of(line.text));
  }

  /// Of a program that writes a Dockerfile, too. A mark without an end is none.
  void skip_heredocs(std::string_view line) {
    if (line.find("<<") == std::string_view::npos) return;
    for (const Heredoc& heredoc : find_heredocs(line)) {
      LineReader ahead = lines_;
      if (ahead.skip_heredoc(heredoc.name, heredoc.tabs)) lines_ = std::move(ahead);
    }
  }

  LineReader lines_;
  Instruction instruction_;
  std::vector<TextRange> words_;
  std::string first_;          ///< word
  std::string first_unknown_;  ///< word of a line
  std::size_t known_ = 0;      ///< lines that begin with an instruction
  std::size_t unknown_ = 0;
  bool has_base_ = false;
  bool is_template_ = false;
};

}  // namespace

bool is_directive(std::string_view comment) {
  comment.remove_prefix(1);
  skip_blanks(comment);
  const std::size_t end = std::min(comment.find_first_of(" \t="), comment.size());
  const std::string_view word = comment.substr(0, end);
  comment.remove_prefix(end);
  skip_blanks(comment);
  if (!comment.starts_with('=')) return false;
  constexpr std::string_view directives[] = {"syntax", "escape", "check"};
  return std::any_of(std::begin(directives), std::end(directives),
                     [&](std::string_view name) { return is_word(word, name); });
}

bool begins_template(std::string_view line) {
  constexpr std::string_view marks[] = {"{%", "{{", "{#", "<%"};
  return std::any_of(std::begin(marks), std::end(marks),
                     [&](std::string_view mark) { return line.starts_with(mark); });
}

bool may_define_stages(std::string_view word) { return is_known_elsewhere(word) || is_nearly_from(word); }

std::string doubt(std::string_view bytes) {
  if (starts_in_utf16(bytes)) return {};  // which is told when it is read
  std::string_view rest = bytes;
  for (std::string_view line = take_line(rest); !line.empty(); line = take_line(rest)) {
    const bool is_comment = line[0] == '#';
    if ((is_comment || line.starts_with("//")) && is_directive(line.substr(is_comment ? 0 : 1))) return {};
    if (is_comment) continue;
    if (begins_plainly(line)) return {};
    break;
  }
  Look look(bytes);
  look.run();
  return look.doubt();
}

}  // namespace imglint::dockerfile
