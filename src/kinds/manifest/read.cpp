#include "kinds/manifest/read.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <string>

#include "base/ascii.hpp"
#include "kinds/line_comments.hpp"
#include "kinds/manifest/dialects.hpp"
#include "kinds/manifest/mask.hpp"
#include "kinds/manifest/objects.hpp"
#include "kinds/manifest/reading.hpp"
#include "source/file_system.hpp"
#include "yaml/comments.hpp"
#include "yaml/events.hpp"
#include "yaml/refusals.hpp"

namespace imglint::manifest {
namespace {

/// Every YAML file of a walk is asked: find() stops at each letter that the word begins with.
bool holds(std::string_view bytes, std::string_view word) {
  return memmem(bytes.data(), bytes.size(), word.data(), word.size()) != nullptr;
}

bool has_line(std::string_view bytes, std::string_view begin) {
  if (bytes.starts_with(begin)) return true;
  return bytes.find("\n" + std::string(begin)) != bytes.npos;
}

/// Whether a document without an object in it is what the file is taken for.
bool may_be(const KindInfo& kind, const At& top) {
  if (&kind == &kinds::kustomization) return top.is(NodeKind::map) || top.is(NodeKind::sequence);
  if (&kind == &kinds::helm_chart) return top.is(NodeKind::map) && !top.view().find(top.position, "kind");
  return &kind == &kinds::helm_values && top.is(NodeKind::map);
}

class FileReader {
 public:
  FileReader(Document& document, const ReadOptions& options, const KindInfo& taken_for)
      : document_(document), options_(options), taken_for_(taken_for), reading_(document, options) {}

  void read(const Source& source, const Tree& tree, const MappedText* outer) {
    Layer& layer = reading_.add_layer(source, tree, outer);
    layer.is_template = outer != nullptr;
    for (std::size_t index = 0; index < tree.documents.size(); ++index) {
      At top;
      top.layer = &layer;
      top.position = layer.view.top(index);
      read_document(top);
    }
    reading_.finish();
    document_.comments = yaml::linter_comments(source, tree);
    if (layer.is_template) add_action_comments(*document_.source, document_.comments);
    if (first_) document_.kind = document_.parts.front().kind = first_;
  }

 private:
  void read_document(At top) {
    const bool is_template = top.layer->is_template;
    const auto object = object_kind(top);
    const KindInfo* dialect = nullptr;
    if (object)
      dialect = is_template ? &kinds::helm_template : &dialect_of(*object);
    else if (!is_template && may_be(taken_for_, top))
      dialect = &taken_for_;
    if (!dialect) return;
    if (!first_) document_.kind = document_.parts.front().kind = first_ = dialect;
    reading_.declare(*dialect);
    top.dialect = dialect;
    if (object && options_.is_named) note_passed_over(*object);
    if (object)
      read_object(reading_, top, *object, is_template);
    else if (dialect == &kinds::helm_chart)
      read_chart(reading_, top);
    else if (dialect == &kinds::helm_values)
      read_values(reading_, top, options_.chart);
    else if (top.is(NodeKind::sequence))
      read_json_patch(reading_, top);
    else
      read_kustomization(reading_, top);
  }

  /// Whoever names the file would take silence for a clean one. A definition of objects has no images.
  void note_passed_over(const ObjectKind& object) {
    const bool is_told = std::ranges::any_of(document_.troubles, &Trouble::is_of_whole_file);
    if (is_told || !talks_about_images(object) || object.kind == "CustomResourceDefinition") return;
    document_.troubles.push_back({.kind = Trouble::Kind::remark,
                                  .message = "of " + std::string(object.group) +
                                             ", which names images of other files, so nothing is looked for "
                                             "in it; 'imglint explain places' shows how to have it read",
                                  .is_of_whole_file = true});
  }

  Document& document_;
  const ReadOptions& options_;
  const KindInfo& taken_for_;
  Reading reading_;
  const KindInfo* first_ = nullptr;
};

/// A trouble in a file that is no more than likely to be ours is one only if it cannot be a template of
/// another program.
bool is_surely_meant(const Source& source, const ReadOptions& options) {
  if (options.is_named) return true;
  return has_line(source.bytes(), "apiVersion:") && source.bytes().find("{{") == std::string_view::npos;
}

void read_plain(const Source& source, const ReadOptions& options, const KindInfo& taken_for,
                Document& document) {
  const yaml::Parsed parsed = yaml::parse(source, options.max_bytes, document.arena);
  if (parsed.trouble) {
    if (is_surely_meant(source, options)) document.troubles.push_back(*parsed.trouble);
    return;
  }
  std::vector<Trouble> troubles = yaml::ambiguities(source, parsed.tree);
  if (!troubles.empty()) {
    if (is_surely_meant(source, options)) document.troubles.push_back(std::move(troubles.front()));
    return;
  }
  FileReader(document, options, taken_for).read(source, parsed.tree, nullptr);
}

/// Of a chart's template: what does not parse behind the mask is left to Helm.
void read_template(const Source& source, const ReadOptions& options, Document& document) {
  const Source masked(source.path(), mask_actions(source.bytes()));
  const yaml::Parsed parsed = yaml::parse(masked, options.max_bytes, document.arena);
  if (parsed.trouble || yaml::unsafe_aliases(parsed.tree)) return;
  const MappedText outer =
      MappedText::slice(source, {0, static_cast<std::uint32_t>(source.bytes().size())}, document.arena);
  FileReader(document, options, kinds::helm_template).read(masked, parsed.tree, &outer);
}

}  // namespace

bool is_dialect(const KindInfo& kind) {
  static constexpr std::array<const KindInfo*, 11> all = {
      &kinds::kubernetes,   &kinds::kustomization,    &kinds::flux_kustomization,
      &kinds::helm_values,  &kinds::helm_chart,       &kinds::helm_template,
      &kinds::helm_release, &kinds::argo_application, &kinds::argo_workflow,
      &kinds::tekton,       &kinds::knative};
  return std::ranges::find(all, &kind) != all.end();
}

bool is_values_name(std::string_view path) {
  const std::string name = lower_case(name_of(path));
  const bool yaml = name.ends_with(".yaml") || name.ends_with(".yml");
  const std::string_view stem = std::string_view(name).substr(0, name.rfind('.'));
  if (!yaml) return false;
  constexpr std::string_view word = "values";
  constexpr std::string_view separators = "-._";
  for (auto at = stem.find(word); at != stem.npos; at = stem.find(word, at + 1)) {
    const bool begins = at == 0 || separators.find(stem[at - 1]) != separators.npos;
    const auto end = at + word.size();
    if (begins && (end == stem.size() || separators.find(stem[end]) != separators.npos)) return true;
  }
  return false;
}

bool is_kustomization_name(std::string_view path) {
  const std::string_view name = name_of(path);
  return name == "kustomization.yaml" || name == "kustomization.yml" || name == "Kustomization";
}

bool is_chart_name(std::string_view path) { return name_of(path) == "Chart.yaml"; }

bool is_in_templates(std::string_view path) {
  return path.starts_with("templates/") || path.find("/templates/") != path.npos;
}

bool holds_word_of_reference(std::string_view bytes) {
  constexpr std::array<std::string_view, 10> words = {"mage",  "newTag",     "newName",  "package", "bundle",
                                                      "IMAGE", "repository", "registry", "digest",  "tag"};
  return std::ranges::any_of(words, [&](std::string_view word) { return holds(bytes, word); });
}

bool is_kustomization(std::string_view path, std::string_view /*bytes*/) {
  return is_kustomization_name(path);
}

bool is_chart(std::string_view path, std::string_view bytes) {
  return is_chart_name(path) && holds(bytes, "mage");
}

bool is_values(std::string_view path, std::string_view bytes) {
  return is_values_name(path) && holds_word_of_reference(bytes);
}

bool may_hold_object(std::string_view path, std::string_view bytes) {
  if (is_kustomization_name(path)) return false;  // of a kind of its own
  if (!holds(bytes, "apiVersion") || !holds(bytes, "kind")) return false;
  return holds_word_of_reference(bytes) || holds(bytes, "kustomize.");
}

std::unique_ptr<Document> read_manifest(const Source& source, const ReadOptions& options,
                                        const KindInfo& taken_for) {
  auto document = std::make_unique<Document>(source, taken_for);
  if (&taken_for == &kinds::helm_template)
    read_template(source, options, *document);
  else
    read_plain(source, options, taken_for, *document);
  return document;
}

}  // namespace imglint::manifest
