#include "cli/words.hpp"

#include <CLI/CLI.hpp>

namespace imglint {

namespace {

constexpr char mark = '\x1e';  // nobody types it; a word that starts with it is marked once more

}  // namespace

std::vector<std::string> mark_words(const std::vector<std::string>& words) {
  std::vector<std::string> marked;
  bool as_they_stand = false;
  for (const std::string& word : words) {
    if (!as_they_stand && word == "--") {
      as_they_stand = true;
      continue;
    }
    const bool needed = as_they_stand || word.starts_with('[') || word.starts_with(mark);
    marked.push_back(needed ? mark + word : word);
  }
  return marked;
}

std::string unmark_word(std::string word) {
  if (word.starts_with(mark)) word.erase(word.begin());
  return word;
}

void unmark_options(CLI::App& command) {
  for (CLI::Option* option : command.get_options())
    if (option->get_type_size() > 0) option->transform(unmark_word);
}

}  // namespace imglint
