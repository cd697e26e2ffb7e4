#include "kinds/shell/options.hpp"

#include <algorithm>

namespace imglint::shell {
namespace {

/// Whether a list of words separated by blanks has a word.
bool has_word(std::string_view list, std::string_view word) {
  for (auto at = list.find(word); at != list.npos; at = list.find(word, at + 1)) {
    const auto end = at + word.size();
    if ((at == 0 || list[at - 1] == ' ') && (end == list.size() || list[end] == ' ')) return true;
  }
  return false;
}

}  // namespace

Options::Options(const ProgramOptions& program, std::string_view command)
    : common_flags_(program.flags), common_values_(program.values) {
  const auto found = std::ranges::find(program.commands, command, &CommandOptions::command);
  known_ = found != program.commands.end();
  if (!known_) return;
  flags_ = found->flags;
  values_ = found->values;
}

OptionForm Options::form(std::string_view option) const {
  if (has_word(values_, option) || has_word(common_values_, option)) return OptionForm::value;
  if (has_word(flags_, option) || has_word(common_flags_, option)) return OptionForm::flag;
  return OptionForm::unknown;
}

}  // namespace imglint::shell
