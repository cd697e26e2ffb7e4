// What the lock of digests says of a subject.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "edit/edit.hpp"
#include "policy/policy.hpp"
#include "policy/subject.hpp"
#include "registry/lock.hpp"

namespace imglint::rules {

/// A lock for examples: alpine:3.20 had two digests, redis:7.4 one.
inline constexpr std::string_view example_lock =
    "{\"version\": 1, \"images\": {\n"
    " \"docker.io/library/alpine:3.20\": {\n"
    "  \"digest\": \"sha256:beefdbd8a1da6d2915566fde36db9db0b524eb737fc57cd1367effd16dc0d06d\",\n"
    "  \"media\": \"index\", \"at\": \"2026-11-01\", \"seen\": {\n"
    "   \"sha256:a8560b36e8b8210634f77d9f7f9efd7ffa463e380b75e2e74aff4511df3ef88c\": \"2026-10-01\",\n"
    "   \"sha256:beefdbd8a1da6d2915566fde36db9db0b524eb737fc57cd1367effd16dc0d06d\": \"2026-11-01\"}},\n"
    " \"docker.io/library/redis:7.4\": {\n"
    "  \"digest\": \"sha256:a8560b36e8b8210634f77d9f7f9efd7ffa463e380b75e2e74aff4511df3ef88c\",\n"
    "  \"media\": \"index\", \"at\": \"2026-11-20\", \"seen\": {\n"
    "   \"sha256:a8560b36e8b8210634f77d9f7f9efd7ffa463e380b75e2e74aff4511df3ef88c\": \"2026-11-20\"}}\n"
    "}}\n";

/// The name under which the lock would know a subject that is pulled, its tag or `latest` in it; nothing if a
/// part is not known, or a digest stands alone.
[[nodiscard]] std::optional<std::string> locked_name(const Subject& subject);

/// What the lock of the policy knows of it; null if there is no lock, or nothing in it.
[[nodiscard]] const LockedImage* locked_image(const Policy& policy, const Subject& subject);

/// The edit that gives a subject without a digest one, behind the tag; nothing where the tag, or the name if
/// there is no tag, comes from a variable, for which it would be wrong.
[[nodiscard]] std::optional<Edit> digest_edit(const Subject& subject, std::string_view digest);

}  // namespace imglint::rules
