// What a configuration says of the files that are read, as those ask who do not know configurations.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "kinds/kind.hpp"

namespace imglint {

struct FileChoice {
  const KindInfo* kind = nullptr;  ///< what it is read as; null: as its name or its text says
  bool excluded = false;           ///< no walk takes it
};

/// Chooses for the files of one folder, by their names.
using ChooseInFolder = std::function<FileChoice(std::string_view name)>;

/// For a folder, as the user spells it; empty if nothing is said of its files. Asked from one thread.
using FileChooser = std::function<ChooseInFolder(const std::string& folder)>;

}  // namespace imglint
