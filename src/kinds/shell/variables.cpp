#include "kinds/shell/variables.hpp"

#include <algorithm>

#include "kinds/shell/keywords.hpp"

namespace imglint::shell {
namespace {

/// The name before `=` or `+=` of a word, unquoted; empty if it assigns nothing.
std::string_view assigned_name(std::string_view shape) {
  const auto equals = shape.find('=');
  if (equals == shape.npos) return {};
  std::string_view name = shape.substr(0, equals);
  if (name.ends_with('+')) name.remove_suffix(1);
  return is_name(name) ? name : std::string_view();
}

/// Whether nothing stands in a word behind a place but commands.
bool is_output(const Word& word, std::uint32_t begin, std::string_view text) {
  return std::ranges::all_of(word.parts, [&](const TextPart& part) {
    return part.range.end <= begin || part.range.empty() || is_command(part, text);
  });
}

}  // namespace

void Script::add(ScriptText text) {
  texts_.push_back(std::make_unique<ScriptText>(std::move(text)));
  ScriptText& own = *texts_.back();
  own.commands = read_commands(own.text.text(), own.reading());
  for (const Command& command : own.commands.commands) note_command(own, command);
}

bool Script::note_assignment(const ScriptText& text, const Word& word, bool counts) {
  if (word.parts.empty() || word.parts.front().quoted || word.parts.front().kind != TextPart::Kind::text)
    return false;
  const std::string_view first = word.parts.front().range.of(text.text.text());
  const std::string_view name = assigned_name(first);
  if (name.empty()) return false;
  const auto equals = static_cast<std::uint32_t>(first.find('='));
  const bool adds = first[equals - 1] == '+';
  const std::uint32_t begin = word.parts.front().range.begin + equals + 1;
  assignments_[std::string(name)].push_back(
      {&text, {begin, word.range.end}, counts && !adds, is_output(word, begin, text.text.text())});
  return true;
}

/// `export X=v`, and `export X`, which assigns nothing.
void Script::note_declarations(const ScriptText& text, const Command& command, std::size_t first) {
  for (std::size_t i = first; i < command.words.size(); ++i)
    (void)note_assignment(text, command.words[i], true);
}

/// `read X Y`: all words that can be names.
void Script::note_names(const ScriptText& text, const Command& command, std::size_t first) {
  for (std::size_t i = first; i < command.words.size(); ++i)
    if (const std::string name = command.words[i].shape(text.text.text()); is_name(name))
      assignments_[name].push_back({&text, {}, false, true});
}

/// `printf -v X`.
void Script::note_printf(const ScriptText& text, const Command& command, std::size_t first) {
  for (std::size_t i = first; i + 1 < command.words.size(); ++i)
    if (command.words[i].shape(text.text.text()) == "-v")
      if (const std::string name = command.words[i + 1].shape(text.text.text()); is_name(name))
        assignments_[name].push_back({&text, {}, false});
}

/// `: "${X:=v}"`.
void Script::note_default(const ScriptText& text, const Word& word) {
  for (const TextPart& part : word.parts)
    if (part.kind == TextPart::Kind::variable && (part.op == ":=" || part.op == "="))
      assignments_[std::string(part.name)].push_back({&text, part.operand, true});
}

void Script::note_command(const ScriptText& text, const Command& command) {
  const auto shape = [&](std::size_t i) { return command.words[i].shape(text.text.text()); };
  std::size_t first = 0;
  while (first < command.words.size() && is_keyword(shape(first))) ++first;
  std::size_t behind = first;
  while (behind < command.words.size() && !assigned_name(shape(behind)).empty() &&
         !command.words[behind].parts.empty() && !command.words[behind].parts.front().quoted)
    ++behind;
  // Before a command it holds for that command alone.
  for (std::size_t i = first; i < behind; ++i)
    (void)note_assignment(text, command.words[i], behind == command.words.size());
  if (behind == command.words.size()) return;
  const std::string program = shape(behind);
  if (is_one_of(program, {"export", "readonly", "local", "declare", "typeset"}))
    note_declarations(text, command, behind + 1);
  else if (is_one_of(program, {"read", "mapfile", "readarray", "unset"}))
    note_names(text, command, behind + 1);
  else if (is_one_of(program, {"for", "select"}) && behind + 1 < command.words.size())
    assignments_[shape(behind + 1)].push_back({&text, {}, false});
  else if (program == "printf")
    note_printf(text, command, behind + 1);
  else if (program == ":")
    for (std::size_t i = behind + 1; i < command.words.size(); ++i) note_default(text, command.words[i]);
}

Expression Script::expression(const ScriptText& text, TextRange range) const {
  return {text.text, read_word(text.text.text(), range, text.reading()).parts, this};
}

const ScriptText* Script::text_of(const MappedText& text) const {
  for (const auto& own : texts_)
    if (own->text.text().data() == text.text().data()) return own.get();
  return nullptr;
}

Meaning Script::find(const TextPart& part, const MappedText& text) const {
  if (part.outer) return around_ ? around_->find(part, text) : Meaning{};
  if (part.op == ":+" || part.op == "+") return {.supplies = {}, .conditional = true};
  const auto found = assignments_.find(std::string(part.name));
  const ScriptText* own = text_of(text);
  const bool has_default = own && (part.op == ":-" || part.op == "-" || part.op == ":=" || part.op == "=");
  if (found != assignments_.end()) {
    const auto& all = found->second;
    // `X=${X:-v}` and `: ${X:=v}` give what they say.
    const bool itself = all.size() == 1 && all.front().has_value && own == all.front().text &&
                        all.front().value.begin <= part.range.end &&
                        part.range.begin <= all.front().value.end;
    if (itself) {
      if (!has_default) return {};
      return {.supplies = {{.expression = expression(*own, part.operand), .opaque = false}}};
    }
    if (all.size() != 1 || !all.front().has_value)
      return {.supplies = {}, .is_output = std::ranges::all_of(all, &Assignment::is_output)};
    return {.supplies = {{.expression = expression(*all.front().text, all.front().value), .opaque = false}}};
  }
  if (around_)
    if (Meaning meaning = around_->find(part, text); !meaning.supplies.empty()) return meaning;
  if (has_default) return {.supplies = {{.expression = expression(*own, part.operand), .opaque = false}}};
  return {};
}

bool Script::holds_options(std::string_view name) const {
  const auto found = assignments_.find(std::string(name));
  if (found == assignments_.end()) return false;
  return std::ranges::all_of(found->second, [&](const Assignment& assignment) {
    if (!assignment.has_value) return false;
    const std::string shape =
        read_word(assignment.text->text.text(), assignment.value, assignment.text->reading())
            .shape(assignment.text->text.text());
    return shape.empty() || (shape.front() == '-' && shape.find(unknown_byte) == shape.npos);
  });
}

}  // namespace imglint::shell
