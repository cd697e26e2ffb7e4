// The places of pipelines, units and command lines where references stand (docs/spec/pipelines.md 1.2).
#pragma once

#include "model/role.hpp"

namespace imglint::role {

inline constexpr RoleInfo image{.name = "image", .label = "image", .function = Function::run};
/// Where the place itself is a guess.
inline constexpr RoleInfo probable_image{
    .name = "image", .label = "image", .function = Function::run, .certainty = Certainty::probable};
inline constexpr RoleInfo docker_image{
    .name = "image", .label = "image", .function = Function::run, .prefix = "docker://"};
inline constexpr RoleInfo build_context{.name = "build-context",
                                        .label = "build context",
                                        .function = Function::base,
                                        .prefix = "docker-image://"};
inline constexpr RoleInfo build_arg{.name = "build-arg",
                                    .label = "build argument",
                                    .function = Function::base,
                                    .certainty = Certainty::probable};
inline constexpr RoleInfo cache_from{
    .name = "cache-from", .label = "cache-from", .function = Function::cache};
inline constexpr RoleInfo cache_to{.name = "cache-to", .label = "cache-to", .function = Function::cache};
inline constexpr RoleInfo build_tag{.name = "build-tag", .label = "tag", .function = Function::output};
inline constexpr RoleInfo pushed_image{
    .name = "pushed-image", .label = "pushed image", .function = Function::output};
/// Of the local store: `docker save`, `docker rmi`.
inline constexpr RoleInfo local_image{
    .name = "local-image", .label = "local image", .function = Function::run, .local = true};
/// What `docker tag` gives another name.
inline constexpr RoleInfo tagged_image{
    .name = "image", .label = "image", .function = Function::run, .local = true};
inline constexpr RoleInfo feature{.name = "feature", .label = "feature", .function = Function::artifact};
/// Quadlet: it is pulled as an image is.
inline constexpr RoleInfo artifact{.name = "artifact", .label = "artifact", .function = Function::mounted};

}  // namespace imglint::role
