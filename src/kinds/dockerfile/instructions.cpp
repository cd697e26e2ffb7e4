#include <algorithm>
#include <iterator>
#include <utility>

#include "base/edit_distance.hpp"
#include "base/printable.hpp"
#include "expansion/engine.hpp"
#include "kinds/dockerfile/doubt.hpp"
#include "kinds/dockerfile/emptied.hpp"
#include "kinds/dockerfile/flag_values.hpp"
#include "kinds/dockerfile/json.hpp"
#include "kinds/dockerfile/reading.hpp"
#include "kinds/dockerfile/text.hpp"

namespace imglint::dockerfile {
namespace {

/// What follows the flags of an instruction.
enum class Form : std::uint8_t {
  from,
  argument,     ///< ARG
  paths,        ///< words or a JSON array, two at least
  run,          ///< a command or a JSON array
  trigger,      ///< ONBUILD
  pairs,        ///< NAME=value …, or NAME value
  text,         ///< something
  list,         ///< something or a JSON array
  command,      ///< a command or a JSON array, may be missing
  shell,        ///< a JSON array
  healthcheck,  ///< NONE, or CMD and a command or a JSON array
};

struct InstructionRule {
  std::string_view keyword;
  Form form;
  std::span<const FlagRule> flags = {};
  bool checks_flags = true;
};

constexpr FlagRule copy_flags[] = {{"from"},
                                   {"chown"},
                                   {"chmod"},
                                   {"link", FlagKind::boolean},
                                   {"parents", FlagKind::boolean},
                                   {"exclude", FlagKind::texts}};
constexpr FlagRule add_flags[] = {{"chown"},
                                  {"chmod"},
                                  {"link", FlagKind::boolean},
                                  {"exclude", FlagKind::texts},
                                  {"keep-git-dir", FlagKind::boolean},
                                  {"checksum"},
                                  {"unpack", FlagKind::boolean}};
constexpr FlagRule run_flags[] = {{"mount", FlagKind::texts},
                                  {"network", FlagKind::text, is_network},
                                  {"security", FlagKind::text, is_security},
                                  {"device", FlagKind::texts, is_device}};
constexpr FlagRule healthcheck_flags[] = {{"interval", FlagKind::text, is_interval},
                                          {"timeout", FlagKind::text, is_interval},
                                          {"start-period", FlagKind::text, is_interval},
                                          {"start-interval", FlagKind::text, is_interval},
                                          {"retries", FlagKind::text, is_count}};

constexpr InstructionRule rules[] = {
    {"run", Form::run, run_flags},
    {"copy", Form::paths, copy_flags},
    {"from", Form::from},
    {"env", Form::pairs},
    {"workdir", Form::text},
    {"arg", Form::argument, {}, false},
    {"cmd", Form::command},
    {"label", Form::pairs},
    {"entrypoint", Form::command},
    {"add", Form::paths, add_flags},
    {"expose", Form::text},
    {"user", Form::text},
    {"volume", Form::list},
    {"shell", Form::shell},
    {"healthcheck", Form::healthcheck, healthcheck_flags, false},
    {"maintainer", Form::text},
    {"onbuild", Form::trigger},
    {"stopsignal", Form::text, {}, false},
};

const InstructionRule* find_rule(std::string_view keyword) {
  const auto found = std::find_if(std::begin(rules), std::end(rules), [&](const InstructionRule& rule) {
    return is_word(keyword, rule.keyword);
  });
  return found == std::end(rules) ? nullptr : &*found;
}

std::string upper_case(std::string_view keyword) {
  std::string result(keyword);
  for (char& c : result)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return result;
}

/// What is wrong with the first word of a line, with the instruction that is a slip of the keys away.
std::string unknown_instruction(std::string_view keyword) {
  const std::string word = upper_case(keyword);
  const InstructionRule* nearest = nullptr;
  std::size_t least = std::max<std::size_t>(1, word.size() / 4) + 1;
  for (const InstructionRule& rule : rules) {
    if (word.size() >= rule.keyword.size() + least || rule.keyword.size() >= word.size() + least) continue;
    const std::size_t distance = edit_distance(word, upper_case(rule.keyword));
    if (distance >= least) continue;
    least = distance;
    nearest = &rule;
  }
  return "unknown instruction '" + printable(keyword) + "'" +
         (nearest ? " (did you mean '" + upper_case(nearest->keyword) + "'?)" : std::string());
}

/// The instruction at hand, and how to report on it.
struct Step {
  Reading& reading;
  const LogicalLine& line;
  const Instruction& instruction;
  const InstructionRule& rule;

  [[nodiscard]] std::string_view rest() const { return instruction.rest.of(line.text); }
  Trouble& complain(std::string message) const {
    return dockerfile::complain(reading, line, instruction.keyword,
                                upper_case(rule.keyword) + " " + std::move(message));
  }
  /// Of what may be so for want of a value. With an open variable nobody knows.
  void complain_of_lack(std::string message) const {
    if (is_open(reading, line)) return;
    const std::string cause = because_emptied(reading, line.place);
    complain(std::move(message) + cause +
             (cause.empty() ? "" : "; write '$$' for the Dockerfile's own variable"));
  }
};

/// Reports an array that holds something else than strings; a broken one is plain text (2.13).
JsonArray read_array(const Step& step, std::string_view text) {
  const JsonArray array = read_json_array(text);
  if (array.form == JsonForm::other) step.complain("takes an array of strings only");
  return array;
}

/// `NAME=value …`, or `NAME value`, which is decided by the first word. With `at_once`, only what the parser
/// itself refuses.
void check_pairs(const Step& step, bool at_once) {
  std::vector<TextRange>& words = step.reading.words;
  const std::string_view text = step.line.text;
  cut_values(text, step.instruction.rest, step.reading.escape, words);
  if (words.empty()) {
    if (!at_once) step.complain_of_lack("needs a name and a value");
    return;
  }
  if (words.front().of(text).find('=') == std::string_view::npos) {
    if (step.rest().find_first_of(" \t\v\f\r") == std::string_view::npos)
      step.complain_of_lack("needs a value for '" + printable(step.rest()) + "'");
    return;
  }
  for (const TextRange word : words) {
    const auto equals = word.of(text).find('=');
    if (equals != std::string_view::npos && (equals != 0 || at_once)) continue;
    step.complain_of_lack("takes NAME=value, not '" + printable(word.of(text)) + "'");
    return;
  }
}

/// HEALTHCHECK cut in two: CMD or NONE, and what follows.
struct HealthCommand {
  std::string_view kind;
  bool empty = false;  ///< nothing follows, or an array of nothing
};
HealthCommand read_health_command(const Step& step) {
  const std::string_view rest = step.rest();
  const auto kind_end = static_cast<std::uint32_t>(std::min(rest.find_first_of(" \t\v\f\r"), rest.size()));
  const std::string_view command = trim_front(rest, {kind_end, size_of(rest)}).of(rest);
  const JsonArray array = read_array(step, command);
  return {rest.substr(0, kind_end), command.empty() || (array.form == JsonForm::strings && array.size == 0)};
}

void check_healthcheck(const Step& step) {
  const auto [kind, empty] = read_health_command(step);
  if (is_word(kind, "none")) {  // whatever its flags
    if (!empty) step.complain("NONE takes nothing else");
    return;
  }
  if (!check_flags(step.reading, step.line, step.instruction, healthcheck_flags)) return;
  if (!is_word(kind, "cmd")) {
    step.complain_of_lack("takes CMD or NONE");
  } else if (empty) {
    step.complain_of_lack("CMD needs a command");
  }
}

/// COPY and ADD. Returns whether heredocs are possible.
bool check_paths(const Step& step, bool reports) {
  const JsonArray array = read_array(step, step.rest());
  constexpr std::string_view heredoc_destination = "cannot have a heredoc as its destination";
  if (array.form == JsonForm::strings) {
    if (reports && array.size < 2) step.complain_of_lack("needs a source and a destination");
    if (reports && array.size >= 2 && parse_heredoc(array.last))
      step.complain(std::string(heredoc_destination));
    return false;
  }
  std::vector<TextRange>& words = step.reading.words;
  cut_words(step.line.text, step.instruction.rest, words);
  if (!reports) return true;
  if (words.size() < 2) {
    step.complain_of_lack("needs a source and a destination");
  } else if (parse_heredoc(words.back().of(step.line.text))) {
    step.complain(std::string(heredoc_destination));
  }
  return true;
}

/// Skips the bodies of the heredocs that a line opens (2.12).
void skip_heredocs(Reading& reading, const LogicalLine& line) {
  if (line.text.find("<<") == std::string_view::npos) return;
  for (const Heredoc& heredoc : find_heredocs(line.text)) {
    if (reading.lines.skip_heredoc(heredoc.name, heredoc.tabs)) continue;
    reading.hides_stages = reading.hides_names = true;
    complain_unread(reading, line, {0, size_of(line.text)},
                    "the heredoc '" + printable(heredoc.name) + "' has no end");
    return;
  }
}

/// The instruction behind ONBUILD. Only what the parser itself checks is checked: the rest is not read before
/// the image is used (2.11). Returns whether heredocs are possible.
bool read_triggered(Reading& reading, const LogicalLine& line, const Step& outer) {
  Instruction& inner = reading.triggered;
  cut_instruction(reading.shape, outer.instruction.rest, reading.escape, inner);
  const std::string_view keyword = inner.keyword.of(line.text);
  const InstructionRule* rule = find_rule(keyword);
  if (is_word(keyword, "from") || is_word(keyword, "maintainer") || is_word(keyword, "onbuild")) {
    outer.complain("cannot hold " + upper_case(keyword)).hides_references = !is_word(keyword, "maintainer");
    return false;
  }
  // What follows is not read before another build uses the image; that one stops.
  if (!rule) {
    complain_unread(reading, line, inner.keyword,
                    "unknown instruction '" + printable(keyword) + "' behind ONBUILD");
    return false;
  }
  const Step step{reading, line, inner, *rule};
  if (rule->checks_flags) check_flags(reading, line, inner, rule->flags);
  switch (rule->form) {
    case Form::paths:
      if (is_word(keyword, "copy")) read_copy_from(reading, line, inner, role::onbuild_copy_from);
      return check_paths(step, false);
    case Form::run:
      read_mounts(reading, line, inner, role::onbuild_mount_from);
      return read_array(step, step.rest()).form == JsonForm::none;
    case Form::pairs:
      check_pairs(step, true);
      return false;
    case Form::list:
    case Form::command:
    case Form::shell:
      (void)read_array(step, step.rest());
      return false;
    case Form::from:
    case Form::argument:
    case Form::trigger:
    case Form::text:
      return false;
    case Form::healthcheck:
      (void)read_health_command(step);
      return false;
  }
  return false;
}

/// Reads what is not FROM. Returns whether heredocs are possible.
bool read_by_form(const Step& step) {
  Reading& reading = step.reading;
  const LogicalLine& line = step.line;
  const Instruction& instruction = step.instruction;
  switch (step.rule.form) {
    case Form::from:
      read_from(reading, line, instruction);
      return false;
    case Form::argument:
      read_argument(reading, line, instruction);
      return false;
    case Form::paths:
      if (step.rule.keyword == "copy") read_copy_from(reading, line, instruction, role::copy_from);
      return check_paths(step, true);
    case Form::run:
      read_mounts(reading, line, instruction, role::mount_from);
      return read_array(step, step.rest()).form == JsonForm::none;
    case Form::trigger:
      if (!instruction.rest.empty()) return read_triggered(reading, line, step);
      step.complain_of_lack("needs an instruction");
      return false;
    case Form::pairs:
      check_pairs(step, false);
      return false;
    case Form::text:
      if (instruction.rest.empty()) step.complain_of_lack("needs an argument");
      return false;
    case Form::list:
      if (const JsonArray array = read_array(step, step.rest());
          instruction.rest.empty() || (array.form == JsonForm::strings && array.size == 0)) {
        step.complain_of_lack("needs an argument");
      } else if (array.has_blank) {
        step.complain("takes no blank path");
      }
      return false;
    case Form::command:
      (void)read_array(step, step.rest());
      return false;
    case Form::shell:
      if (const JsonArray array = read_array(step, step.rest());
          array.form == JsonForm::none || (array.form == JsonForm::strings && array.size == 0))
        step.complain_of_lack("needs a JSON array");
      return false;
    case Form::healthcheck:
      check_healthcheck(step);
      return false;
  }
  return false;
}

/// Blanks inside of `{{ … }}` cut nothing.
void take_shape(Reading& reading, std::string_view text) {
  reading.shape = text;
  constexpr std::string_view marks[] = {"{{", "{%", "<%"};
  if (std::none_of(std::begin(marks), std::end(marks),
                   [&](std::string_view mark) { return text.find(mark) != std::string_view::npos; }))
    return;
  auto letters = with_letters_for_expressions(text);
  if (!letters) return;
  reading.letters = *std::move(letters);
  reading.shape = reading.letters;
}

}  // namespace

bool is_instruction(std::string_view keyword) { return find_rule(keyword) != nullptr; }

bool is_nearly_instruction(std::string_view keyword) {
  if (is_instruction(keyword)) return true;
  std::vector<std::string> words;
  for (const InstructionRule& rule : rules) words.push_back(upper_case(rule.keyword));
  return nearest_word(upper_case(keyword), words).has_value();
}

void read_instruction(Reading& reading, const LogicalLine& line) {
  reading.has_instruction = true;
  reading.hides_names = reading.hides_names || line.place.begin > reading.inserts_at;
  Instruction& instruction = reading.instruction;
  take_shape(reading, line.text);
  cut_instruction(reading.shape, {0, size_of(line.text)}, reading.escape, instruction);
  const std::string_view keyword = instruction.keyword.of(line.text);
  const InstructionRule* rule = find_rule(keyword);
  if (!rule) {
    // The variable behind it is told of: with a value the frontend of that name reads the file.
    if (keyword.starts_with("//") && line.place.begin < reading.slashes_end) return;
    const TextRange input = from_line_begin(reading, line, instruction.keyword);
    if (is_open(reading, input)) return add_open_instruction(reading, input);
    reading.hides_stages = true;
    reading.hides_names = reading.hides_names || may_define_stages(keyword);
    complain_unread(reading, line, instruction.keyword, unknown_instruction(keyword));
    return;
  }
  reading.has_known_instruction = true;
  const Step step{reading, line, instruction, *rule};
  const bool may_come_first = rule->form == Form::from || rule->form == Form::argument;
  // A line that was not understood may be that FROM.
  if (!reading.has_stage() && !may_come_first && !std::exchange(reading.has_early_instruction, true) &&
      !reading.hides_stages)
    step.complain("before the first FROM");
  if (rule->checks_flags && rule->form != Form::from) check_flags(reading, line, instruction, rule->flags);
  if (read_by_form(step)) skip_heredocs(reading, line);
}

}  // namespace imglint::dockerfile
