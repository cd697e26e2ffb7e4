// Are the targets of a move what their sources are? What verify --targets, retarget --verify and mirror ask.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "cli/registries/registries.hpp"
#include "cli/registries/resolver.hpp"
#include "output/move_plan.hpp"
#include "output/reference_states.hpp"
#include "registry/verdict.hpp"

namespace imglint {

/// One image of a move, its names taken apart.
struct MovedImage {
  MovedName name;
  RegistryQuestion source;  ///< by digest where one is written
  RegistryQuestion target;
  std::string target_tag;  ///< as written; empty without
};
/// An error names the reference that is none.
[[nodiscard]] Result<std::vector<MovedImage>> moved_images(const std::vector<MovedName>& names);

/// What a plan says, and its bytes as a file, to point at what it names.
struct MovePlanFile {
  std::unique_ptr<Source> source;
  std::vector<MovedImage> images;
};
/// Of a file, or of standard input if the path is `-`.
[[nodiscard]] Result<MovePlanFile> read_moved_images(const std::string& path, const Session& session);

struct TargetState {
  MovedImage image;
  Judgement judgement;
  RegistryAnswer source;
  bool plain_target = false;  ///< its registry speaks no TLS
};

/// Passes the gate, asks, and asks for the manifests where digests differ. In the order of the images.
[[nodiscard]] std::vector<TargetState> ask_for_targets(const std::vector<MovedImage>& images, HostGate& gate,
                                                       Resolver& resolver);

/// Lets the hosts of a plan through the gate, before the resolver is made. Those that do not pass are
/// answered by ask_for_targets().
void admit_hosts(const std::vector<MovedImage>& images, HostGate& gate);

[[nodiscard]] bool is_there(const Judgement& judgement);

/// For reports. `plan`: where the targets stand; null: nowhere.
[[nodiscard]] std::vector<ReferenceState> states_of(const std::vector<TargetState>& targets,
                                                    const Source* plan);
/// 2 where nobody can say, 1 where a target is not what it should be.
[[nodiscard]] ExitCode exit_code_of(const std::vector<ReferenceState>& states);

}  // namespace imglint
