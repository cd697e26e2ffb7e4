#include "tests/support/dump.hpp"

#include <string_view>

#include "base/printable.hpp"

namespace imglint::test {
namespace {

std::string range(Span span) { return std::to_string(span.begin) + ".." + std::to_string(span.end); }

std::string quoted(std::string_view text) { return '"' + printable(text) + '"'; }

std::string location(const Location& place, const Source& source) {
  if (place.source == nullptr) return "?";
  return (place.source == &source ? "" : place.source->path() + ":") + range(place.span);
}

std::string dump_variables(const std::vector<Variable>& variables, const Source& source) {
  std::string out;
  for (std::size_t i = 0; i < variables.size(); ++i) {
    const Variable& variable = variables[i];
    out += "    #" + std::to_string(i) + " " + printable(variable.name);
    if (!variable.op.empty()) out += " " + printable(variable.op);
    out += " " + std::string(to_string(variable.source)) + " " + location(variable.place, source);
    out += " written " + location(variable.written, source);
    if (!variable.needed) out += " unneeded";
    if (!variable.declared) out += " undeclared";
    if (variable.within != no_variable) out += " in #" + std::to_string(variable.within);
    out += '\n';
  }
  return out;
}

std::string dump_value(const MappedText& value, bool has_value, std::string_view error) {
  std::string out = has_value ? " = " + quoted(value.text()) : " = nothing";
  if (!error.empty()) out += " (" + std::string(error) + ")";
  return out + '\n';
}

std::string dump_use(const ImageUse& use, const Document& document) {
  const Source& source = *document.source;
  const Value& platform = document.platform_of(use);
  std::string out = std::string(use.role->name) + " " + std::string(to_string(use.kind)) + " " +
                    range(use.span) + " " + quoted(source.text(use.span));
  if (use.stage >= 0) out += " stage " + std::to_string(use.stage);
  out += " in " + std::to_string(document.stage_index_of(use));
  if (is_stage_base(*use.role) && !document.stage_of(use)->platform_written.empty())
    out += " platform " + quoted(platform.text());
  if (!platform.fault.empty()) out += " (" + std::string(platform.fault) + ")";
  if (!use.not_editable.empty()) out += " [" + std::string(use.not_editable) + "]";
  if (!use.active) out += " inactive";
  return out + dump_value(use.value, use.value.is_known(), use.error()) +
         dump_variables(use.value.variables, source) + test::dump(use.value, source);
}

std::string dump_argument(const Argument& argument, const Source& source) {
  std::string out = "arg " + range(argument.name_span) + " " + printable(argument.name);
  if (argument.stage >= 0) out += " in " + std::to_string(argument.stage);
  if (!argument.has_default) return out + '\n';
  out += " " + quoted(argument.default_value.text());
  if (argument.stage >= 0) return out + '\n';
  return out +
         dump_value(argument.value, argument.has_default && argument.value.is_known(), argument.value.fault) +
         dump_variables(argument.value.variables, source) + test::dump(argument.value, source);
}

}  // namespace

std::string dump(const MappedText& text, const Source& source) {
  std::string out;
  for (const Piece& piece : text.pieces()) {
    out += "    " + quoted(text.text(piece.text)) + (piece.exact ? " <- " : " ~ ");
    out += location({piece.source, piece.span}, source);
    if (piece.variable != no_variable) out += " #" + std::to_string(piece.variable);
    out += '\n';
  }
  return out;
}

std::string dump(const Document& document) {
  const Source& source = *document.source;
  std::string out;
  for (const Argument& argument : document.arguments) out += dump_argument(argument, source);
  for (const Stage& stage : document.stages)
    out += "stage " + range(stage.instruction) + " " + quoted(stage.name) + "\n";
  for (const ImageUse& use : document.uses) out += dump_use(use, document);
  for (const Comment& comment : document.comments)
    out += "comment " + range(comment.span) + " " + quoted(source.text(comment.span)) + "\n";
  for (const Trouble& trouble : document.troubles)
    out += "trouble " + range(trouble.span) + " " + trouble.message + "\n";
  return out;
}

}  // namespace imglint::test
