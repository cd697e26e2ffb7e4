// A file of pipelines that others include: parsed once, for itself and for all that take values from it.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/arena.hpp"
#include "model/document.hpp"
#include "tree/view.hpp"
#include "yaml/events.hpp"

namespace imglint {

/// The documents of one file. Borrows what it is made of.
struct PipelineFile {
  PipelineFile(compose::View& all, const Source& read);

  compose::View* view;
  const Source* source;
  compose::Position header;  ///< a document that has nothing but `spec`
  std::vector<compose::Position> documents;
  std::unordered_map<std::string_view, compose::Position> entries;  ///< at the top, the first of each name
};

/// A file's tree, of equal keys the last, or why there is none.
struct ParsedPipeline {
  yaml::Parsed parsed;
  std::vector<Trouble> troubles;  ///< with any, the tree is not to be read
};
[[nodiscard]] ParsedPipeline parse_pipeline(const Source& source, std::uint32_t max_bytes, bool last_key_wins,
                                            Arena& arena);

/// Pinned. Documents that take values from it borrow from the arena, but not from the tree.
struct IncludedFile {
  IncludedFile(const Source& source, std::uint32_t max_bytes, Arena& arena)
      : tree(parse_pipeline(source, max_bytes, true, arena)), view(tree.parsed.tree), file(view, source) {}
  IncludedFile(const IncludedFile&) = delete;
  IncludedFile& operator=(const IncludedFile&) = delete;

  [[nodiscard]] bool is_read() const { return tree.troubles.empty(); }

  ParsedPipeline tree;
  compose::View view;
  PipelineFile file;
};

}  // namespace imglint
