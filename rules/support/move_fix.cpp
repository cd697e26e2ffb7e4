#include "rules/support/move_fix.hpp"

namespace imglint {

void offer_map(Finding&, const Subject&, std::string_view, std::string_view, Safety) {}
void offer_target(Finding&, const Subject&, std::string_view, Safety) {}

}  // namespace imglint
