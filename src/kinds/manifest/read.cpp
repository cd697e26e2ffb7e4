#include "kinds/manifest/read.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/path.hpp"
#include "kinds/manifest/dialects.hpp"
#include "kinds/manifest/mask.hpp"
#include "kinds/manifest/objects.hpp"
#include "kinds/manifest/reading.hpp"
#include "yaml/comments.hpp"
#include "yaml/events.hpp"
#include "yaml/refusals.hpp"

namespace imglint {
namespace manifest {
namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  return result;
}

bool has_line(std::string_view bytes, std::string_view begin) {
  if (bytes.starts_with(begin)) return true;
  return bytes.find("\n" + std::string(begin)) != bytes.npos;
}

bool holds_word_of_reference(std::string_view bytes) {
  constexpr std::array<std::string_view, 9> words = {
      "mage", "newTag", "newName", "package", "bundle", "repository", "registry", "digest", "tag"};
  return std::ranges::any_of(words, [&](std::string_view word) { return bytes.find(word) != bytes.npos; });
}

/// What a document of the file is by the file's name, where it is no object.
const KindInfo* kind_by_name(std::string_view path, const ReadOptions& options, const At& top) {
  const bool is_map = top.is(NodeKind::map);
  const bool has_kind = static_cast<bool>(top.view().find(top.position, "kind"));
  if (is_map && is_kustomization_name(path)) return &kinds::kustomization;
  if (is_map && is_chart_name(path) && !has_kind) return &kinds::helm_chart;
  if (is_map && (is_values_name(path) || options.named_as == NamedAs::values)) return &kinds::helm_values;
  if (top.is(NodeKind::sequence) && options.named_as == NamedAs::patch) return &kinds::kustomization;
  return nullptr;
}

class FileReader {
 public:
  FileReader(Document& document, const ReadOptions& options)
      : document_(document), options_(options), reading_(document, options) {}

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
    if (first_) document_.kind = document_.parts.front().kind = first_;
  }

 private:
  void read_document(At top) {
    const bool is_template = top.layer->is_template;
    const auto object = object_kind(top);
    const KindInfo* by_name = is_template ? nullptr : kind_by_name(document_.source->path(), options_, top);
    // A kustomization's name says less than a kind of something else.
    const KindInfo* dialect = is_template ? &kinds::helm_template
                              : object    ? &dialect_of(*object)
                                          : by_name;
    if (!dialect || (is_template && !object)) return;
    if (!first_) document_.kind = document_.parts.front().kind = first_ = dialect;
    top.dialect = dialect;
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

  Document& document_;
  const ReadOptions& options_;
  Reading reading_;
  const KindInfo* first_ = nullptr;
};

/// A trouble in a file that is no more than likely to be ours is one only if it cannot be a template of
/// another program.
bool is_surely_meant(const Source& source, const ReadOptions& options) {
  if (options.is_named) return true;
  return has_line(source.bytes(), "apiVersion:") && source.bytes().find("{{") == std::string_view::npos;
}

void read_plain(const Source& source, const ReadOptions& options, Document& document) {
  const yaml::Parsed parsed = yaml::parse(source, options.max_bytes, document.arena);
  if (parsed.trouble) {
    if (is_surely_meant(source, options)) document.troubles.push_back(*parsed.trouble);
    return;
  }
  std::vector<Trouble> troubles = yaml::refusals(source, parsed.tree);
  if (!troubles.empty()) {
    if (is_surely_meant(source, options)) document.troubles.push_back(std::move(troubles.front()));
    return;
  }
  FileReader(document, options).read(source, parsed.tree, nullptr);
}

/// Of a chart's template: what does not parse behind the mask is left to Helm.
void read_template(const Source& source, const ReadOptions& options, Document& document) {
  const Source masked(source.path(), mask_actions(source.bytes()));
  const yaml::Parsed parsed = yaml::parse(masked, options.max_bytes, document.arena);
  if (parsed.trouble || yaml::unsafe_aliases(parsed.tree)) return;
  const MappedText outer = MappedText::slice(
      source, {0, static_cast<std::uint32_t>(source.bytes().size())}, document.arena);
  FileReader(document, options).read(masked, parsed.tree, &outer);
}

}  // namespace

bool is_values_name(std::string_view path) {
  const std::string name = lower(name_of(path));
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

bool may_hold_references(std::string_view path, std::string_view bytes) {
  if (is_kustomization_name(path) || is_chart_name(path)) return true;
  const bool is_yaml = path.ends_with(".yaml") || path.ends_with(".yml");
  if (bytes.find("kustomize.") != bytes.npos && bytes.find("apiVersion") != bytes.npos) return true;
  if (!holds_word_of_reference(bytes)) return false;
  if (is_yaml && is_values_name(path)) return true;
  if (is_yaml && is_in_templates(path) && bytes.find("{{") != bytes.npos) return true;
  return bytes.find("apiVersion") != bytes.npos && bytes.find("kind") != bytes.npos;
}

}  // namespace manifest

std::unique_ptr<Document> read_manifest(const Source& source, const ReadOptions& options) {
  auto document = std::make_unique<Document>(source, kinds::kubernetes);
  const bool is_yaml = source.path().ends_with(".yaml") || source.path().ends_with(".yml");
  if (options.in_chart && is_yaml && manifest::is_in_templates(source.path()))
    manifest::read_template(source, options, *document);
  else
    manifest::read_plain(source, options, *document);
  return document;
}

}  // namespace imglint
