// The kustomizations of a run as a graph: what each builds, and which images its entries select by how these
// are spelled (docs/spec/kubernetes.md 5.2, 5.3).
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.hpp"
#include "model/document.hpp"
#include "policy/regular_expression.hpp"

namespace imglint {

/// A use of a document of the run.
struct UseRef {
  const Document* document = nullptr;
  const ImageUse* use = nullptr;
  friend auto operator<=>(const UseRef&, const UseRef&) = default;
};

/// An entry of a list of images, or what works like one.
struct KustomizeEntry {
  enum class Form : std::uint8_t {
    listed,       ///< an entry whose parts are references of a document
    transformer,  ///< builtin, in a file or a text of its own; nobody edits it
    test,         ///< an operation of a patch, which holds for one spelling and fails for others
  };
  UseRef selector;          ///< none: a string of Argo CD that is its own selector
  UseRef image;             ///< newName, newTag, digest; no use if there is none of them
  bool has_name = false;    ///< newName
  bool is_complete = true;  ///< all that it may select from is here
  bool is_here = true;      ///< false: what it selects is not in the repository (a chart's, Argo CD's)
  Form form = Form::listed;
};

/// How names are spelled: as in the files, or as they will be.
using Spellings = std::map<UseRef, std::string>;

class KustomizeGraph {
 public:
  /// `here` is the current folder where some paths are relative and others are not; else empty.
  explicit KustomizeGraph(std::span<const Document* const> documents, std::string here = {});

  KustomizeGraph(const KustomizeGraph&) = delete;
  KustomizeGraph& operator=(const KustomizeGraph&) = delete;

  [[nodiscard]] const std::vector<KustomizeEntry>& entries() const { return entries_; }
  /// What the graph has beside the uses of documents: images and entries that nobody lists and that are never
  /// edited. The graph owns them.
  [[nodiscard]] const std::vector<UseRef>& unlisted() const { return unlisted_; }

  /// For each entry the uses whose names it selects, over all builds. What `spelling` does not have is as in
  /// the files.
  [[nodiscard]] std::vector<std::vector<UseRef>> selected(const Spellings& spelling) const;

 private:
  struct Node {
    std::string folder;
    std::vector<std::string> resources;  ///< normal paths of files and folders
    std::vector<std::string> roots;      ///< Flux, Argo CD: folders of which the first that is here is built
    std::vector<std::string> root_components;  ///< Flux: seen from that folder
    std::vector<std::string> components;
    std::vector<std::string> patch_files;
    std::vector<std::string> value_files;   ///< of the charts that it renders
    std::vector<std::string> transformers;  ///< files and folders
    std::vector<UseRef> patches;            ///< in the text of the document itself, and values of charts
    std::vector<std::size_t> tests;         ///< indices of entries, before the others
    std::vector<std::size_t> entries;       ///< indices
    bool is_component = false;
    bool has_remote = false;          ///< resources that are not in the repository
    bool has_configurations = false;  ///< which may name further places of images
  };
  class Builder;
  class Reader;

  void add_document(const Document& document);
  void add_named_by_nodes();
  void add_tests(const std::string& path, Node& node);
  void add_transformers(const std::string& path, Node& node);
  void add_test(const Document& document, Span span, const std::string& text, Node& node);
  void add_transformer(const Document& document, Span span, const std::string& name,
                       const std::string& new_name, bool has_tag, Node& node);
  void add_unlisted_images();
  void add_unlisted_images_of(const Document& document, bool anywhere, std::vector<UseRef>& uses);
  /// A use that nobody lists.
  [[nodiscard]] UseRef unlisted_use(const Document& document, Span span, std::string_view text);
  void find_incomplete();
  [[nodiscard]] std::string key_of(std::string_view path) const;
  /// A path as seen from a folder.
  [[nodiscard]] static std::string joined(std::string_view folder, std::string_view path);
  enum class Completeness : std::uint8_t { unknown, complete, incomplete };
  [[nodiscard]] bool is_complete(std::size_t index, std::size_t depth,
                                 std::vector<Completeness>& known) const;

  std::string here_;
  std::vector<KustomizeEntry> entries_;
  std::vector<Node> nodes_;
  std::map<std::string, std::size_t, std::less<>> by_folder_;        ///< kustomizations
  std::map<std::string, std::vector<UseRef>, std::less<>> by_file_;  ///< what containers of its objects name
  std::map<std::string, std::vector<UseRef>, std::less<>> values_;   ///< of files that are no objects
  std::map<std::string, const Document*, std::less<>> documents_;    ///< all of these, by normal path
  std::set<UseRef> configured_;  ///< images outside of containers: only a configuration has them selected
  Arena arena_;
  std::deque<ImageUse> held_;
  std::vector<UseRef> unlisted_;
};

/// Tells which images the names of kustomizations' entries select. An expression is compiled once.
class NameSelector {
 public:
  /// Whether a name selects an image spelled so.
  [[nodiscard]] bool selects(std::string_view name, std::string_view spelling);

 private:
  std::set<std::string> seen_;
  RegularExpressions compiled_;
};
/// Whether a name stands for itself and nothing else, but for its dots.
[[nodiscard]] bool is_plain_kustomize_name(std::string_view name);

}  // namespace imglint
