#include "tests/support/dockerfile_laws.hpp"

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace imglint::test {
namespace {

bool lies_in(Span span, const Source& source) {
  return span.begin <= span.end && span.end <= source.bytes().size();
}

}  // namespace

std::string broken_text(const MappedText& text, std::size_t variables) {
  std::uint32_t end = 0;
  for (const Piece& piece : text.pieces()) {
    if (piece.text.begin != end) return "pieces cover the text";
    end = piece.text.end;
    if (piece.source && !lies_in(piece.span, *piece.source)) return "pieces stand in their source";
    if (piece.exact && piece.source && piece.source->text(piece.span) != text.text(piece.text))
      return "exact pieces are the bytes they name";
    if (piece.variable != no_variable && piece.variable >= variables) return "a piece's variable exists";
  }
  return end == text.text().size() || text.pieces().empty() ? "" : "pieces cover the text to its end";
}

namespace {

std::string broken_variables(const std::vector<Variable>& variables) {
  for (std::size_t i = 0; i < variables.size(); ++i) {
    const Variable& variable = variables[i];
    if (variable.within != no_variable && variable.within >= i) return "a variable stands in an earlier one";
    for (const Location& place : {variable.place, variable.written})
      if (place.source && !lies_in(place.span, *place.source)) return "variables stand in their source";
  }
  return "";
}

std::string broken_use(const ImageUse& use, const Document& document) {
  const Source& source = *document.source;
  const auto stages = static_cast<std::int32_t>(document.stages.size());
  if (!lies_in(use.span, source)) return "a use stands in the file";
  const auto owners = static_cast<OwnerIndex>(document.owners.size());
  if (use.owner >= owners || use.stage >= stages) return "its owner and its stages exist";
  const bool is_stage = use.kind == Kind::stage || use.kind == Kind::stage_index;
  if (is_stage && use.stage < 0) return "a stage that is meant exists";
  if (!use.value.is_known() && (use.error().empty() || use.error_kind == UseError::none))
    return "without a value there is an error";
  if (use.kind == Kind::image && !use.parsed()) return "an image has parts";
  if (use.not_editable.empty() && use.value.is_known() && use.span.empty())
    return "what is editable has bytes";
  const bool is_plain = use.not_editable.empty() && use.written.pieces().size() == 1;
  if (is_plain && use.part == 0 && source.text(use.span) != use.written.text())
    return "what is editable stands there as written";
  for (const MappedText* text : std::initializer_list<const MappedText*>{&use.written, &use.value})
    if (std::string law = broken_text(*text, use.value.variables.size()); !law.empty()) return law;
  return broken_variables(use.value.variables);
}

std::string broken_stage(const Stage& stage, const Document& document) {
  const Source& source = *document.source;
  if (!lies_in(stage.instruction, source) || !lies_in(stage.name_span, source))
    return "a stage stands in the file";
  if (stage.owner < 0 || stage.owner >= static_cast<OwnerIndex>(document.owners.size()) ||
      &document.stages[static_cast<std::size_t>(document.owner_of(stage).stage)] != &stage)
    return "a stage is an owner";
  const std::vector<Variable>& variables = stage.platform.variables;
  if (std::string law = broken_text(stage.platform_written, variables.size()); !law.empty()) return law;
  return broken_variables(variables);
}

std::string broken_argument(const Argument& argument, const Source& source) {
  if (!lies_in(argument.name_span, source)) return "an argument stands in the file";
  if (source.text(argument.name_span).size() < argument.name.size()) return "its name does";
  if (std::string law = broken_text(argument.default_value, argument.value.variables.size()); !law.empty())
    return law;
  if (std::string law = broken_text(argument.value, argument.value.variables.size()); !law.empty())
    return law;
  return broken_variables(argument.value.variables);
}

}  // namespace

std::string broken_law(const Document& document) {
  const Source& source = *document.source;
  std::uint32_t end = 0;
  for (const ImageUse& use : document.uses) {
    const std::string name = " (use at " + std::to_string(use.span.begin) + ")";
    if (std::string law = broken_use(use, document); !law.empty()) return law + name;
    if (use.span.begin < end) return "uses stand in order and do not overlap" + name;
    end = use.span.end;
  }
  for (const Argument& argument : document.arguments)
    if (std::string law = broken_argument(argument, source); !law.empty()) return law;
  for (const Stage& stage : document.stages)
    if (std::string law = broken_stage(stage, document); !law.empty()) return law;
  for (const Comment& comment : document.comments)
    if (!lies_in(comment.span, source) || source.text(comment.span).front() != '#')
      return "a comment begins with a hash";
  for (const Trouble& trouble : document.troubles) {
    if (!lies_in(trouble.span, source)) return "a trouble stands in the file";
    if (trouble.message.empty()) return "a trouble has a message";
  }
  const auto by_place = [](const Trouble& a, const Trouble& b) { return a.span.begin < b.span.begin; };
  if (!std::is_sorted(document.troubles.begin(), document.troubles.end(), by_place))
    return "troubles are in order";
  return "";
}

}  // namespace imglint::test
