// What Kustomize sees in YAML text and nobody lists: images in objects that are no workloads, transformers
// that work as an entry under `images` does, operations that only test (docs/spec/kubernetes.md 5.2).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.hpp"
#include "source/source.hpp"

namespace imglint {

/// The scalar of an image.
struct SeenImage {
  Span span;
  std::string text;
  bool in_container = false;  ///< in a list of containers, where Kustomize looks without being told to
};
/// All in the objects of a file, those that are listed too. `anywhere`: also under other keys that end in
/// `image`, which a configuration of Kustomize's may name.
[[nodiscard]] std::vector<SeenImage> seen_images(const Source& source, bool anywhere);
/// Cheap: whether a file may hold more of them than so many.
[[nodiscard]] bool may_hold_images(std::string_view bytes, std::size_t listed);

/// A builtin ImageTagTransformer.
struct SeenTransformer {
  Span span;  ///< of its name
  std::string name;
  std::string new_name;  ///< empty without
  bool has_tag = false;  ///< a new tag or digest
};
[[nodiscard]] std::vector<SeenTransformer> seen_transformers(const Source& source);

/// Images that lists of JSON patch operations test: a build fails where they are others.
[[nodiscard]] std::vector<SeenImage> tested_images(const Source& source);

}  // namespace imglint
