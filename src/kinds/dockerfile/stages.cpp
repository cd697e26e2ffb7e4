#include <algorithm>
#include <utility>

#include "base/ascii.hpp"
#include "base/printable.hpp"
#include "base/room.hpp"
#include "expansion/engine.hpp"
#include "kinds/dockerfile/emptied.hpp"
#include "kinds/dockerfile/expansion.hpp"
#include "kinds/dockerfile/reading.hpp"
#include "kinds/dockerfile/text.hpp"
#include "reference/parse.hpp"

namespace imglint::dockerfile {
namespace {

/// Whether the value lacks something that no text of the file supplies.
bool has_gap(const ImageUse& use) {
  return std::any_of(use.value.variables.begin(), use.value.variables.end(), [](const Variable& variable) {
    return variable.needed && variable.source == VariableSource::none;
  });
}

bool is_expression(const Variable& variable) { return variable.is_engine; }

/// Global arguments are all read by now, so it is known which are declared at all.
void settle_declared(const Reading& reading, std::vector<Variable>& variables) {
  for (Variable& variable : variables)
    variable.declared = variable.declared || reading.scope.is_declared(variable.name);
}

/// What the word after FROM means (docs/spec/dockerfile.md 2.6).
void resolve_base(Reading& reading, ImageUse& use) {
  if (!use.value.is_known()) return;
  const std::string_view name = use.value.text();
  const auto stage = reading.stages.find(name);
  if (name.empty())
    set_error(reading, use, UseError::blank, "nothing is left after the variables are expanded");
  if (has_gap(use)) {
    use.reference = parse_reference(name);
    use.kind = Kind::unresolved;
  } else if (name.empty()) {
    use.reference = parse_reference(name);
    use.kind = Kind::invalid;
  } else if (stage != reading.stages.end()) {
    use.kind = is_context(reading, name) ? Kind::context : Kind::stage;
    use.stage = stage->second;
  } else if (name == "scratch") {
    use.kind = Kind::scratch;
  } else {
    resolve_image(reading, use);
    use.may_be_stage =
        reading.hidden_stages.contains(std::string(name)) || (reading.hides_names && is_stage_name(name));
  }
}

void expand_base(Reading& reading, ImageUse& use) {
  Expanded expanded;
  expanded.value.variables = std::move(use.value.variables);
  expand(use.written, reading.escape, reading.scope, reading.document.arena, expanded);
  settle_declared(reading, expanded.value.variables);
  use.value = std::move(expanded.value);
  if (use.value.is_known()) open_expressions(use.value, reading.document.arena);
  if (!use.value.is_known()) {
    use.error_kind = UseError::expansion_failed;
    use.kind = expanded.lacks_value || expanded.too_long ? Kind::unresolved : Kind::invalid;
    if (expanded.too_long)
      complain(reading, use.span, std::string(use.value.fault)).kind = Trouble::Kind::unjudged;
    settle_declared(reading, expanded.open_value.variables);
    use.open_value = std::move(expanded.open_value);
  }
  if (!use.not_editable.empty()) return;
  if (expanded.has_escape) {
    use.not_editable = "an escape is inside the reference";
  } else if (expanded.has_inner_quotes) {
    use.not_editable = "a quote is inside the reference";
  }
}

void read_platform(Reading& reading, const LogicalLine& line, const Instruction& instruction, Stage& stage) {
  for (const Flag& flag : instruction.flags) {
    const FlagText text = split_flag(line, instruction, flag);
    if (text.name != "platform") continue;
    // Of one that compose has emptied the builder knows nothing, but who reads the file does.
    const bool is_empty = text.value.empty();
    const MappedText written = is_empty ? reading.places.emptied(Places::input_range(line, flag.word))
                                        : map_parts(reading, line, text.value);
    if (written.pieces().empty()) continue;
    Expanded expanded;
    stage.platform_written = adopt_variables(reading, written, expanded.value.variables);
    expand(stage.platform_written, reading.escape, reading.scope, reading.document.arena, expanded);
    settle_declared(reading, expanded.value.variables);
    stage.platform = std::move(expanded.value);
    if (!stage.platform.is_known() || is_empty) return;
    open_expressions(stage.platform, reading.document.arena);
    if (std::any_of(stage.platform.variables.begin(), stage.platform.variables.end(), is_expression)) return;
    if (stage.platform.empty()) {
      stage.platform.fault = "the platform is empty after the variables are expanded";
    } else if (!is_platform(stage.platform.text())) {
      stage.platform.fault = "the platform has no form like 'linux/arm64'";
    }
    return;
  }
}

void add_stage(Reading& reading, const LogicalLine& line, TextRange name, Stage stage) {
  Document& document = reading.document;
  const auto index = static_cast<std::int32_t>(document.stages.size());
  stage.owner = reading.next_owner();
  stage.instruction = reading.places.span(line.place);
  Owner owner{.label = "stage",
              .name_span = stage.instruction,
              .span = stage.instruction,
              .parent = reading.parent,
              .stage = index};
  if (!name.empty()) {
    stage.name = document.arena.copy(lower_case(name.of(line.text)));
    stage.name_span = reading.places.span(line, name);
    owner.name = document.arena.copy(name.of(line.text));
    owner.name_span = stage.name_span;
    reading.stages.insert_or_assign(stage.name, index);
  }
  const std::size_t size = document.source->bytes().size();
  make_room(document.owners, stage.instruction.end, size);
  make_room(document.stages, stage.instruction.end, size);
  document.owners.push_back(owner);
  document.stages.push_back(std::move(stage));
}

/// What compose has emptied where FROM has its image: between the flags and an AS, or the end of the line.
MappedText emptied_base(const Reading& reading, const LogicalLine& line, const Instruction& instruction) {
  const std::vector<TextRange>& words = reading.words;
  const bool is_base_missing = words.empty() || (words.size() <= 2 && is_word(words[0].of(line.text), "as"));
  if (!is_base_missing) return {};
  const TextRange before = instruction.flags.empty() ? instruction.keyword : instruction.flags.back().word;
  const std::uint32_t begin = Places::input_range(line, before).end + 1;
  const std::uint32_t end = words.empty() ? line.place.end : Places::input_range(line, words[0]).begin;
  return begin <= end ? reading.places.emptied({begin, end}) : MappedText();
}

/// Whether an open variable stands behind the image, where a stage has its name.
bool is_name_open(const Reading& reading, const LogicalLine& line) {
  if (!reading.has_open || reading.words.empty()) return false;
  const std::uint32_t behind = Places::input_range(line, reading.words.front()).end + 1;
  return behind <= line.place.end && is_open(reading, {behind, line.place.end});
}

/// The same where nothing else is left behind AS.
bool lacks_open_name(const Reading& reading, const LogicalLine& line) {
  return reading.words.size() == 2 && is_word(reading.words[1].of(line.text), "as") &&
         is_name_open(reading, line);
}

/// A FROM that was not understood: whatever follows an AS may be its stage.
void note_hidden_stages(Reading& reading, const LogicalLine& line) {
  reading.hides_stages = true;
  for (std::size_t i = 1; i < reading.words.size(); ++i)
    if (is_word(reading.words[i - 1].of(line.text), "as"))
      reading.hidden_stages.insert(lower_case(reading.words[i].of(line.text)));
}

/// What stands where a stage has its name and is none. What a template engine makes of it is not known.
void note_unusual_name(Reading& reading, const LogicalLine& line, TextRange name) {
  const std::string_view text = name.of(line.text);
  reading.hides_stages = true;
  if (!find_expressions(text).empty()) {
    reading.hides_names = true;
    return;
  }
  reading.hidden_stages.insert(lower_case(text));
  complain(reading, line, name, "'" + printable(text) + "' is no name for a stage");
}

/// A decimal integer counts the stages of this file (2.9).
bool resolve_index(Reading& reading, ImageUse& use) {
  const auto index = parse_stage_index(use.value.text());
  if (!index) return false;
  const auto count = static_cast<std::int64_t>(reading.document.stages.size() - reading.first_stage);
  if (*index >= 0 && *index < count) {
    use.kind = Kind::stage_index;
    use.stage = static_cast<std::int32_t>(static_cast<std::int64_t>(reading.first_stage) + *index);
    return true;
  }
  use.kind = Kind::invalid;
  set_error(reading, use, UseError::no_such_stage,
            "there is no stage " + std::to_string(*index) + ": the file has " + std::to_string(count) +
                ", counted from 0");
  return true;
}

void resolve_source(Reading& reading, ImageUse& use) {
  const bool is_copy = use.role->function == Function::copied;
  if (is_copy && resolve_index(reading, use)) return;
  const std::string_view name = use.value.text();
  const std::string lower_name = lower_case(name);
  if (const auto stage = reading.stages.find(lower_name); stage != reading.stages.end()) {
    use.kind = is_context(reading, lower_name) ? Kind::context : Kind::stage;
    use.stage = stage->second;
  } else if (name == "scratch") {
    use.kind = Kind::scratch;
  } else {
    resolve_image(reading, use);
  }
}

/// Whether `--from` may mean a stage that is not known here. Behind ONBUILD only the build that uses the
/// image knows its stages.
bool may_be_stage(const Reading& reading, const ImageUse& use) {
  const bool is_triggered = use.role->deferred;
  // A stage that is not known has a number, too.
  const bool is_known = use.kind == Kind::stage || use.kind == Kind::context || use.kind == Kind::scratch;
  if (!is_triggered && (!reading.hides_stages || is_known)) return false;
  const std::string_view name = use.value.text();
  return is_stage_name(lower_case(name)) || parse_stage_index(name).has_value();
}

}  // namespace

void read_from(Reading& reading, const LogicalLine& line, const Instruction& instruction) {
  static constexpr FlagRule flags[] = {{"platform"}};
  const bool are_flags_right = check_flags(reading, line, instruction, flags);
  cut_words(reading.shape, instruction.rest, reading.words);
  const std::vector<TextRange>& words = reading.words;
  const MappedText emptied = emptied_base(reading, line, instruction);
  const bool is_emptied = !emptied.pieces().empty();
  const bool has_name =
      is_emptied ? words.size() == 2 : words.size() == 3 && is_word(words[1].of(line.text), "as");
  TextRange name = has_name ? words.back() : TextRange{};
  if (is_name_open(reading, line)) {
    reading.hides_stages = true;
    reading.hides_names = true;
    name = {};
  }
  if (!name.empty() && !is_stage_name(name.of(line.text))) {
    note_unusual_name(reading, line, name);
    name = {};
  }
  Stage stage;
  if (is_emptied) {
    add_emptied_use(reading, role::from, emptied).owner = reading.next_owner();
    read_platform(reading, line, instruction, stage);
  } else if (has_name || words.size() == 1 || lacks_open_name(reading, line)) {
    ImageUse& use = add_use(reading, role::from, line, {words.data(), 1});
    use.owner = reading.next_owner();
    read_platform(reading, line, instruction, stage);
    expand_base(reading, use);
    resolve_base(reading, use);
  } else {
    const bool has_comment = std::any_of(words.begin(), words.end(), [&](const TextRange& word) {
      return word.of(line.text).starts_with('#');
    });
    if (!are_flags_right) reading.document.troubles.back().hides_references = true;  // it is the cause
    const std::string_view fault =
        has_comment ? "a comment needs a line of its own: FROM takes it for words behind the image"
                    : "FROM takes an image, or an image, AS and a name";
    if (are_flags_right && !is_open(reading, line))
      complain_unread(reading, line, instruction.keyword,
                      std::string(fault) + because_emptied(reading, line.place));
    note_hidden_stages(reading, line);
  }
  add_stage(reading, line, name, std::move(stage));
}

void resolve_sources(Reading& reading) {
  std::vector<ImageUse>& uses = reading.document.uses;
  for (std::size_t i = reading.first_use; i < uses.size(); ++i) {
    ImageUse& use = uses[i];
    if (use.role == &role::syntax || use.role == &role::from || use.error_kind != UseError::none) continue;
    if (use.written.empty()) continue;  // add_emptied_use() has told what it is
    open_expressions(use.value, reading.document.arena);
    if (std::any_of(use.value.variables.begin(), use.value.variables.end(), is_expression)) {
      use.reference = parse_reference(use.value.text());
      use.kind = Kind::unresolved;
      continue;
    }
    resolve_source(reading, use);
    use.may_be_stage = may_be_stage(reading, use);
  }
  for (std::size_t i = reading.first_argument; i < reading.document.arguments.size(); ++i)
    settle_declared(reading, reading.document.arguments[i].value.variables);
}

}  // namespace imglint::dockerfile
