#include "kinds/compose/values.hpp"

#include <algorithm>
#include <utility>

namespace imglint::compose {
namespace {

/// A text of the document's shape with the bytes that stand in the file.
MappedText in_source(const MappedText& text, Document& document) {
  MappedTextBuilder builder;
  for (const Piece& piece : text.pieces()) {
    if (piece.exact)
      builder.copy(document.source, piece.span, document.source->text(piece.span));
    else
      builder.replace(document.source, piece.span, text.text(piece.text));
  }
  return builder.finish(document.arena);
}

}  // namespace

Values::Values(ComposeFile& file, const ReadOptions& options, Document& document)
    : file_(file),
      document_(document),
      templates_(options.environment),
      budget_(document.source->bytes().size()) {
  if (options.part) return;  // the project's environment has it all
  for (const auto& [name, value] : options.env) templates_.set(name, {VariableSource::option, {value, {}}});
  constexpr std::string_view project = "COMPOSE_PROJECT_NAME";
  if (const auto* given = templates_.find(project); given && (given->too_long || !given->text.empty()))
    return;
  const auto set_project = [&](std::string_view name, const MappedText& written) {
    const std::string normal = project_name_of(name);
    if (normal.empty()) return;
    const MappedText text = normal == name ? written : MappedText(document.arena.copy(normal), {});
    templates_.set(project, {VariableSource::built_in, text});
  };
  set_project(options.project_name, {document.arena.copy(options.project_name), {}});
  for (const ComposeDocument& part : file.documents) {
    if (part.form != Form::services) continue;
    const MappedText name = text(file.view.find(part.top, "name"));
    set_project(name.text(), name);
  }
}

std::string project_name_of(std::string_view name) {
  std::string result;
  for (const char c : name) {
    const char small = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    const bool is_word = (small >= 'a' && small <= 'z') || (small >= '0' && small <= '9');
    if (is_word || (!result.empty() && (small == '-' || small == '_'))) result.push_back(small);
  }
  return result;
}

ScalarValue Values::read(NodeIndex scalar) const {
  ScalarValue result;
  result.place = yaml::locate(document_.parsed(), file_.view.tree()[scalar], document_.arena);
  if (document_.shape) result.place.text = in_source(result.place.text, document_);
  result.interpolation = interpolate(result.place.text, templates_, document_.arena, &budget_);
  const auto& fault = result.interpolation.fault;
  if (fault && fault->kind == Trouble::Kind::unjudged) {
    const auto location = result.place.text.cover_of(fault->range);
    document_.troubles.push_back({.kind = fault->kind,
                                  .span = location ? location->span : result.place.content,
                                  .message = fault->message});
  }
  return result;
}

/// Nothing, and where it stands: between its quotes, or the header of a block scalar, whose place a text
/// takes.
MappedText Values::empty_text(Position at) const {
  if (!file_.view.is(at, NodeKind::scalar) || !file_.view[at].value.empty()) return {};
  const yaml::ScalarPlace place = yaml::locate(document_.parsed(), file_.view[at], document_.arena);
  const bool is_header = !place.text.pieces().empty() && !place.text.pieces().front().exact;
  const Piece piece{
      .source = document_.source,
      .span = is_header ? place.text.pieces().front().span : Span{place.content.begin, place.content.begin},
      .exact = !is_header};
  return {{}, document_.arena.copy(std::span<const Piece>(&piece, 1))};
}

MappedText Values::text(Position at) const {
  const Value found = value(at);
  return std::ranges::any_of(found.variables, &Variable::is_open) ? MappedText() : MappedText(found);
}

Value Values::value(Position at) const {
  Value result;
  if (file_.view.text(at).empty()) {
    result.set(empty_text(at));
    return result;
  }
  Interpolation interpolation = read(at.node).interpolation;
  const auto& fault = interpolation.fault;
  const bool is_open = fault && fault->kind == Trouble::Kind::required_variable;
  result.set(is_open ? interpolation.open_value : interpolation.value);
  result.variables = std::move(is_open ? interpolation.open_variables : interpolation.variables);
  return result;
}

}  // namespace imglint::compose
