// RoleInfo: what a reference at one kind of place is for. The rows stand with the kinds that have such
// places; what is asked of them is closed, so that a new kind adds rows and changes nobody who asks.
#pragma once

#include <cstdint>
#include <string_view>

namespace imglint {

/// What a reference is to whoever runs the file. Decides which rules judge it and whether a move takes it.
enum class Function : std::uint8_t {
  base,        ///< an image that is built upon
  copied,      ///< an image that files are copied from
  mounted,     ///< an image that is mounted while something is built
  frontend,    ///< an image that reads the file: `# syntax`
  run,         ///< an image that is run, or mounted where something runs
  cache,       ///< a cache of a build, read or written
  output,      ///< the name of what a build produces
  artifact,    ///< no image: a model, a published compose project
  selector,    ///< a name that picks images which stand elsewhere
  credential,  ///< a registry that something logs in to
  fragment,    ///< a part of a reference whose rest stands elsewhere
};

/// How surely a place holds a reference.
enum class Certainty : std::uint8_t {
  exact,     ///< the kind of file says so
  shape,     ///< it looks like one at a place that is made for one
  probable,  ///< it looks like one
};

[[nodiscard]] constexpr std::string_view to_string(Certainty certainty) {
  switch (certainty) {
    case Certainty::exact:
      return "exact";
    case Certainty::shape:
      return "shape";
    case Certainty::probable:
      return "probable";
  }
  return {};
}

/// A row. Roles are told apart by their address.
struct RoleInfo {
  std::string_view name;   ///< as `imglint list` gives it
  std::string_view label;  ///< what messages call the place, where no path names it
  Function function = Function::run;
  Certainty certainty = Certainty::exact;
  std::string_view prefix;  ///< what may stand before the reference: `docker://`
  bool main = false;        ///< the image that its owner is made of: the base of a stage, a service's image
  bool writes = false;      ///< cache: it is written
  bool deferred = false;    ///< takes effect in a later build: behind ONBUILD
  bool any_case = false;    ///< the repository may have capitals
  bool local = false;       ///< in the store of the machine: nothing is fetched for it
  bool describes = false;   ///< it tells of what others run, so findings are no more than information
};

/// Whether an image of this role is fetched, to be run or built upon.
[[nodiscard]] constexpr bool is_pulled(const RoleInfo& role) {
  return role.function == Function::base || role.function == Function::copied ||
         role.function == Function::mounted || role.function == Function::run;
}

/// Whether it names what a build produces: a cache that is written moves with what is built.
[[nodiscard]] constexpr bool names_output(const RoleInfo& role) {
  return role.function == Function::output || role.writes;
}

/// Whether it is the base of a stage.
[[nodiscard]] constexpr bool is_stage_base(const RoleInfo& role) {
  return role.main && role.function == Function::base;
}

/// Of a reference by itself, in no file.
inline constexpr RoleInfo plain_image{.name = "image", .label = "image"};

}  // namespace imglint
