#include "cli/color.hpp"

#include <string_view>

namespace imglint {

bool wants_color(bool is_terminal, const char* no_color, const char* clicolor_force) {
  if (no_color != nullptr && *no_color != '\0') return false;
  const std::string_view force = clicolor_force != nullptr ? clicolor_force : "";
  return is_terminal || (!force.empty() && force != "0");
}

}  // namespace imglint
