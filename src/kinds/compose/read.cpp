#include "kinds/compose/read.hpp"

#include <algorithm>
#include <string>

#include "expansion/engine.hpp"
#include "kinds/compose/file.hpp"
#include "kinds/compose/places.hpp"
#include "kinds/compose/services.hpp"
#include "kinds/compose/shape.hpp"
#include "kinds/compose/uses.hpp"
#include "kinds/compose/values.hpp"
#include "yaml/comments.hpp"
#include "yaml/events.hpp"
#include "yaml/refusals.hpp"

namespace imglint {

namespace kinds {
extern const KindInfo compose;
}

namespace compose {
namespace {

/// Documents are merged, so each must be a mapping (docs/spec/compose.md 2.7).
bool has_empty_document(const ComposeFile& file, const yaml::Tree& tree, Document& document) {
  for (const ComposeDocument& part : file.documents) {
    if (part.form != Form::empty) continue;
    const std::uint32_t mark = tree[part.top.node].mark;
    document.troubles.push_back({.kind = Trouble::Kind::syntax,
                                 .span = {mark, mark},
                                 .message = "a document that is no mapping",
                                 .blocks_edits = true,
                                 .unread = true});
    return true;
  }
  return false;
}

/// docker compose takes these for line breaks, yaml-cpp does not: the two may see different files.
void check_line_breaks(Document& document) {
  constexpr std::string_view breaks[] = {"\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9"};
  for (const std::string_view character : breaks) {
    const auto at = document.source->bytes().find(character);
    if (at == std::string_view::npos) continue;
    const auto begin = static_cast<std::uint32_t>(at);
    document.troubles.push_back({.kind = Trouble::Kind::syntax,
                                 .span = {begin, begin + static_cast<std::uint32_t>(character.size())},
                                 .message = "a character that docker compose takes for a line break",
                                 .blocks_edits = true,
                                 .hides_references = true});
  }
}

/// An invalid template anywhere fails the file, whatever the variables are (docs/spec/compose.md 2.5).
void check_templates(const Values& values, const yaml::Tree& tree, Document& document) {
  Arena scratch;
  ExpansionBudget budget(document.source->bytes().size());
  for (yaml::NodeIndex index = 0; index < tree.nodes.size(); ++index) {
    const yaml::Node& node = tree[index];
    if (node.kind != NodeKind::scalar || node.key || node.value.find("${") == std::string_view::npos)
      continue;
    const Interpolation found = interpolate({node.value, {}}, values.templates(), scratch, &budget);
    if (!found.fault || found.fault->kind != Trouble::Kind::template_) continue;
    const ScalarValue scalar = values.read(index);
    const auto location = scalar.place.text.cover_of(found.fault->range);
    document.troubles.push_back({.kind = found.fault->kind,
                                 .span = location ? location->span : scalar.place.content,
                                 .message = found.fault->message});
  }
}

void add_remark(const ComposeFile& file, const yaml::Tree& tree, Document& document) {
  if (!file.is_version_1()) return;
  const std::uint32_t mark = tree[file.documents.front().top.node].mark;
  document.troubles.push_back({.kind = Trouble::Kind::remark,
                               .span = {mark, mark},
                               .message = "a version 1 compose file, which docker compose 2 does not run"});
}

void read(const yaml::Tree& tree, const ReadOptions& options, Document& document) {
  ComposeFile file(tree);
  document.is_compose = file.is_compose();
  if (!document.is_compose || has_empty_document(file, tree, document)) return;
  const Values values(file, options, document);
  add_services(file, values, document);
  for (const Place& place : find_places(file)) {
    if (place.spelling == Spelling::dockerfile)
      add_inline_dockerfile(place, values, options, document);
    else
      add_uses(place, values, file, document);
  }
  spread_built_names(document);
  std::ranges::stable_sort(document.uses, {}, &ImageUse::span);
  check_shape(file, document);
  check_line_breaks(document);
  check_templates(values, tree, document);
  add_remark(file, tree, document);
  const std::vector<Comment> comments = yaml::linter_comments(document.parsed(), tree);
  document.comments.insert(document.comments.end(), comments.begin(), comments.end());
  std::ranges::stable_sort(document.comments, {}, &Comment::span);
  std::ranges::stable_sort(document.troubles, {}, &Trouble::span);
  // A value that is too long is met wherever it is used.
  const auto is_same = [](const Trouble& a, const Trouble& b) {
    return a.kind == b.kind && a.span == b.span && a.message == b.message;
  };
  document.troubles.erase(std::unique(document.troubles.begin(), document.troubles.end(), is_same),
                          document.troubles.end());
}

/// Of a file that docker compose refuses. In one that is no compose file nothing is refused.
void read_in_spite(const yaml::Tree& tree, const ReadOptions& options, Document& document) {
  read(tree, options, document);
  if (!document.is_compose) document.troubles.clear();
}

/// What is left without the part that does not parse.
void salvage(const Source& shape, std::optional<std::uint32_t> opened, const ReadOptions& options,
             Document& document) {
  const yaml::Salvaged saved = yaml::salvage(shape, opened, document.arena);
  if (saved.tree.documents.empty() || yaml::unsafe_aliases(saved.tree)) return;
  const Trouble fault = document.troubles.front();
  read(saved.tree, options, document);
  if (!document.is_compose) document.troubles = {fault};
  document.is_compose = true;
  // Nobody knows what a comment in there would have silenced.
  std::erase_if(document.comments, [&](const Comment& comment) {
    return std::any_of(saved.left_out.begin(), saved.left_out.end(),
                       [&](Span lines) { return lines.contains(comment.span); });
  });
}

}  // namespace
}  // namespace compose

std::unique_ptr<Document> read_compose(const Source& source, const ReadOptions& options) {
  auto document = std::make_unique<Document>(source, kinds::compose);
  document->is_template = options.is_template || is_template_name(source.path());
  if (document->is_template && source.bytes().size() <= options.max_bytes)
    document->shape = std::make_unique<Source>(source.path(), yaml_shape(source.bytes()));
  const Source& shape = document->shape ? *document->shape : source;
  const yaml::Parsed parsed = yaml::parse(shape, options.max_bytes, document->arena);
  if (parsed.trouble) {
    document->troubles.push_back(*parsed.trouble);
    // What an engine makes of it may be right.
    if (document->is_template) document->troubles.back().kind = Trouble::Kind::remark;
    if (options.salvage != Salvage::nothing && parsed.trouble->kind == Trouble::Kind::syntax)
      compose::salvage(shape, parsed.opened, options, *document);
    return document;
  }
  document->troubles = yaml::refusals(shape, parsed.tree);
  if (document->troubles.empty())
    compose::read(parsed.tree, options, *document);
  else if (options.salvage == Salvage::all && !yaml::unsafe_aliases(parsed.tree))
    compose::read_in_spite(parsed.tree, options, *document);
  return document;
}

}  // namespace imglint
