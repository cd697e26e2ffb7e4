// Moving one image use to its place in a mapping: the edits of exactly the bytes its name came from, or why
// not (docs/spec/retarget.md 6.5). Rules that offer a registry fix and `imglint retarget` both use it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "edit/edit.hpp"
#include "model/document.hpp"
#include "move/mapping.hpp"
#include "move/refusal.hpp"

namespace imglint {

/// Which lines of the configuration give variables their values, by name. What is not here an option gives.
struct GivenPlaces {
  std::map<std::string, OptionPlace, std::less<>> env;
  std::map<std::string, OptionPlace, std::less<>> build_args;
};

struct MoveOptions {
  bool edit_variables = true;  ///< false: a use with a variable in its name is left alone (--variables skip)
  bool edit_env = false;       ///< .env files may be edited (--edit-env)
  GivenPlaces given = {};
};

/// Where the edited bytes stand.
enum class Via : std::uint8_t {
  literal,
  arg_default,      ///< the default of an ARG
  compose_default,  ///< the word of `${NAME:-word}`, in either kind of file
  env_file,
  build_arg,  ///< `build.args` of the compose service that builds the Dockerfile
  parameter,  ///< what a workflow or a task gives to its parameter
  anchor,     ///< a compose scalar that several places reach
};
[[nodiscard]] std::string_view to_string(Via via);

/// One image before and after. Variables without a value are shown as written.
struct ImagePair {
  std::string source;  ///< canonical `host/path`
  std::string target;  ///< the same after the move
  std::string tag;     ///< of the source; empty without, or if it is not known
  std::string digest;
  std::string target_suffix;  ///< `:tag@digest` of the target, as written
  bool name_known = true;
  bool suffix_known = true;
};

struct Move {
  enum class Outcome : std::uint8_t {
    none,       ///< names no image that could be moved
    unchanged,  ///< stays by the mapping
    moved,
    refused,
  };
  Outcome outcome = Outcome::none;
  MappedName mapped;        ///< meaningful for unchanged and moved
  ImagePair pair;           ///< meaningful for unchanged (target is source) and moved
  std::vector<Edit> edits;  ///< moved: one; more where a tag changes or a reference is split
  Via via = Via::literal;   ///< of the first edit
  Refusal refusal;
};

[[nodiscard]] Move move_use(const ImageUse& use, const Document& document, const Mapping& mapping,
                            const MoveOptions& options);

/// The new spelling of one reference by itself; the text as it is if it stays.
[[nodiscard]] std::variant<std::string, Refusal> move_reference(std::string_view text,
                                                                const Mapping& mapping);

}  // namespace imglint
