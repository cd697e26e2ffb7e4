// Names of Docker's official images, and those among them that are no longer maintained
// (docs/spec/rules.md 3, d3 and d4).
#pragma once

#include <span>
#include <string_view>

namespace imglint {

/// One-component names of Docker Hub that are or were official images. Sorted.
[[nodiscard]] std::span<const std::string_view> official_images();
[[nodiscard]] bool is_official_image(std::string_view name);
inline constexpr std::string_view official_images_date = "2026-08-21";

}  // namespace imglint
