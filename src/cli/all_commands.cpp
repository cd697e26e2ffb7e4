#include "cli/program_commands.hpp"

namespace imglint {
namespace {

constexpr ProgramCommand all_entries[] = {
    {"check", add_check_command},         {"list", add_list_command},
    {"parse", add_parse_command},         {"explain", add_explain_command},
    {"rules", add_rules_command},         {"kinds", add_kinds_command},
    {"retarget", add_retarget_command},   {"pin", add_pin_command},
    {"unpin", add_unpin_command},         {"verify", add_verify_command},
    {"outdated", add_outdated_command},   {"mirror", add_mirror_command},
    {"merge", add_merge_command},         {"init", add_init_command},
    {"config", add_config_command},       {"completions", add_completions_command, true},
    {"manual", add_manual_command, true}, {"lsp", add_lsp_command},
};

}  // namespace

std::span<const ProgramCommand> program_commands() { return all_entries; }

}  // namespace imglint
