// The kustomizations of a run as a graph: what each builds, and which images its entries select by how these
// are spelled (docs/spec/kubernetes.md 5.2, 5.3).
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/document.hpp"
#include "policy/regular_expression.hpp"

namespace imglint {

/// A use of a document of the run.
struct UseRef {
  const Document* document = nullptr;
  const ImageUse* use = nullptr;
  friend auto operator<=>(const UseRef&, const UseRef&) = default;
};

/// An entry of a list of images.
struct KustomizeEntry {
  UseRef selector;
  UseRef image;             ///< newName, newTag, digest; no use if there is none of them
  bool has_name = false;    ///< newName
  bool is_complete = true;  ///< all that it may select from is here
  bool is_here = true;      ///< false: what it selects is not in the repository (a chart's, Argo CD's)
};

/// How names are spelled: as in the files, or as they will be.
using Spellings = std::map<UseRef, std::string>;

class KustomizeGraph {
 public:
  /// `here` is the current folder where some paths are relative and others are not; else empty.
  explicit KustomizeGraph(std::span<const Document* const> documents, std::string here = {});

  [[nodiscard]] const std::vector<KustomizeEntry>& entries() const { return entries_; }

  /// For each entry the uses whose names it selects, over all builds. What `spelling` does not have is as in
  /// the files.
  [[nodiscard]] std::vector<std::vector<UseRef>> selected(const Spellings& spelling) const;

 private:
  struct Node {
    std::string folder;
    std::vector<std::string> resources;  ///< normal paths of files and folders
    std::vector<std::string> roots;      ///< Flux: folders of which the first that is here is built
    std::vector<std::string> components;
    std::vector<std::string> patch_files;
    std::vector<UseRef> patches;       ///< in the text of the kustomization itself
    std::vector<std::size_t> entries;  ///< indices
    bool is_component = false;
    bool has_remote = false;  ///< resources that are not in the repository
  };
  class Builder;
  class Reader;

  void add_document(const Document& document);
  void find_incomplete();
  [[nodiscard]] std::string key_of(std::string_view path) const;
  enum class Completeness : std::uint8_t { unknown, complete, incomplete };
  [[nodiscard]] bool is_complete(std::size_t index, std::size_t depth,
                                 std::vector<Completeness>& known) const;

  std::string here_;
  std::vector<KustomizeEntry> entries_;
  std::vector<Node> nodes_;
  std::map<std::string, std::size_t, std::less<>> by_folder_;        ///< kustomizations
  std::map<std::string, std::vector<UseRef>, std::less<>> by_file_;  ///< what containers of its objects name
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
