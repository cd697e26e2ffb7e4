#include <algorithm>
#include <optional>
#include <utility>

#include "base/ascii.hpp"
#include "base/printable.hpp"
#include "kinds/dockerfile/expansion.hpp"
#include "kinds/dockerfile/reading.hpp"
#include "kinds/dockerfile/text.hpp"

namespace imglint::dockerfile {
namespace {

std::string all_of(const LogicalLine& line, std::span<const TextRange> parts) {
  std::string text;
  for (const TextRange part : parts) text.append(part.of(line.text));
  return text;
}

/// Whether an instruction's flags can hold references. ADD is taken for COPY.
bool may_name_image(std::string_view keyword) {
  return is_word(keyword, "copy") || is_word(keyword, "add") || is_word(keyword, "run");
}

/// What is wrong with a flag by itself; empty if nothing is.
std::string_view fault_of(const LogicalLine& line, const FlagText& flag, const FlagRule& rule) {
  if (rule.kind != FlagKind::boolean) {
    if (!flag.has_value) return "has no value";
    return !rule.takes || rule.takes(all_of(line, flag.value)) ? "" : "does not take this value";
  }
  if (!flag.has_value) return "";
  const std::string value = lower_case(all_of(line, flag.value));
  return value == "true" || value == "false" ? "" : "takes true or false";
}

/// The value of a flag that is cut further: its text, and back to ranges of the line. The text is in parts
/// where quotes and escapes went.
class CutValue {
 public:
  CutValue(const LogicalLine& line, std::span<const TextRange> parts)
      : text_(all_of(line, parts)), parts_(parts) {
    for (std::uint32_t at = 0; const TextRange part : parts) {
      begins_.push_back(at);
      at += part.size();
    }
  }

  [[nodiscard]] const std::string& text() const { return text_; }

  /// Adds the parts of the line that a range of the text is made of.
  void add_parts(TextRange range, std::vector<TextRange>& result) const {
    const auto after = std::upper_bound(begins_.begin(), begins_.end(), range.begin);
    for (auto i = static_cast<std::size_t>(after - begins_.begin()) - 1;
         i < parts_.size() && begins_[i] < range.end; ++i) {
      const std::uint32_t from = std::max(begins_[i], range.begin) - begins_[i];
      const std::uint32_t to = std::min(begins_[i] + parts_[i].size(), range.end) - begins_[i];
      if (from < to) result.push_back({parts_[i].begin + from, parts_[i].begin + to});
    }
  }

 private:
  std::string text_;
  std::span<const TextRange> parts_;
  std::vector<std::uint32_t> begins_;
};

/// A field `key=value` of a mount.
struct MountField {
  std::string key;  ///< in lower case; empty without an equals sign
  std::string value;
  std::vector<TextRange> parts;  ///< of the value, in the line
};

MountField split_field(const CutValue& flag, std::span<const TextRange> ranges) {
  MountField field;
  bool in_value = false;
  for (TextRange range : ranges) {
    if (!in_value) {
      const std::string_view text = range.of(flag.text());
      const auto equals = text.find('=');
      field.key.append(text.substr(0, equals));
      if (equals == std::string_view::npos) continue;
      in_value = true;
      range.begin += static_cast<std::uint32_t>(equals) + 1;
    }
    field.value.append(range.of(flag.text()));
    flag.add_parts(range, field.parts);
  }
  field.key = in_value ? lower_case(std::move(field.key)) : std::string();
  return field;
}

/// A variable in it is refused: a dollar anywhere but last.
bool holds_variable(std::string_view text) {
  const auto dollar = text.find('$');
  return dollar != std::string_view::npos && dollar + 1 < text.size();
}

constexpr std::string_view no_variables =
    "variables are not expanded here: give a stage this base and name it";

/// `from=` of a mount, with nothing behind it.
void add_emptied_source(Reading& reading, const LogicalLine& line, const RoleInfo& role,
                        const FlagText& flag) {
  constexpr std::string_view key = "from=";
  for (const TextRange part : flag.value) {
    const auto at = part.of(line.text).find(key);
    if (at == std::string_view::npos) continue;
    const std::uint32_t end = part.begin + size_of(part.of(line.text).substr(0, at)) + size_of(key);
    const std::uint32_t place = Places::input_range(line, {end - 1, end}).end;
    const MappedText emptied = reading.places.emptied({place, place});
    if (!emptied.pieces().empty()) add_emptied_use(reading, role, emptied);
    return;
  }
}

void read_mount(Reading& reading, const LogicalLine& line, const Instruction& instruction,
                const RoleInfo& role, const FlagText& flag) {
  const bool reports = !role.deferred;
  const CutValue value(line, flag.value);
  if (!cut_record(value.text(), reading.record)) {
    if (reports)
      complain_unread(reading, line, instruction.keyword,
                      "the mount '" + printable(value.text()) + "' is empty or has a stray quote");
    return;
  }
  MountField from;
  std::optional<TextRange> variable;  // in any of them, though the last counts
  std::string type = "bind";
  for (const Parts field : reading.record.fields) {
    MountField found = split_field(value, {reading.record.parts.data() + field.first, field.count});
    if (found.key == "type") type = lower_case(found.value);
    if (found.key != "from") continue;
    if (!variable && holds_variable(found.value))
      variable = TextRange{found.parts.front().begin, found.parts.back().end};
    from = std::move(found);
  }
  if (variable && reports) complain(reading, line, *variable, "'from' of a mount takes no variable");
  if (from.parts.empty()) return add_emptied_source(reading, line, role, flag);
  ImageUse& use = add_use(reading, role, line, from.parts);
  use.mount_type = reading.document.arena.copy(type);
  if (!holds_variable(use.value.text())) return;
  use.kind = Kind::invalid;
  set_error(reading, use, UseError::variable_not_allowed, no_variables);
}

}  // namespace

FlagText split_flag(const LogicalLine& line, const Instruction& instruction, const Flag& flag) {
  FlagText result;
  for (std::uint32_t i = flag.parts.first; i < flag.parts.first + flag.parts.count; ++i) {
    TextRange part = instruction.parts[i];
    if (!result.has_value) {
      const std::string_view text = part.of(line.text);
      const auto equals = text.find('=');
      result.name.append(text.substr(0, equals));
      if (equals == std::string_view::npos) continue;
      result.has_value = true;
      part.begin += static_cast<std::uint32_t>(equals) + 1;
    }
    if (!part.empty()) result.value.push_back(part);
  }
  result.name.erase(0, 2);
  return result;
}

void check_flags(Reading& reading, const LogicalLine& line, const Instruction& instruction,
                 std::span<const FlagRule> rules) {
  std::vector<std::string> seen;
  for (const Flag& flag : instruction.flags) {
    FlagText text = split_flag(line, instruction, flag);
    const auto rule =
        std::find_if(rules.begin(), rules.end(), [&](const FlagRule& r) { return r.name == text.name; });
    std::string_view fault = "is not known here";
    if (rule != rules.end()) fault = fault_of(line, text, *rule);
    // It may be a misspelt `--from`, or one whose value stands behind a blank.
    const bool is_unread = rule == rules.end() || !text.has_value;
    if (fault.empty() && rule->kind != FlagKind::texts) {
      if (std::find(seen.begin(), seen.end(), text.name) != seen.end()) fault = "is given twice";
      seen.push_back(text.name);
    }
    if (fault.empty()) continue;
    Trouble& trouble =
        complain(reading, line, flag.word, "the flag '--" + printable(text.name) + "' " + std::string(fault));
    trouble.hides_references = is_unread && may_name_image(instruction.keyword.of(line.text));
    return;
  }
}

MappedText map_parts(Reading& reading, const LogicalLine& line, std::span<const TextRange> parts) {
  if (parts.size() == 1) return reading.places.text(line, parts.front());
  MappedTextBuilder builder;
  for (const TextRange part : parts) builder.append(reading.places.text(line, part));
  return builder.finish(reading.document.arena);
}

void read_copy_from(Reading& reading, const LogicalLine& line, const Instruction& instruction,
                    const RoleInfo& role) {
  const auto is_from = [&](const Flag& flag) { return split_flag(line, instruction, flag).name == "from"; };
  const bool is_repeated = std::ranges::count_if(instruction.flags, is_from) > 1;
  for (const Flag& flag : instruction.flags) {
    const FlagText text = split_flag(line, instruction, flag);
    if (text.name != "from") continue;
    if (text.value.empty()) {  // the build context, unless something else was meant
      const MappedText emptied = reading.places.emptied(Places::input_range(line, flag.word));
      if (!emptied.pieces().empty()) add_emptied_use(reading, role, emptied);
      continue;
    }
    ImageUse& use = add_use(reading, role, line, text.value);
    if (is_repeated) use.not_editable = "the flag '--from' is given twice, which Docker refuses";
    Expanded expanded;
    expand(use.written, reading.escape, reading.scope, reading.document.arena, expanded);
    const auto is_engine = [](const Variable& variable) { return variable.is_engine; };
    const bool is_template =
        std::any_of(expanded.value.variables.begin(), expanded.value.variables.end(), is_engine);
    if (expanded.value.is_known() &&
        (is_template || (expanded.value.variables.empty() && expanded.value.text() == use.written.text())))
      continue;
    use.kind = Kind::invalid;
    use.value.variables = std::move(expanded.value.variables);
    set_error(reading, use, UseError::variable_not_allowed, no_variables);
  }
}

void read_mounts(Reading& reading, const LogicalLine& line, const Instruction& instruction,
                 const RoleInfo& role) {
  for (const Flag& flag : instruction.flags) {
    const FlagText text = split_flag(line, instruction, flag);
    if (text.name == "mount" && text.has_value) read_mount(reading, line, instruction, role, text);
  }
}

}  // namespace imglint::dockerfile
