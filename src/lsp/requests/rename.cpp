#include "lsp/requests/rename.hpp"

#include <algorithm>
#include <cctype>

#include "base/ascii.hpp"
#include "base/quote.hpp"
#include "project/builds.hpp"

namespace imglint::lsp {
namespace {

struct StageAt {
  std::size_t index = 0;
  Span span;  ///< where its name stands
};

std::optional<StageAt> stage_at(const View& view, Position position) {
  const std::uint32_t offset = view.places.map(view.source()).offset(position);
  const Document& document = view.document();
  for (std::size_t index = 0; index < document.stages.size(); ++index)
    if (const Stage& stage = document.stages[index]; !stage.name.empty() && stage.name_span.touches(offset))
      return StageAt{index, stage.name_span};
  for (const ImageUse& use : document.uses)
    if (use.kind == Kind::stage && use.stage >= 0 && use.span.touches(offset))
      return StageAt{static_cast<std::size_t>(use.stage), use.span};
  return std::nullopt;
}

bool is_stage_name(std::string_view name) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return !name.empty() && is_letter(name.front()) && std::all_of(name.begin(), name.end(), [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
  });
}

std::string line_text(const View& view, std::uint32_t offset) {
  return "line " + std::to_string(view.source().position(offset).line);
}

/// What would mean something else under the new name.
std::optional<std::string> clash(const View& view, std::size_t index, const std::string& name) {
  if (!is_stage_name(name)) return quote(name) + " is no name for a stage";
  const std::string lower = lower_case(name);
  if (lower == "scratch") return std::string("'scratch' is the empty base");
  const Document& document = view.document();
  for (std::size_t other = 0; other < document.stages.size(); ++other) {
    const Stage& stage = document.stages[other];
    if (other != index && stage.name == lower &&
        document.owner_of(stage).parent == document.owner_of(document.stages[index]).parent)
      return "there is a stage " + quote(name) + " in " + line_text(view, stage.instruction.begin);
  }
  for (const ImageUse& use : document.uses)
    if ((use.kind == Kind::image || use.kind == Kind::context) && lower_case(use.value.text()) == lower)
      return quote(name) + " is an image or a context in " + line_text(view, use.span.begin);
  return std::nullopt;
}

/// `target` of those who build this file, in whatever project they do.
void add_targets(const View& view, const Stage& stage, const std::string& name, std::vector<Edit>& edits) {
  view.workspace.for_each([&](const ProjectFile& file) {
    for (const Document* reading : all_readings(file))
      for (const Build& build : reading->builds) {
        if (lower_case(build.target) != stage.name || build.inlined) continue;
        if (dockerfile_of(*reading, build) != view.open.path) continue;
        const auto place = build.target_text.source_of({0, static_cast<std::uint32_t>(build.target.size())});
        if (!place) continue;
        Edit edit{place->source, place->span, name};
        if (std::find(edits.begin(), edits.end(), edit) == edits.end()) edits.push_back(std::move(edit));
      }
  });
}

}  // namespace

std::optional<Range> renamable_at(const View& view, Position position) {
  const auto found = stage_at(view, position);
  if (!found) return std::nullopt;
  return view.places.range(view.source(), found->span);
}

std::variant<WorkspaceEdit, std::string> rename_stage(const View& view, Position position,
                                                      const std::string& name) {
  const auto found = stage_at(view, position);
  if (!found) return "no stage is named here";
  if (auto problem = clash(view, found->index, name)) return *std::move(problem);
  const Stage& stage = view.document().stages[found->index];
  std::vector<Edit> edits{{&view.source(), stage.name_span, name}};
  for (const ImageUse& use : view.document().uses) {
    if (use.kind != Kind::stage || use.stage != static_cast<std::int32_t>(found->index)) continue;
    if (lower_case(view.source().text(use.span)) != stage.name)
      return "the stage is named by way of a variable in " + line_text(view, use.span.begin);
    edits.push_back({&view.source(), use.span, name});
  }
  if (view.document().file_part().has_stages) add_targets(view, stage, name, edits);
  return view.places.workspace_edit(edits);
}

}  // namespace imglint::lsp
