// Every scalar of a compose file in which references may stand (docs/spec/compose.md 2.2), each once, with
// all the places that reach it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kinds/compose/file.hpp"
#include "kinds/compose/roles.hpp"
#include "model/document.hpp"

namespace imglint::compose {

/// How references stand in a scalar.
enum class Spelling : std::uint8_t {
  whole,          ///< the scalar is the reference
  context,        ///< `docker-image://REFERENCE`
  named_context,  ///< `NAME=docker-image://REFERENCE`
  cache,          ///< `REFERENCE`, or fields with `ref=`
  sbom,           ///< fields with `generator=`
  oci,            ///< `oci://REFERENCE`
  whole_words,    ///< several of these, with blanks between
  cache_words,
  context_words,
  dockerfile,  ///< a whole Dockerfile
};

/// A place that reaches a scalar written elsewhere.
struct PlaceAlias {
  std::string path;
  const RoleInfo* role = &role::image;
  std::int32_t service = -1;  ///< as of Place
};

struct Place {
  NodeIndex scalar = no_node;
  const RoleInfo* role = &role::image;
  Spelling spelling = Spelling::whole;
  std::int32_t service = -1;        ///< index into ComposeFile::services, and into Document::owners
  bool active = true;               ///< false if nobody uses it
  bool direct = false;              ///< used where it is written, without alias or merge
  bool lacks_type = false;          ///< of a provider of which only another file may say that it runs models
  std::string path;                 ///< where it is written
  std::vector<PlaceAlias> aliases;  ///< further places that reach it
};

/// The index behind the last node inside of another: nodes stand in file order.
[[nodiscard]] NodeIndex end_of(const Tree& tree, NodeIndex node);

/// Where a volume that is written as text, `SOURCE:TARGET:OPTIONS` or `TARGET`, is mounted.
[[nodiscard]] std::string_view target_of_volume(std::string_view text);

/// In the order in which the scalars stand in the file.
[[nodiscard]] std::vector<Place> find_places(ComposeFile& file);

}  // namespace imglint::compose
