// The places of a Dockerfile where references stand.
#pragma once

#include "model/role.hpp"

namespace imglint::dockerfile::role {

inline constexpr RoleInfo syntax{.name = "syntax", .label = "# syntax", .function = Function::frontend};
inline constexpr RoleInfo from{.name = "from", .label = "FROM", .function = Function::base, .main = true};
inline constexpr RoleInfo copy_from{
    .name = "copy-from", .label = "COPY --from", .function = Function::copied};
inline constexpr RoleInfo mount_from{
    .name = "mount-from", .label = "RUN --mount", .function = Function::mounted};
inline constexpr RoleInfo onbuild_copy_from{
    .name = "onbuild-copy-from", .label = "COPY --from", .function = Function::copied, .deferred = true};
inline constexpr RoleInfo onbuild_mount_from{
    .name = "onbuild-mount-from", .label = "RUN --mount", .function = Function::mounted, .deferred = true};

}  // namespace imglint::dockerfile::role
