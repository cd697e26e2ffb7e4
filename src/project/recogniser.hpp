// Recogniser: which of the files that a walk meets are read, and as what. The configuration decides, then
// names, then what stands in the file.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "kinds/file_choice.hpp"
#include "kinds/kind.hpp"
#include "source/file_system.hpp"

namespace imglint {

/// Git's own folder and `node_modules`, and all that is in them.
[[nodiscard]] bool is_never_walked(std::string_view path);

class Recogniser {
 public:
  struct Answer {
    const KindInfo* kind = nullptr;  ///< null: not by its name
    bool ask_text = false;           ///< the text has to be asked
    bool is_chosen = false;          ///< the configuration says the kind
    bool excluded = false;           ///< by the configuration
    bool is_certain = true;          ///< of a given file: its text is not asked
    [[nodiscard]] bool may_be_taken() const { return !excluded && (kind || ask_text); }
  };

  /// `include`: kinds that a walk takes only if it is told to, see KindInfo::include.
  explicit Recogniser(FileChooser choose, std::vector<std::string> include = {})
      : choose_(std::move(choose)), include_(std::move(include)) {}
  /// Takes every file that a walk meets, of whatever kind.
  static Recogniser of_everything() {
    Recogniser result({});
    result.takes_all_ = true;
    return result;
  }

  [[nodiscard]] const std::vector<std::string>& include() const { return include_; }

  /// Of a file that a walk has met below a folder. Cheap for files of the same folder one after the other.
  [[nodiscard]] Answer by_name(const std::string& folder, std::string_view relative);
  /// The first pattern of the configuration that has left out a file which may be read; empty if none has.
  [[nodiscard]] const std::string& excluded_by() const { return excluded_by_; }
  void forget_excluded() { excluded_by_.clear(); }
  /// What a walk has found in a folder, for as long as it asks of files in it; null when it leaves.
  void enter(const std::string& folder, const FolderEntries* listed) {
    listed_ = listed;
    if (listed) listed_folder_ = folder;
  }
  /// Of a file that was given by its own name; never null. Its text may know better, if that is to be asked.
  [[nodiscard]] Answer given(const std::string& path);

 private:
  [[nodiscard]] FileChoice choice(const std::string& folder, std::string_view relative);

  FileChooser choose_;
  std::vector<std::string> include_;
  std::string root_;  ///< with inner_: the folder that chosen_ is for
  std::string inner_;
  bool has_folder_ = false;
  std::string listed_folder_;
  const FolderEntries* listed_ = nullptr;
  bool takes_all_ = false;
  ChooseInFolder in_folder_;
  std::string excluded_by_;
};

/// What a file is read as that is given by its own name; never null. Where neither the configuration nor its
/// name say it, its text may, and the chart around it.
[[nodiscard]] const KindInfo* named_kind(FileSystem& files, Recogniser& recogniser, const std::string& path);
/// The same for a text that stands for a file of that name.
[[nodiscard]] const KindInfo* named_kind(FileSystem& files, Recogniser& recogniser, const std::string& path,
                                         std::string_view bytes);

/// A file whose text is asked. Behind the first `given` bytes of its path no symbolic link is followed.
struct AskedFile {
  std::string path;
  std::size_t given = std::string::npos;
  bool named = false;  ///< it is read in any case
};

/// The kind of a file whose name alone does not say it; null if its text does not either, or cannot be read.
/// For a file that was given by its own name never null.
[[nodiscard]] const KindInfo* kind_by_text(FileSystem& files, const AskedFile& file,
                                           const std::vector<std::string>& include = {});
/// The same of a file whose text is at hand.
[[nodiscard]] const KindInfo* kind_by_text(FileSystem& files, const std::string& path, std::string_view text,
                                           const std::vector<std::string>& include = {});
/// What the text of a file says that it is.
struct KindByText {
  const KindInfo* kind = nullptr;  ///< null: its text does not say it, or cannot be read
  std::errc unread = {};           ///< why nobody can say: there is such a file, and it cannot be read
};
/// The same for many files, on several threads; 0: one for each core.
[[nodiscard]] std::vector<KindByText> kinds_by_text(FileSystem& files, const std::vector<AskedFile>& asked,
                                                    unsigned jobs,
                                                    const std::vector<std::string>& include = {});

}  // namespace imglint
