// The places of a compose file where references stand (docs/spec/compose.md 2.2).
#pragma once

#include "model/role.hpp"

namespace imglint::compose::role {

inline constexpr RoleInfo image{.name = "image", .label = "image", .function = Function::run, .main = true};
/// Of a service that is built.
inline constexpr RoleInfo built_image{
    .name = "built-image", .label = "image", .function = Function::output, .main = true};
inline constexpr RoleInfo pre_start{.name = "pre-start", .label = "pre_start", .function = Function::run};
inline constexpr RoleInfo volume_image{.name = "volume-image", .label = "volumes", .function = Function::run};
inline constexpr RoleInfo build_context{
    .name = "build-context", .label = "additional_contexts", .function = Function::base};
inline constexpr RoleInfo cache_from{
    .name = "cache-from", .label = "cache_from", .function = Function::cache};
inline constexpr RoleInfo cache_to{
    .name = "cache-to", .label = "cache_to", .function = Function::cache, .writes = true};
inline constexpr RoleInfo build_tag{.name = "build-tag", .label = "tags", .function = Function::output};
inline constexpr RoleInfo sbom{.name = "sbom", .label = "sbom", .function = Function::run};
inline constexpr RoleInfo model{
    .name = "model", .label = "model", .function = Function::artifact, .any_case = true};
inline constexpr RoleInfo provider_model{
    .name = "provider-model", .label = "provider", .function = Function::artifact, .any_case = true};
inline constexpr RoleInfo include{.name = "include", .label = "include", .function = Function::artifact};
inline constexpr RoleInfo extends{.name = "extends", .label = "extends", .function = Function::artifact};
inline constexpr RoleInfo bake_build_tag{
    .name = "bake-build-tag", .label = "tags", .function = Function::output};
inline constexpr RoleInfo bake_cache_from{
    .name = "bake-cache-from", .label = "cache-from", .function = Function::cache};
inline constexpr RoleInfo bake_cache_to{
    .name = "bake-cache-to", .label = "cache-to", .function = Function::cache, .writes = true};
inline constexpr RoleInfo bake_build_context{
    .name = "bake-build-context", .label = "contexts", .function = Function::base};

}  // namespace imglint::compose::role
