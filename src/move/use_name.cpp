#include "move/use_name.hpp"

#include <algorithm>

#include "reference/parse.hpp"

namespace imglint {
namespace {

// Lower-case letters and digits, so that it can stand in a name, a tag or a host. Ten characters nobody
// writes.
constexpr std::string_view stand_in_begin = "zq0x9unset";
constexpr std::string_view stand_in_end = "x";

std::string stand_in(std::size_t number) {
  return std::string(stand_in_begin) + std::to_string(number) + std::string(stand_in_end);
}

bool is_image_id(std::string_view text) {
  if (text.starts_with("sha256:")) text.remove_prefix(7);
  constexpr std::string_view digits = "0123456789abcdef";
  return text.size() == 64 && text.find_first_not_of(digits) == std::string_view::npos;
}

/// Where tag or digest begin in a text: at the first `@`, or at a colon after the last slash before it.
std::size_t suffix_begin(std::string_view text) {
  const auto at = std::min(text.find('@'), text.size());
  const auto slash = text.substr(0, at).rfind('/');
  const auto colon = text.substr(0, at).find(':', slash == std::string_view::npos ? 0 : slash);
  return std::min(colon, at);
}

/// The variable whose text holds another one, by the bytes.
VariableIndex enclosing(const std::vector<Variable>& variables, VariableIndex index) {
  const Variable& inner = variables[index];
  if (inner.within < variables.size()) return inner.within;
  VariableIndex best = no_variable;
  for (VariableIndex i = 0; i < count(variables); ++i) {
    const Location& place = variables[i].place;
    if (i == index || !place.source || place.source != inner.written.source) continue;
    if (place.span.empty() || !place.span.contains(inner.written.span)) continue;
    if (best == no_variable || variables[best].place.span.contains(place.span)) best = i;
  }
  return best;
}

bool is_conditional(const Variable& variable) { return variable.op == "+" || variable.op == ":+"; }

/// `${TAG:+:$TAG}` can only add a tag, `${DIGEST:+@$DIGEST}` a digest.
bool adds_suffix(const Variable& variable) {
  const std::string written = written_text(variable);
  const std::size_t operand = 2 + variable.name.size() + variable.op.size();
  return operand < written.size() && (written[operand] == ':' || written[operand] == '@');
}

/// Of a required variable whoever starts the project or the build gives the value: no default helps.
Refusal unknown_variable(const ImageUse& use, std::string_view written) {
  const bool is_required =
      use.style != Style::shell && std::ranges::any_of(use.value.variables, [&](const Variable& variable) {
        return variable.is_open() && written_text(variable) == written;
      });
  return {RefusalKind::unknown_variable,
          "'" + std::string(written) + "' has no value that a file says; " +
              (is_required ? "give it one with --env or --build-arg, or with 'env' or 'build-args' in the "
                             "configuration"
                           : "give it a default")};
}

/// The value with a stand-in for each variable that gave nothing, and where each piece came to stand.
struct Filled {
  std::string text;
  std::vector<std::size_t> unknown_at;  ///< offsets in text
  std::vector<std::string> unknown, unknown_alike;
  struct Part {
    std::size_t at = 0;  ///< offset in text
    VariableIndex variable = 0;
    bool is_empty = false;
  };
  std::vector<Part> variables;  ///< what they gave
};

bool gave_nothing(const ImageUse& use, const Piece& piece) {
  if (!piece.text.empty() || piece.source || piece.variable >= use.value.variables.size()) return false;
  const Variable& variable = use.value.variables[piece.variable];
  return variable.source == VariableSource::none && !is_conditional(variable);
}

/// As written, but for what has nothing to say beside a name: `$ORG` and `${ORG:?why}` are `${ORG}`.
std::string alike_text(const Variable& variable) {
  std::string written = written_text(variable);
  const std::string name(variable.name);
  const bool says_no_more = !variable.is_engine && (variable.op.empty() || variable.is_open());
  return says_no_more && (written == "$" + name || written.starts_with("${" + name)) ? "${" + name + "}"
                                                                                     : written;
}

Filled fill(const ImageUse& use) {
  Filled filled;
  for (const Piece& piece : use.value.pieces()) {
    if (piece.variable < use.value.variables.size())
      filled.variables.push_back({filled.text.size(), piece.variable, piece.text.empty()});
    if (gave_nothing(use, piece)) {
      filled.unknown_at.push_back(filled.text.size());
      filled.text += stand_in(filled.unknown.size());
      filled.unknown.push_back(written_text(use.value.variables[piece.variable]));
      filled.unknown_alike.push_back(alike_text(use.value.variables[piece.variable]));
    }
    filled.text += use.value.text(piece.text);
  }
  return filled;
}

std::optional<Refusal> conditional_part(const ImageUse& use, const Filled& filled, std::size_t name_end) {
  const VariableTree tree(use);
  for (const auto& [at, variable, is_empty] : filled.variables) {
    if (at > name_end || (at == name_end && at < filled.text.size())) continue;
    for (VariableIndex i = 0; i < count(use.value.variables); ++i)
      if (is_conditional(use.value.variables[i]) && !adds_suffix(use.value.variables[i]) &&
          tree.is_within(variable, i))
        return Refusal{RefusalKind::conditional_variable,
                       "'" + written_text(use.value.variables[i]) +
                           "' makes two images of one line; write them out, or change it by hand"};
  }
  return std::nullopt;
}

/// Whether an operator that gave nothing would add to tag or digest, if its variable had a value.
bool may_grow(const ImageUse& use, const Filled& filled, std::size_t name_end) {
  const VariableTree tree(use);
  for (VariableIndex i = 0; i < count(use.value.variables); ++i) {
    if (!is_conditional(use.value.variables[i])) continue;
    bool stands_there = false, is_empty = true;
    for (const Filled::Part& part : filled.variables) {
      if (!tree.is_within(part.variable, i)) continue;
      stands_there = stands_there || part.at >= name_end;
      is_empty = is_empty && part.is_empty;
    }
    if (stands_there && is_empty) return true;
  }
  return false;
}

/// Refuses a use whose expansion failed.
Refusal no_value(const ImageUse& use) {
  for (const Variable& variable : use.value.variables)
    if ((variable.op == "?" || variable.op == ":?") && variable.source == VariableSource::none)
      return unknown_variable(use, written_text(variable));
  // All that is wrong are variables that no file gives a value.
  if (!use.open_value.pieces().empty())
    for (const Variable& variable : use.value.variables)
      if (variable.source == VariableSource::none) return unknown_variable(use, written_text(variable));
  return {RefusalKind::invalid_reference, use.error().empty() ? "it has no value" : std::string(use.error())};
}

Refusal invalid(const ImageUse& use, const ReferenceError& error, std::string_view text) {
  if (!use.error().empty()) return {RefusalKind::invalid_reference, std::string(use.error())};
  const ReferenceFault fault = explain(error, text);
  std::string what = "'" + std::string(text) + "': " + fault.message;
  const std::string_view faulty = fault.place.of(text);
  const bool is_placeholder = faulty.starts_with('{') || faulty.starts_with('<') || faulty.starts_with('%');
  if (is_placeholder) what += "; write the image in its place, or leave the file out with 'exclude'";
  return {RefusalKind::invalid_reference, std::move(what)};
}

/// A text with another one for each stand-in, in their order.
std::string with_texts(std::string_view text_with_stand_ins, const std::vector<std::string>& texts) {
  std::string result(text_with_stand_ins);
  for (std::size_t i = 0; i < texts.size(); ++i)
    for (std::size_t at = 0; (at = result.find(stand_in(i), at)) != std::string::npos; at += texts[i].size())
      result.replace(at, stand_in(i).size(), texts[i]);
  return result;
}

/// The host is known if the first component is, and ends.
std::optional<Refusal> host_unknown(const ImageUse& use, const Filled& filled, std::size_t name_end) {
  if (filled.unknown_at.empty() || filled.unknown_at.front() >= name_end) return std::nullopt;
  const auto slash = filled.text.find('/');
  if (slash < name_end && slash < filled.unknown_at.front()) return std::nullopt;
  return unknown_variable(use, filled.unknown.front());
}

}  // namespace

VariableTree::VariableTree(const ImageUse& use) {
  for (VariableIndex i = 0; i < count(use.value.variables); ++i)
    parents_.push_back(enclosing(use.value.variables, i));
}

bool VariableTree::is_within(VariableIndex variable, VariableIndex outer) const {
  // At most as many steps as there are variables, whatever a reader says.
  for (std::size_t step = 0; step < parents_.size() && variable < parents_.size(); ++step) {
    if (variable == outer) return true;
    variable = parents_[variable];
  }
  return false;
}

std::vector<VariableIndex> VariableTree::chain(VariableIndex variable) const {
  std::vector<VariableIndex> result;
  for (; variable < parents_.size() && result.size() < parents_.size(); variable = parents_[variable])
    result.push_back(variable);
  return result;
}

std::vector<std::string> known_texts(const ImageUse& use) {
  const auto open = opened(use);
  const Filled filled = fill(open ? *open : use);
  std::string_view name = std::string_view(filled.text).substr(0, suffix_begin(filled.text));
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < filled.unknown.size(); ++i) {
    const std::size_t at = name.find(stand_in(i));
    if (at == std::string_view::npos) break;
    texts.emplace_back(name.substr(0, at));
    name.remove_prefix(at + stand_in(i).size());
  }
  texts.emplace_back(name);
  return texts;
}

std::optional<ImageUse> opened(const ImageUse& use) {
  if (use.value.is_known() || use.open_value.empty()) return std::nullopt;
  ImageUse open = use;
  open.value = use.open_value;
  open.error_kind = UseError::none;
  return open;
}

std::string written_text(const Variable& variable) {
  if (variable.written.source) return std::string(variable.written.source->text(variable.written.span));
  return variable.is_engine ? std::string(variable.name) : "${" + std::string(variable.name) + "}";
}

bool UseName::has_unknown(std::string_view text) {
  return text.find(stand_in_begin) != std::string_view::npos;
}

std::string UseName::shown(std::string_view text_with_stand_ins) const {
  return with_texts(text_with_stand_ins, unknown);
}

std::string UseName::alike(std::string_view text_with_stand_ins) const {
  return with_texts(text_with_stand_ins, unknown_alike);
}

NameToMap UseName::to_map() const {
  NameToMap result = name_to_map(meaning);
  result.known = result.name.find(stand_in_begin);
  result.suffix_known = suffix_known;
  result.suffix_may_grow = suffix_may_grow;
  return result;
}

std::optional<std::variant<UseName, Refusal>> read_use_name(const ImageUse& use) {
  const bool may_be_image = use.kind == Kind::image || use.kind == Kind::built ||
                            use.kind == Kind::unresolved || use.kind == Kind::invalid;
  if (!may_be_image || (use.error_kind == UseError::no_such_stage && !use.may_be_stage)) return std::nullopt;
  if (!use.value.is_known()) {
    if (const auto open = opened(use)) return read_use_name(*open);
    return no_value(use);
  }
  if (use.may_be_stage) {
    if (use.role->deferred) return std::nullopt;
    return Refusal{RefusalKind::not_understood,
                   "'" + std::string(use.value.text()) +
                       "' may be a stage: a line that may define one was not understood"};
  }
  if (use.error_kind == UseError::variable_not_allowed)
    return Refusal{RefusalKind::invalid_reference, std::string(use.error())};
  const std::string_view value = use.value.text();
  if (is_image_id(value)) return std::nullopt;

  if (use.value.variables.size() > most_variables)
    return Refusal{RefusalKind::not_editable,
                   "it has more than " + std::to_string(most_variables) + " variables"};
  const Filled filled = fill(use);
  const std::size_t end = suffix_begin(filled.text);
  if (auto refusal = conditional_part(use, filled, end)) return std::move(*refusal);
  if (auto refusal = host_unknown(use, filled, end)) return std::move(*refusal);

  UseName name{.text = filled.text.substr(0, end),
               .suffix = filled.text.substr(end),
               .unknown = filled.unknown,
               .unknown_alike = filled.unknown_alike};
  name.suffix_known = !UseName::has_unknown(name.suffix);
  name.has_variable = std::any_of(filled.variables.begin(), filled.variables.end(),
                                  [end](const Filled::Part& part) { return part.at < end; });
  name.suffix_may_grow = may_grow(use, filled, end);
  const std::string parsed_text = name.suffix_known ? filled.text : name.text;
  const ReferenceParse parsed = parse_reference(parsed_text);
  if (const auto* error = std::get_if<ReferenceError>(&parsed)) {
    if (!filled.unknown_at.empty() && filled.unknown_at.front() <= error->offset)
      return unknown_variable(use, filled.unknown.front());
    return invalid(use, *error, name.shown(parsed_text));
  }
  name.meaning = canonical(std::get<Reference>(parsed), parsed_text);
  const auto known_suffix = static_cast<std::uint32_t>(value.size());
  const auto begin = static_cast<std::uint32_t>(suffix_begin(value));
  name.suffix_in_value = {begin, known_suffix};
  return name;
}

std::uint32_t name_size(std::string_view spelling) {
  const auto at = std::min(spelling.find('@'), spelling.size());
  const auto slash = spelling.substr(0, at).rfind('/');
  const auto colon = spelling.substr(0, at).find(':', slash == std::string_view::npos ? 0 : slash);
  return static_cast<std::uint32_t>(std::min(colon, at));
}

}  // namespace imglint
