#include <algorithm>
#include <optional>
#include <utility>

#include "base/ascii.hpp"
#include "base/edit_distance.hpp"
#include "base/printable.hpp"
#include "base/quote.hpp"
#include "expansion/engine.hpp"
#include "kinds/dockerfile/emptied.hpp"
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
  std::string written_key;
  std::string key;  ///< in lower case
  bool has_value = false;
  std::string value;
  std::vector<TextRange> key_parts;  ///< in the line
  std::vector<TextRange> parts;      ///< of the value
};

MountField split_field(const CutValue& flag, std::span<const TextRange> ranges) {
  MountField field;
  for (TextRange range : ranges) {
    if (!field.has_value) {
      const std::string_view text = range.of(flag.text());
      const auto equals = std::min(text.find('='), text.size());
      const auto end = range.begin + static_cast<std::uint32_t>(equals);
      field.written_key.append(text.substr(0, equals));
      flag.add_parts({range.begin, end}, field.key_parts);
      if (equals == text.size()) continue;
      field.has_value = true;
      range.begin = end + 1;
    }
    field.value.append(range.of(flag.text()));
    flag.add_parts(range, field.parts);
  }
  field.key = lower_case(field.written_key);
  return field;
}

/// A variable in it is refused: a dollar anywhere but last.
bool holds_variable(std::string_view text) {
  const auto dollar = text.find('$');
  return dollar != std::string_view::npos && dollar + 1 < text.size();
}

constexpr std::string_view no_variables =
    "variables are not expanded here: give a stage this base and name it";

constexpr std::string_view mount_types[] = {"bind", "cache", "tmpfs", "secret", "ssh"};

/// What BuildKit knows as keys of a mount (parseMount in commands_runmount.go).
constexpr std::string_view mount_keys[] = {
    "type", "from", "source",   "target", "readonly", "id", "sharing",   "env", "size",       "mode",
    "uid",  "gid",  "required", "src",    "dst",      "ro", "readwrite", "rw",  "destination"};

/// What Buildah knows beside them (internal/volumes): a file for it is no mistake.
constexpr std::string_view buildah_keys[] = {"bind-nonrecursive",
                                             "bind-propagation",
                                             "consistency",
                                             "no-dereference",
                                             "nodev",
                                             "noexec",
                                             "nosuid",
                                             "private",
                                             "relabel",
                                             "rprivate",
                                             "rshared",
                                             "rslave",
                                             "shared",
                                             "slave",
                                             "tmpcopyup",
                                             "tmpfs-mode",
                                             "tmpfs-size",
                                             "u",
                                             "z"};

template <std::size_t Count>
bool is_among(std::string_view text, const std::string_view (&words)[Count]) {
  return std::ranges::find(words, text) != std::end(words);
}

template <std::size_t Count>
std::string suggestion(const std::string& text, const std::string_view (&words)[Count]) {
  const std::vector<std::string> known(std::begin(words), std::end(words));
  const auto near = nearest_word(text, known);
  return near ? "; did you mean '" + *near + "'?" : std::string();
}

/// The flag of the instruction that is spelled nearly so.
std::string suggested_flag(const std::string& name, std::span<const FlagRule> rules) {
  std::vector<std::string> known;
  for (const FlagRule& rule : rules) known.emplace_back(rule.name);
  const auto nearest = nearest_word(name, known);
  return nearest ? "; did you mean '--" + *nearest + "'?" : std::string();
}

/// What is wrong with a field of a mount; empty if nothing is. The type is that of the fields so far.
std::string fault_of(const MountField& field, std::string_view type) {
  constexpr std::string_view without_value[] = {"readonly", "ro", "readwrite", "rw", "required"};
  const std::string key = "the key " + quote(field.written_key) + " of a mount ";
  if (!field.has_value && field.key.empty()) return "a field of a mount is empty";
  if (is_among(field.key, buildah_keys)) return {};
  if (!is_among(field.key, mount_keys)) return key + "is not known" + suggestion(field.key, mount_keys);
  if (!field.has_value && !is_among(field.key, without_value)) return key + "has no value";
  if (holds_variable(type)) return {};
  if (field.key == "type" && !is_among(type, mount_types))
    return quote(field.value) + " is no type of a mount" + suggestion(std::string(type), mount_types);
  const bool fits =
      field.key == "required" ? type == "secret" || type == "ssh" : field.key != "size" || type == "tmpfs";
  return fits ? std::string() : key + "is not known for the type " + quote(type);
}

/// Reports what is wrong with a field; false if something is. Behind ONBUILD it is wrong for the build that
/// uses the image, so there only what an image may stand in is worth a remark.
bool check_field(Reading& reading, const LogicalLine& line, const FlagText& flag, const MountField& field,
                 std::string_view type, bool is_deferred) {
  // What is empty may be so for want of a value that compose puts there.
  const bool is_empty = field.key.empty() || (field.key == "type" && field.value.empty());
  if (reading.document.is_template || (is_empty && !reading.places.variables().empty())) return true;
  std::string fault = fault_of(field, type);
  if (fault.empty()) return true;
  std::span<const TextRange> place = field.key == "type" && field.has_value ? field.parts : field.key_parts;
  if (place.empty()) place = field.key_parts.empty() ? flag.value : field.key_parts;
  const bool is_unread = !is_among(field.key, mount_keys) || field.key == "from";
  if (is_deferred && !is_unread) return true;
  Trouble& trouble = complain(reading, line, {place.front().begin, place.back().end}, std::move(fault));
  trouble.hides_references = is_unread;
  if (is_deferred) trouble.kind = Trouble::Kind::remark;
  return false;
}

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
    const bool may_be_emptied = value.text().empty() && !reading.places.variables().empty();
    if (reports && !may_be_emptied)
      complain_unread(reading, line, instruction.keyword,
                      "the mount '" + printable(value.text()) + "' is empty or has a stray quote");
    return;
  }
  MountField from;
  std::optional<TextRange> variable;  // in any of them, though the last counts
  std::string type = "bind";
  bool is_faulty = false;
  for (const Parts field : reading.record.fields) {
    MountField found = split_field(value, {reading.record.parts.data() + field.first, field.count});
    if (found.key == "type" && found.has_value) type = lower_case(found.value);
    if (!is_faulty) is_faulty = !check_field(reading, line, flag, found, type, role.deferred);
    if (found.key != "from" || !found.has_value) continue;
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

/// How many bytes of a word are dashes, among them those that word processors make of two hyphens.
std::uint32_t dashes_of(std::string_view word) {
  constexpr std::string_view dashes[] = {"-",      "\u2010", "\u2011", "\u2012",
                                         "\u2013", "\u2014", "\u2015", "\u2212"};
  std::uint32_t size = 0;
  if (!word.starts_with('-') && !word.starts_with('\xE2')) return size;
  while (true) {
    const auto found = std::ranges::find_if(
        dashes, [&](std::string_view dash) { return word.substr(size).starts_with(dash); });
    if (found == std::end(dashes)) return size;
    size += size_of(*found);
  }
}

/// `—from=base` behind the flags: the builder takes it for a path, an image or a command. False if the word
/// is none of that kind.
bool complain_of_dash(Reading& reading, const LogicalLine& line, const Instruction& instruction,
                      std::span<const FlagRule> rules) {
  const std::string_view rest = instruction.rest.of(line.text);
  const std::uint32_t size = dashes_of(rest);
  if (size == 0) return false;
  const std::string_view word = rest.substr(0, rest.find_first_of(" \t\v\f\r"));
  const auto equals = word.find('=');
  const std::string_view name = word.substr(size, std::min(equals, word.size()) - size);
  const auto rule = std::ranges::find(rules, name, &FlagRule::name);
  if (rule == rules.end() || (equals == word.npos && rule->kind != FlagKind::boolean)) return false;
  if (word.starts_with("--")) return false;  // behind a `--` that ends the flags it is meant so
  const std::uint32_t begin = instruction.rest.begin;
  Trouble& trouble =
      complain(reading, line, {begin, begin + size},
               quote(word.substr(0, size)) + " begins no flag: write '--" + std::string(name) + "'");
  trouble.hides_references = may_name_image(instruction.keyword.of(line.text));
  return true;
}

/// `COPY {% if x %}--from=base {% endif %}a b`: only the engine knows whether the flag stands there.
bool complain_of_statement(Reading& reading, const LogicalLine& line, const Instruction& instruction) {
  const std::string_view rest = instruction.rest.of(line.text);
  if (!rest.starts_with('{') && !rest.starts_with('<')) return false;
  const std::string_view keyword = instruction.keyword.of(line.text);
  const std::string_view flag = is_word(keyword, "run") ? "--mount=" : "--from=";
  if (!may_name_image(keyword) || rest.find(flag) == std::string_view::npos) return false;
  const std::vector<TextRange> expressions = find_expressions(rest);
  if (expressions.empty() || expressions.front().begin > 0) return false;
  complain_unread(reading, line, instruction.keyword,
                  "a template engine decides whether " + quote(flag) + " stands here");
  return true;
}

/// `--from=` and a blank before what was meant.
void complain_of_blank(Reading& reading, const LogicalLine& line, const Instruction& instruction,
                       const Flag& flag) {
  const std::string_view rest = instruction.rest.of(line.text);
  const std::string_view word = rest.substr(0, rest.find_first_of(" \t"));
  if (word.starts_with('[') || word.find(':') == std::string_view::npos) return;
  complain_unread(reading, line, flag.word,
                  "the flag '--from' has no value: " + quote(word) + " stands behind a blank");
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

bool check_flags(Reading& reading, const LogicalLine& line, const Instruction& instruction,
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
    std::string message = "the flag '--" + printable(text.name) + "' " + std::string(fault);
    if (rule == rules.end()) message += suggested_flag(text.name, rules);
    Trouble& trouble = complain(reading, line, flag.word, std::move(message));
    trouble.hides_references = is_unread && may_name_image(instruction.keyword.of(line.text));
    return false;
  }
  return !complain_of_dash(reading, line, instruction, rules) &&
         !complain_of_statement(reading, line, instruction);
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
      if (!emptied.pieces().empty())
        add_emptied_use(reading, role, emptied);
      else if (text.has_value)
        complain_of_blank(reading, line, instruction, flag);
      continue;
    }
    ImageUse& use = add_use(reading, role, line, text.value);
    if (is_repeated) use.not_editable = "the flag '--from' is given twice, which Docker refuses";
    Expanded expanded;
    // Those of an outer text, to which what is written points.
    expanded.value.variables = use.value.variables;
    expand(use.written, reading.escape, reading.scope, reading.document.arena, expanded);
    const auto own = std::span(expanded.value.variables).subspan(use.value.variables.size());
    const bool is_template = std::ranges::any_of(own, &Variable::is_engine);
    if (expanded.value.is_known() &&
        (is_template || (own.empty() && expanded.value.text() == use.written.text())))
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
    if (text.name != "mount" || !text.has_value) continue;
    const TextRange input = Places::input_range(line, flag.word);
    if (text.value.empty() && is_open(reading, input))
      add_emptied_use(reading, role, reading.places.emptied(input));
    else
      read_mount(reading, line, instruction, role, text);
  }
}

}  // namespace imglint::dockerfile
