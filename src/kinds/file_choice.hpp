// What a configuration says of the files that are read, as those ask who do not know configurations.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "kinds/kind.hpp"
#include "source/file_system.hpp"

namespace imglint {

struct FileChoice {
  const KindInfo* kind = nullptr;  ///< what it is read as; null: as its name or its text says
  bool excluded = false;           ///< no walk takes it
  std::string excluded_by = {};  ///< the pattern and its place, for a message: `'vendor/' in .imglint.yaml:3`
};

/// Chooses for the files of one folder, by their names.
using ChooseInFolder = std::function<FileChoice(std::string_view name)>;

/// For a folder, as the user spells it; empty if nothing is said of its files. What a walk has listed in it,
/// where it has, so that nobody looks for what is not there; else null. Asked from one thread.
using FolderEntries = std::vector<FolderEntry>;
using FileChooser = std::function<ChooseInFolder(const std::string& folder, const FolderEntries* listed)>;

}  // namespace imglint
