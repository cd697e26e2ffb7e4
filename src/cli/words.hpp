// Words of the command line as they stand. CLI11 takes a word between brackets for a list and forgets `--`
// once a command has had one word: without this, `imglint parse '[::1]'` would parse `::1`, `imglint check
// '[slug]'` look for a folder `slug`, and `imglint parse a -- -b` know no option -b.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace imglint {

/// The words with a mark before those in brackets and those behind the first `--`, which is left out.
[[nodiscard]] std::vector<std::string> mark_words(const std::vector<std::string>& words);

/// A word without its mark.
[[nodiscard]] std::string unmark_word(std::string word);

/// Makes every option of a command, present now, take the marks off before anything else sees its words.
void unmark_options(CLI::App& command);

}  // namespace imglint
