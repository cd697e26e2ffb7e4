#include "kinds/compose/read.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "expansion/engine.hpp"
#include "kinds/compose/file.hpp"
#include "kinds/compose/lost_builds.hpp"
#include "kinds/compose/part.hpp"
#include "kinds/compose/places.hpp"
#include "kinds/compose/services.hpp"
#include "kinds/compose/shape.hpp"
#include "kinds/compose/uses.hpp"
#include "kinds/compose/values.hpp"
#include "yaml/comments.hpp"
#include "yaml/events.hpp"
#include "yaml/refusals.hpp"
#include "yaml/scalar.hpp"

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

/// An invalid template anywhere fails the file, whatever the variables are (docs/spec/compose.md 2.5); in a
/// project, whose variables are known, also one that lacks a required variable.
void check_templates(const Values& values, const yaml::Tree& tree, bool in_project, Document& document) {
  Arena scratch;
  ExpansionBudget budget(document.source->bytes().size());
  for (yaml::NodeIndex index = 0; index < tree.nodes.size(); ++index) {
    const yaml::Node& node = tree[index];
    if (tree.tag_of(node) == reset_tag) {
      // It vanishes before templates are filled in, with all that it holds.
      index = end_of(tree, index) - 1;
      continue;
    }
    if (node.kind != NodeKind::scalar || node.key || node.value.find("${") == std::string_view::npos)
      continue;
    const Interpolation found = interpolate({node.value, {}}, values.templates(), scratch, &budget);
    if (!found.fault) continue;
    const bool is_required = found.fault->kind == Trouble::Kind::required_variable;
    if (found.fault->kind != Trouble::Kind::template_ && !(in_project && is_required)) continue;
    const ScalarValue scalar = values.read(index);
    // With its pieces the text tells the words of the message, too.
    const auto& fault = scalar.interpolation.fault ? scalar.interpolation.fault : found.fault;
    const auto location = scalar.place.text.cover_of(fault->range);
    document.troubles.push_back({.kind = fault->kind,
                                 .span = location ? location->span : scalar.place.content,
                                 .message = fault->message});
  }
}

void add_remark(const ComposeFile& file, const yaml::Tree& tree, Document& document) {
  if (!file.is_version_1()) return;
  const std::uint32_t mark = tree[file.documents.front().top.node].mark;
  document.troubles.push_back({.kind = Trouble::Kind::remark,
                               .span = {mark, mark},
                               .message = "a version 1 compose file, which docker compose 2 does not run",
                               .is_of_whole_file = true});
}

/// What the project says in place of the file alone: which values count, and what becomes of the services
/// that the file names.
class FromProject {
 public:
  FromProject(const ComposePart& part, const ComposeFile& file, Document& document)
      : part_(part), document_(document) {
    for (const ServiceNode& node : file.services) {
      Owner owner{.label = "service", .name = node.name};
      const yaml::Node& key = file.view.tree()[node.key_node];
      if (key.kind == NodeKind::scalar) owner.name_span = yaml::locate_token(*document.source, key).content;
      owner.span = owner.name_span;
      const auto index = static_cast<OwnerIndex>(document.owners.size());
      document.owners.push_back(owner);
      const auto found = part.numbers->find(node.name);
      if (found == part.numbers->end()) continue;
      owners_.emplace(found->second, index);
      give_build(index, found->second);
    }
  }

  void complete(Place& place) {
    // Of a file that the project could not read nobody knows what counts.
    const bool is_unread = std::ranges::any_of(document_.troubles, &Trouble::unread);
    place.active = is_unread || part_.effective->contains(place.scalar);
    const std::vector<std::uint32_t> numbers = part_.effective->services_of(place.scalar);
    if (place.role == &role::provider_model && place.active) {
      place.active = std::ranges::any_of(
          numbers, [&](std::uint32_t number) { return (*part_.services)[number].runs_model; });
      place.lacks_type = place.lacks_type && !place.active;
    }
    if (numbers.empty()) return;
    const auto built = std::find_if(numbers.begin(), numbers.end(), [&](std::uint32_t number) {
      return (*part_.services)[number].build != nullptr;
    });
    const std::uint32_t number = built == numbers.end() ? numbers.front() : *built;
    // The service of a base is that of the services that extend it.
    if (const auto owner = owners_.find(number); owner != owners_.end())
      place.service = owner->second;
    else if (place.service >= 0)
      give_build(place.service, number);
    if (place.role == &role::image || place.role == &role::built_image)
      place.role = built == numbers.end() ? &role::image : &role::built_image;
    for (PlaceAlias& alias : place.aliases)
      if (alias.role == &role::image && alias.service >= 0 &&
          document_.owners[static_cast<std::size_t>(alias.service)].build >= 0)
        alias.role = &role::built_image;
  }

 private:
  void give_build(OwnerIndex index, std::uint32_t number) {
    const PartService& service = (*part_.services)[number];
    Owner& owner = document_.owners[static_cast<std::size_t>(index)];
    if (!service.build || owner.build >= 0) return;
    owner.build = static_cast<std::int32_t>(document_.builds.size());
    document_.builds.push_back(*service.build);
    document_.builds.back().owner = index;
  }

  const ComposePart& part_;
  Document& document_;
  std::unordered_map<std::uint32_t, OwnerIndex> owners_;  ///< by number of the project's service
};

/// An image volume may name a service that stands in another file.
void find_services_of_project(const ComposePart& part, Document& document) {
  for (ImageUse& use : document.uses)
    if (use.role == &role::volume_image && use.kind == Kind::image &&
        part.numbers->contains(use.value.text()))
      use.kind = Kind::service;
}

void read(const yaml::Tree& tree, const ReadOptions& options, Document& document) {
  ComposeFile file(tree);
  document.is_compose = file.is_compose();
  if (!document.is_compose && options.is_named && !options.part && !tree.documents.empty())
    document.troubles.push_back({.kind = Trouble::Kind::remark,
                                 .message = "no compose file, so nothing is looked for in it",
                                 .is_of_whole_file = true});
  if (!document.is_compose || has_empty_document(file, tree, document)) return;
  const Values values(file, options, document);
  std::vector<Place> places = find_places(file);
  if (options.part) {
    FromProject from(*options.part, file, document);
    for (Place& place : places) from.complete(place);
  } else {
    add_services(file, values, document);
  }
  std::erase_if(places, [](const Place& place) { return place.lacks_type; });
  const std::vector<NodeIndex> refused_keys = check_keys(tree, document);
  for (const Place& place : places) {
    const std::size_t before = document.uses.size();
    if (place.spelling == Spelling::dockerfile && !other_than_text(tree, tree[place.scalar]).empty())
      continue;  // of which is told
    if (place.spelling == Spelling::dockerfile)
      add_inline_dockerfile(place, values, options, document);
    else
      add_uses(place, values, file, document);
    if (!refused_keys.empty() && stands_below(tree, place.scalar, refused_keys))
      for (std::size_t i = before; i < document.uses.size(); ++i)
        document.uses[i].not_editable = "docker compose refuses the key above it, which is no text";
  }
  spread_built_names(document, options.part ? options.part->built.get() : nullptr);
  if (options.part) find_services_of_project(*options.part, document);
  std::ranges::stable_sort(document.uses, {}, &ImageUse::span);
  if (!options.part || !options.part->is_base) check_shape(file, document);
  if (options.part)
    std::erase_if(document.troubles, [&](const Trouble& trouble) {
      return options.part->harmless->contains(trouble.span.begin) && trouble.kind == Trouble::Kind::syntax;
    });
  check_line_breaks(document);
  check_templates(values, tree, options.part != nullptr, document);
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
  yaml::Salvaged saved = yaml::salvage(shape, opened, document.arena);
  // A document of which nothing is left is a part of the fault, and none that is empty.
  std::erase_if(saved.tree.documents, [&](NodeIndex top) { return saved.tree[top].kind == NodeKind::null; });
  if (saved.tree.documents.empty() || yaml::unsafe_aliases(saved.tree)) return;
  const Trouble fault = document.troubles.front();
  read(saved.tree, options, document);
  if (!document.is_compose) document.troubles = {fault};
  document.is_compose = true;
  drop_images_of_lost_builds(shape, saved.left_out, document);
  // Nobody knows what a comment in there would have silenced.
  std::erase_if(document.comments, [&](const Comment& comment) {
    return std::any_of(saved.left_out.begin(), saved.left_out.end(),
                       [&](Span lines) { return lines.contains(comment.span); });
  });
}

}  // namespace
}  // namespace compose

void EffectiveScalars::sort() {
  std::sort(marks_.begin(), marks_.end());
  marks_.erase(std::unique(marks_.begin(), marks_.end()), marks_.end());
}

bool EffectiveScalars::contains(yaml::NodeIndex scalar) const {
  const auto at = std::lower_bound(marks_.begin(), marks_.end(), Mark{scalar, 0});
  return at != marks_.end() && at->first == scalar;
}

std::vector<std::uint32_t> EffectiveScalars::services_of(yaml::NodeIndex scalar) const {
  std::vector<std::uint32_t> services;
  for (auto at = std::lower_bound(marks_.begin(), marks_.end(), Mark{scalar, 0});
       at != marks_.end() && *at < Mark{scalar, no_service}; ++at)
    services.push_back(at->second);
  return services;
}

std::unique_ptr<Document> read_compose(const Source& source, const ReadOptions& options) {
  auto document = std::make_unique<Document>(source, kinds::compose);
  document->leaves_unset_empty = true;
  document->is_template = options.is_template || is_template_name(source.path());
  if (document->is_template && source.bytes().size() <= options.max_bytes)
    document->shape = std::make_unique<Source>(source.path(), yaml_shape(source.bytes()));
  const Source& shape = document->shape ? *document->shape : source;
  yaml::Parsed own;
  if (!options.part) own = yaml::parse(shape, options.max_bytes, document->arena);
  const yaml::Parsed& parsed = options.part ? *options.part->parsed : own;
  if (parsed.trouble) {
    document->troubles.push_back(*parsed.trouble);
    // What an engine makes of it may be right.
    if (document->is_template) document->troubles.back().kind = Trouble::Kind::remark;
    if (options.salvage != Salvage::nothing && parsed.trouble->kind == Trouble::Kind::syntax)
      compose::salvage(shape, parsed.opened, options, *document);
    return document;
  }
  document->troubles = options.part ? *options.part->refused
                                    : yaml::refusals(shape, parsed.tree, document->shape ? &source : nullptr);
  if (document->troubles.empty())
    compose::read(parsed.tree, options, *document);
  else if (options.salvage == Salvage::all && !yaml::unsafe_aliases(parsed.tree))
    compose::read_in_spite(parsed.tree, options, *document);
  return document;
}

}  // namespace imglint
